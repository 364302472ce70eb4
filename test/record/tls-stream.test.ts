import { describe, expect, it } from "vitest";
import { TlsStream } from "../../src/record/tls-stream.ts";
import { handshake, helloBody, record } from "../support/records.ts";

const LARGEST = record(23, new Uint8Array(16_384));
const CHAIN = 20;

/** A TLS 1.3 connection up to the server's certificates, of `CHAIN` records; `early` comes behind the client's hello. */
function begun(early?: Uint8Array): { stream: TlsStream; say: (side: 0 | 1, octets: Uint8Array) => void } {
  const stream = new TlsStream(() => 1);
  let number = 0;
  const say = (side: 0 | 1, octets: Uint8Array): void => {
    stream.octets(side, octets, 0, octets.length, ++number, { number, time: number, nanos: 0, digits: 6 });
  };
  say(0, record(22, handshake(1, helloBody(300))));
  if (early !== undefined) say(0, early);
  say(1, record(22, handshake(2, helloBody())));
  for (let n = 0; n < CHAIN; n++) say(1, LARGEST);
  return { stream, say };
}

describe("a connection that needs to be read no further", () => {
  it("is one whose download has begun: so many octets behind the first flights of both sides", () => {
    const { stream, say } = begun();
    say(0, record(23, new Uint8Array(53)));
    for (let n = 0; n < 15; n++) say(1, LARGEST);
    expect(stream.done).toBe(false);
    say(1, LARGEST);
    expect(stream.done).toBe(true);
    expect(stream.encrypted).toHaveLength(CHAIN + 17);
  });

  it("is not one in which early data that is refused comes before a long chain of certificates", () => {
    const { stream, say } = begun(record(23, new Uint8Array(500)));
    expect(stream.encrypted).toHaveLength(CHAIN + 1);
    say(0, record(23, new Uint8Array(53)));
    expect(stream.done).toBe(false);
  });

  it("is one of many short records, too, from one side or both", () => {
    const { stream, say } = begun();
    for (let n = CHAIN; n < 47; n++) say(1, record(23, new Uint8Array(30)));
    expect(stream.done).toBe(false);
    say(1, record(23, new Uint8Array(30)));
    expect(stream.done).toBe(true);
  });
});
