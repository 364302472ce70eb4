import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Handshake } from "../../src/handshake/handshake.ts";
import { framesOf, segmentsOf, utterancesOf } from "../support/conversation.ts";
import { pcap, type TestPacket } from "../support/capture-writer.ts";
import { keyLogText, readWith, vector, VECTORS } from "../support/vectors.ts";

/** What was decrypted: who said what. */
function decrypted(handshakes: readonly Handshake[]): string[] {
  return handshakes.flatMap(({ messages }) =>
    messages.filter((message) => message.decrypted).map(({ from, type, octets }) => `${from} ${type} ${octets}`),
  );
}

/** Without what says that a key log was there. */
function plain(handshakes: readonly Handshake[]): unknown {
  return handshakes.map((handshake) => ({ ...handshake, notes: [] }));
}

/** Each secret with one other digit. */
function spoiled(text: string, digit: number): string {
  return text.replace(/^(\w+ \w+ )(\w+)$/gm, (_, head: string, secret: string) => {
    const at = digit % secret.length;
    return `${head}${secret.slice(0, at)}${secret[at] === "0" ? "1" : "0"}${secret.slice(at + 1)}`;
  });
}

describe.each(VECTORS)("%s", (name) => {
  const file = vector(name);
  const text = keyLogText(name);
  const whole = decrypted(readWith(file, text));

  it("is with wrong keys what it is without keys, and that is told", () => {
    const without = plain(readWith(file));
    for (let digit = 0; digit < 96; digit += 13) {
      const read = readWith(file, spoiled(text, digit));
      expect(plain(read)).toEqual(without);
      expect(read.map(({ notes }) => notes?.map(({ code }) => code))).toEqual([["keys-wrong"]]);
    }
  });

  // As if another suite had been negotiated: one octet that was damaged is enough for that.
  it("is with secrets too short for the hash of its suite what it is without keys", () => {
    expect(plain(readWith(file, text.replace(/[0-9a-f]{2}$/gm, "")))).toEqual(plain(readWith(file)));
  });

  it("is with the keys of others what it is without keys, and that is told", () => {
    const read = readWith(file, `CLIENT_RANDOM ${"cd".repeat(32)} ${"00".repeat(48)}\n`);
    expect(plain(read)).toEqual(plain(readWith(file)));
    expect(read.map(({ notes }) => notes?.map(({ code }) => code))).toEqual([["keys-missing"]]);
  });

  it("gives, cut after any octet, nothing but a part of what it gives whole", () => {
    const known = new Set(whole.map((said) => said.split(" ").slice(0, 2).join(" ")));
    for (let end = 24; end < file.length; end += 11) {
      for (const said of decrypted(readWith(file.subarray(0, end), text))) expect(known).toContain(said.split(" ").slice(0, 2).join(" "));
    }
  });

  it("gives, with an octet changed anywhere, no decrypted message that was not sent", () => {
    fc.assert(
      fc.property(fc.integer({ min: 24, max: file.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = file.slice();
        damaged[at] = (damaged[at] as number) ^ change;
        // A part of a message may be missing, but what is there is what was sent.
        for (const said of decrypted(readWith(damaged, text))) expect(whole.some((one) => one.startsWith(said))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe("TLS records in other segments", () => {
  it.each(VECTORS.filter((name) => !/quic|dtls/.test(name)))("are opened all the same: %s", (name) => {
    const said = utterancesOf(vector(name));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), (size) => {
        const cut = (octets: Uint8Array): Uint8Array[] =>
          Array.from({ length: Math.ceil(octets.length / size) }, (_, index) => octets.subarray(index * size, (index + 1) * size));
        const packets: TestPacket[] = framesOf(segmentsOf(said, cut));
        expect(decrypted(readWith(pcap(packets), keyLogText(name))).toSorted()).toEqual(
          decrypted(readWith(vector(name), keyLogText(name))).toSorted(),
        );
      }),
      { numRuns: 12, examples: [[1]] },
    );
  });
});

describe("a session up to TLS 1.2 that is resumed with a ticket", () => {
  it.each(["keylog/tls12-resumed", "dtls/openssl-resumed"])("has the keys of the one that got the ticket: %s", (name) => {
    const file = readFileSync(new URL(`../../fixtures/captures/${name}.pcap`, import.meta.url));
    const text = readFileSync(new URL(`../../fixtures/captures/${name}.keylog`, import.meta.url), "utf8");
    const lines = text.split("\n").filter((line) => line.startsWith("CLIENT_RANDOM"));
    const whole = decrypted(readWith(file, text));
    expect(lines).toHaveLength(2);
    expect(whole.length).toBeGreaterThan(4);
    expect(decrypted(readWith(file, lines[0] as string))).toEqual(whole);
  });
});

describe.each(["client", "server"])("a key log with the secrets of the %s alone", (side) => {
  it.each(VECTORS.filter((name) => !name.includes("tls12")))("opens what it says: %s", (name) => {
    const lines = keyLogText(name).split("\n");
    const own = lines.filter((line) => new RegExp(`^(QUIC_)?${side}_`, "i").test(line)).join("\n");
    const said = decrypted(readWith(vector(name), keyLogText(name))).filter((message) => message.startsWith(side));
    expect(decrypted(readWith(vector(name), own))).toEqual(said);
  });
});
