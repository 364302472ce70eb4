import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex } from "../../src/bytes/hex.ts";
import { decodeAlert, decodeMessage } from "../../src/message/decode-message.ts";
import type { DecodeContext } from "../../src/message/message.ts";
import { BARE_SECRET, KEY_EXCHANGE_VECTORS, OPAQUE_KEY_EXCHANGES } from "./vectors/key-exchange.ts";
import { MESSAGE_VECTORS } from "./message-vectors.ts";
import type { MessageVector } from "./vectors/vector.ts";

const CONTEXT: DecodeContext = { protocol: "tls", from: "client", version: 0, cipherSuite: -1 };
const VECTORS = [...MESSAGE_VECTORS, ...KEY_EXCHANGE_VECTORS].map(inContext);

describe.each(VECTORS)("$what", ({ handshakeType, body, context, fields, whole, guessed }) => {
  it("gives its fields", () => {
    const decoded = decodeMessage(handshakeType, body, context);
    expect(JSON.parse(JSON.stringify(decoded))).toEqual(fields);
  });

  it("is damaged when cut at any octet", () => {
    for (let cut = 0; cut < body.length; cut++) {
      const { type, malformed } = decodeMessage(handshakeType, body.subarray(0, cut), context);
      if (type !== "server_hello") expect(type).toBe(fields.type);
      if (guessed !== true && !(whole ?? []).includes(cut)) expect(malformed, `cut at ${cut}`).toMatch(/^(?:truncated|illegal)/);
    }
  });

  it("is damaged with an octet too many", () => {
    const longer = Uint8Array.from([...body, 0]);
    const { malformed } = decodeMessage(handshakeType, longer, context);
    if (guessed !== true) expect(malformed).toMatch(/octets too many|truncated|illegal/);
  });
});

describe("key exchanges of which nothing can be told", () => {
  it.each(OPAQUE_KEY_EXCHANGES)("stay hex: type $handshakeType, suite $cipherSuite", ({ handshakeType, cipherSuite, hex, keyExchange }) => {
    const decoded = decodeMessage(handshakeType, fromHex(hex), { ...CONTEXT, cipherSuite, version: 0x0303 });
    expect(decoded).toMatchObject({ hex: hex.replaceAll(" ", "") });
    expect(decoded["keyExchange"]).toBe(keyExchange);
    expect(decoded.malformed === undefined).toBe(keyExchange !== undefined);
  });

  it.each([
    ["SSL 3.0", {}],
    ["DTLS before its RFC", { protocol: "dtls", version: 0x0302 }],
  ] as const)("take the whole body for the secret in %s", (_, protocol) => {
    const { handshakeType, body, ...rest } = BARE_SECRET;
    const context = { ...rest, ...protocol };
    expect(decodeMessage(handshakeType, body, { ...CONTEXT, ...context })).toEqual({
      type: "client_key_exchange",
      keyExchange: "RSA",
      publicLength: 128,
    });
  });
});

describe("what is decoded before damage", () => {
  it("stays, in the contract's order, with the reason at the end", () => {
    const hello = MESSAGE_VECTORS.find(({ what }) => what === "a client_hello with extensions");
    const body = hello?.body ?? new Uint8Array();
    const decoded = decodeMessage(1, body.subarray(0, 40), CONTEXT);
    expect(Object.keys(decoded)).toEqual(["type", "legacyVersion", "random", "sessionId", "malformed"]);
    expect(decoded.malformed).toBe("truncated in cipher_suites at offset 39: 4 octets wanted, 1 left");
    expect(Object.keys(decodeMessage(1, body, CONTEXT))).toEqual([
      "type",
      "legacyVersion",
      "random",
      "sessionId",
      "cipherSuites",
      "compressionMethods",
      "extensions",
    ]);
  });

  it("says what was left over", () => {
    expect(decodeMessage(14, Uint8Array.of(1, 2), CONTEXT)).toEqual({
      type: "server_hello_done",
      malformed: "2 octets too many at offset 0",
    });
  });
});

describe("a message of a type that is not decoded", () => {
  it.each([
    [9, "request_connection_id"],
    [0xfe, "message_hash"],
    [0x63, null],
  ])("%i is kept as hex with its name", (handshakeType, name) => {
    const id = `0x${handshakeType.toString(16).padStart(2, "0")}`;
    expect(decodeMessage(handshakeType, Uint8Array.of(0xbe, 0xef), CONTEXT)).toEqual({
      type: "unknown",
      handshakeType: { id, name },
      hex: "beef",
    });
  });
});

describe("an alert", () => {
  it.each([
    ["0228", { level: { id: "0x02", name: "fatal" }, description: { id: "0x28", name: "handshake_failure" } }],
    ["01c8", { level: { id: "0x01", name: "warning" }, description: { id: "0xc8", name: null } }],
    ["02", { level: { id: "0x02", name: "fatal" }, malformed: "truncated in description at offset 1: 1 octets wanted, 0 left" }],
    ["", { malformed: "truncated in level at offset 0: 1 octets wanted, 0 left" }],
    ["022800", { malformed: "1 octets too many in description at offset 2" }],
  ])("of octets %s", (hex, fields) => {
    expect(decodeAlert(fromHex(hex))).toMatchObject({ type: "alert", ...fields });
  });
});

describe("any octets at all", () => {
  const types = fc.oneof(fc.constantFrom(...new Set(VECTORS.map(({ handshakeType }) => handshakeType))), fc.nat(255));
  const contexts = fc.record<DecodeContext>({
    protocol: fc.constantFrom("tls", "dtls", "quic"),
    from: fc.constantFrom("client", "server"),
    version: fc.constantFrom(0, 0x0300, 0x0301, 0x0303, 0x0304, 0x7f12),
    cipherSuite: fc.constantFrom(-1, 0x002f, 0x009e, 0xc02f, 0x0090, 0xc01d, 0x1301),
  });

  it("never make the decoder throw", () => {
    fc.assert(
      fc.property(types, fc.uint8Array({ maxLength: 200 }), contexts, (type, body, context) => isPlain(decodeMessage(type, body, context))),
    );
  });

  it("in the place of any one octet never make the decoder throw", () => {
    const damaged = fc
      .constantFrom(...VECTORS)
      .chain((vector) => fc.record({ vector: fc.constant(vector), at: fc.nat(Math.max(0, vector.body.length - 1)), octet: fc.nat(255) }));
    fc.assert(
      fc.property(damaged, ({ vector, at, octet }) => {
        const body = vector.body.slice();
        body[at] = octet;
        return isPlain(decodeMessage(vector.handshakeType, body, vector.context));
      }),
      { numRuns: 1000 },
    );
  });
});

function inContext(vector: MessageVector): MessageVector & { readonly context: DecodeContext } {
  return { ...vector, context: { ...CONTEXT, ...vector.context } };
}

function isPlain(decoded: object): boolean {
  return JSON.stringify(decoded).length > 0;
}
