import { describe, expect, it } from "vitest";
import { Pseudonyms } from "../../src/redaction/pseudonym.ts";
import { redactTlsStream } from "../../src/redaction/tls-octets.ts";
import { join, record } from "../support/records.ts";
import { KEY } from "../support/redacted.ts";

const noise = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => 0x80 + ((at * 37) % 0x60));

describe("a direction of which the capture lacks the beginning", () => {
  it.each([
    ["change_cipher_spec", join(record(20, [1]), record(22, noise(40)))],
    ["application data", record(23, noise(60))],
    ["a handshake message that is no hello", record(22, join([16, 0, 0, 33, 32], noise(32)))],
    ["what is left of a message", record(22, join([22, 0, 0, 33], noise(20)))],
  ])("keeps the header of %s with which a packet begins behind the rest of a record", (_, records) => {
    const rest = noise(102);
    const octets = join(rest, records);
    redactTlsStream(
      octets,
      { phase: "middle", left: 0 },
      { names: new Pseudonyms(KEY), keepNames: false, addresses: [] },
      (at) => at === 0 || at === rest.length,
    );
    const redacted = octets.subarray(rest.length);
    expect(redacted.subarray(0, 5)).toEqual(records.subarray(0, 5));
    expect(redacted.subarray(5)).not.toEqual(noise(102).subarray(0, redacted.length - 5));
    expect(octets.subarray(0, rest.length)).not.toEqual(rest);
    expect(Buffer.from(redacted).includes(Buffer.from(noise(16)))).toBe(false);
  });
});

describe("a direction of which the capture lacks octets inside a record", () => {
  it("goes on with the next record, wherever it begins", () => {
    const rules = { names: new Pseudonyms(KEY), keepNames: false, addresses: [] };
    const certificate = record(22, join([11, 0, 0, 200], noise(200)));
    const before = certificate.slice(0, 60);
    const reached = redactTlsStream(before, { phase: "beginning", left: 0 }, rules);
    expect(reached).toEqual({ phase: "records", left: certificate.length - 60 });
    const done = record(22, [14, 0, 0, 0]);
    const after = join(certificate.subarray(100), done);
    const come = { phase: "records", left: reached.left - 40 } as const;
    expect(redactTlsStream(after, come, rules)).toEqual({ phase: "records", left: 0 });
    expect(after.subarray(-done.length)).toEqual(done);
    expect(after.subarray(0, 40)).not.toEqual(certificate.subarray(100, 140));
  });
});
