import { describe, expect, it } from "vitest";
import { redactMessage } from "../../src/redaction/message-octets.ts";
import { Pseudonyms } from "../../src/redaction/pseudonym.ts";
import { RETRY_RANDOM } from "../../src/registry/retry-random.ts";

const SERVER_HELLO = 2;

/** The random of a redacted server_hello that was sent with `random`, as far as the capture has it. */
function redacted(random: Uint8Array): Uint8Array {
  const body = Uint8Array.of(3, 3, ...random);
  redactMessage(SERVER_HELLO, body, false, { names: new Pseudonyms(new Uint8Array(32)), keepNames: false, addresses: [] });
  return body.subarray(2);
}

describe("the random of a redacted server_hello", () => {
  it("stays in a HelloRetryRequest, also in one that is cut", () => {
    for (const length of [32, 20, 8]) expect(redacted(RETRY_RANDOM.slice(0, length))).toEqual(RETRY_RANDOM.slice(0, length));
  });

  it("is replaced where it only begins like that of a HelloRetryRequest", () => {
    const random = Uint8Array.from(RETRY_RANDOM, (octet, at) => (at < 31 ? octet : octet ^ 1));
    expect(redacted(random)).not.toEqual(random);
  });
});
