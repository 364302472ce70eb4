import { describe, expect, it } from "vitest";
import { identifyClient } from "../../src/clients/identify.ts";
import { fingerprint } from "../../src/handshake/fingerprint/index.ts";
import { decodeMessage } from "../../src/message/decode-message.ts";
import type { ClientHello } from "../../src/message/message.ts";
import { outlineOf } from "../../src/message/outline.ts";
import { fromHex } from "../../src/bytes/hex.ts";
import { recordedIds, shapeAndOctets } from "../support/recordings.ts";
import { type ClientHelloSpec, encodeClientHello, wire } from "../support/wire.ts";

const list16 = (...numbers: number[]): Uint8Array => wire((body) => body.vector16((list) => numbers.forEach((number) => list.u16(number))));
const list8 = (...numbers: number[]): Uint8Array => wire((body) => body.vector8((list) => numbers.forEach((number) => list.u16(number))));
const shares = (...groups: number[]): Uint8Array =>
  wire((body) =>
    body.vector16((list) => groups.forEach((group) => list.u16(group).vector16((key) => key.raw(new Uint8Array(32).fill(group))))),
  );

interface Changes extends Partial<ClientHelloSpec> {
  groups?: number[];
  versions?: number[];
  shares?: Uint8Array;
  name?: string;
  others?: { type: number; body: Uint8Array }[];
}

function hello({
  groups = [29, 23],
  versions = [0x0304],
  shares: keys = shares(29),
  name = "a.test",
  others = [],
  ...more
}: Changes = {}): Uint8Array {
  const serverName = wire((body) => body.vector16((list) => list.u8(0).vector16((text) => text.text(name))));
  return encodeClientHello({
    legacyVersion: 0x0303,
    random: new Uint8Array(32),
    sessionId: new Uint8Array(8),
    cipherSuites: [0x1301, 0xc02f],
    compressionMethods: [0],
    extensions: [
      { type: 0, body: serverName },
      { type: 10, body: list16(...groups) },
      { type: 43, body: list8(...versions) },
      { type: 51, body: keys },
      ...others,
    ],
    ...more,
  });
}

describe("the outline of a hello", () => {
  it.each<[string, Changes, Changes]>([
    ["random and session id", {}, { random: new Uint8Array(32).fill(7), sessionId: new Uint8Array(32).fill(8) }],
    ["server name", {}, { name: "another.example.test" }],
    ["keys", {}, { shares: wire((body) => body.vector16((list) => list.u16(29).vector16((key) => key.raw(new Uint8Array(32).fill(1))))) }],
    [
      "GREASE values",
      { cipherSuites: [0x0a0a, 0x1301], groups: [0x1a1a, 29], versions: [0x2a2a, 0x0304] },
      { cipherSuites: [0xfafa, 0x1301], groups: [0x4a4a, 29], versions: [0x5a5a, 0x0304] },
    ],
    ["a ticket", { others: [{ type: 35, body: Uint8Array.of(1) }] }, { others: [{ type: 35, body: Uint8Array.of(2, 3) }] }],
  ])("does not know the %s", (_, one, other) => {
    expect(outlineOf(hello(one))).toBe(outlineOf(hello(other)));
    expect(outlineOf(hello(one))).toBeDefined();
  });

  it.each<[string, Changes]>([
    ["the version", { legacyVersion: 0x0302 }],
    ["a suite", { cipherSuites: [0x1301, 0xc030] }],
    ["the order of suites", { cipherSuites: [0xc02f, 0x1301] }],
    ["GREASE where there was none", { cipherSuites: [0x0a0a, 0x1301, 0xc02f] }],
    ["what only looks like GREASE", { cipherSuites: [0x0a1a, 0x1301, 0xc02f] }],
    ["compression", { compressionMethods: [1, 0] }],
    ["a group", { groups: [29, 24] }],
    ["the group of a share", { shares: shares(23) }],
    ["another share", { shares: shares(29, 23) }],
    ["a version", { versions: [0x0304, 0x0303] }],
    ["an extension", { others: [{ type: 23, body: new Uint8Array(0) }] }],
    ["a list that does not add up", { groups: [29], others: [{ type: 13, body: Uint8Array.of(0, 2, 4) }] }],
    ["shares that do not add up", { shares: Uint8Array.of(0, 9, 0, 29, 0, 1, 5) }],
  ])("knows %s", (_, changes) => {
    expect(outlineOf(hello(changes))).not.toBe(outlineOf(hello()));
  });

  it("tells an extension that is apart from one that is not there", () => {
    expect(outlineOf(hello({ others: [{ type: 21, body: new Uint8Array(3) }] }))).not.toBe(outlineOf(hello()));
  });

  it("is none of what is cut, or goes on", () => {
    const whole = hello();
    for (let length = 0; length < whole.length; length++) {
      const outline = outlineOf(whole.subarray(0, length));
      // Without extensions a hello is whole behind its compression methods.
      if (outline !== undefined)
        expect(
          outlineOf(
            encodeClientHello({
              legacyVersion: 0x0303,
              random: new Uint8Array(32),
              sessionId: new Uint8Array(8),
              cipherSuites: [0x1301, 0xc02f],
              compressionMethods: [0],
            }),
          ),
        ).toBe(outline);
    }
    expect(outlineOf(Uint8Array.from([...whole, 0]))).toBeUndefined();
  });

  it("is none of a hello that is absurdly long", () => {
    expect(outlineOf(hello({ others: [{ type: 13, body: new Uint8Array(3_000) }] }))).toBeUndefined();
  });

  it("decides the fingerprints and the client of every recorded hello", () => {
    const told = new Map<string, string>();
    const ids = recordedIds();
    for (const id of ids) {
      const body = fromHex(shapeAndOctets(id).hex);
      const context = { protocol: "tls", from: "client", version: 0, cipherSuite: -1 } as const;
      const message = decodeMessage(1, body, context) as unknown as ClientHello;
      const outline = outlineOf(body) as string;
      const fresh = JSON.stringify([fingerprint([message], "tcp"), identifyClient({ messages: [message], protocol: "tls" })]);
      const kept = JSON.stringify([
        fingerprint([message], "tcp", outline),
        identifyClient({ messages: [message], protocol: "tls" }, outline),
      ]);
      expect(kept, id).toBe(fresh);
      expect(told.get(outline) ?? fresh, id).toBe(fresh);
      told.set(outline, fresh);
    }
    expect(told.size).toBeGreaterThan(50);
  });
});
