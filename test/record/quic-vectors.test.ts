import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../src/bytes/hex.ts";
import { decodeMessage } from "../../src/message/decode-message.ts";
import type { DecodedBody } from "../../src/message/message.ts";
import { initialKeys, openPacket } from "../../src/record/quic-keys.ts";
import { longHeader, type LongHeader } from "../../src/record/quic-packet.ts";
import { quic } from "../../src/record/quic-protocol.ts";
import { quicVersions, type QuicVersion } from "../../src/record/quic-versions.ts";
import type { RawMessage } from "../../src/record/tls-stream.ts";
import { QUIC_VECTORS } from "./quic-vectors.ts";

function handshakesOf(datagrams: readonly (readonly [side: 0 | 1, hex: string])[]): readonly RawMessage[] {
  const exchanges = quic.create(() => 1);
  for (const [index, [side, hex]] of datagrams.entries()) {
    const bytes = fromHex(hex);
    exchanges.datagram(side, bytes, 0, bytes.length, { number: index + 1, time: 0, nanos: 0, digits: 6 });
  }
  exchanges.end();
  return exchanges.exchanges.flatMap((exchange) => exchange.messages);
}

function octetsOf(message: RawMessage | undefined): string {
  if (message?.kind !== "handshake") return "";
  const length = message.body.length.toString(16).padStart(6, "0");
  return `${message.handshakeType.toString(16).padStart(2, "0")}${length}${toHex(message.body)}`;
}

describe.each(QUIC_VECTORS)("$name, Appendix A", (vector) => {
  const version = quicVersions(vector.version)[0] as QuicVersion;

  it.each(["client", "server"] as const)("derives the keys of the %s", (role) => {
    const { key, iv, hp } = initialKeys(version, fromHex(vector.target), role);
    expect({ key: toHex(key), iv: toHex(iv), hp: toHex(hp) }).toEqual(vector[role].keys);
  });

  it.each(["client", "server"] as const)("opens the Initial packet of the %s", (role) => {
    const bytes = fromHex(vector[role].packet);
    const header = longHeader(bytes, 0, bytes.length) as LongHeader;
    expect(header).toMatchObject({ type: "initial", version: vector.version, end: bytes.length });
    const payload = openPacket(initialKeys(version, fromHex(vector.target), role), bytes, header, -1);
    expect(payload?.packetNumber).toBe(vector[role].packetNumber);
    expect(toHex(payload?.octets ?? new Uint8Array(0))).toContain(vector[role].message);
  });

  it("gives both hellos whole", () => {
    const messages = handshakesOf([
      [0, vector.client.packet],
      [1, vector.server.packet],
    ]);
    expect(messages.map(octetsOf)).toEqual([vector.client.message, vector.server.message]);
  });

  it("is decoded to the last field", () => {
    const [hello] = handshakesOf([[0, vector.client.packet]]);
    const fields: DecodedBody = { type: "unknown" };
    decodeMessage(1, hello?.body ?? new Uint8Array(0), { protocol: "quic", from: "client", version: 0, cipherSuite: -1 }, fields);
    expect(fields["malformed"]).toBeUndefined();
    const extensions = fields["extensions"] as readonly { name: string; data: Record<string, unknown> }[];
    expect(extensions.find(({ name }) => name === "server_name")?.data).toEqual({ serverName: "example.com" });
    const parameters = extensions.find(({ name }) => name === "quic_transport_parameters")?.data;
    expect(JSON.stringify(parameters)).toContain("initial_source_connection_id");
    expect(JSON.stringify(parameters)).toContain(vector.target);
  });

  it("has a Retry by which nothing is told", () => {
    const bytes = fromHex(vector.retry);
    expect(longHeader(bytes, 0, bytes.length)).toMatchObject({ type: "retry", source: fromHex("f067a5502a4262b5") });
    expect(quic.recognises(bytes, 0, bytes.length)).toBe(false);
  });

  it("gives no message for a packet of which one octet was changed", () => {
    const bytes = fromHex(vector.client.packet);
    // Every octet of the header, and some of each part of what is protected.
    const places = [...bytes.keys()].filter((at) => at < 24 || at % 97 === 0 || at >= bytes.length - 4);
    for (const at of places) {
      const changed = bytes.slice();
      changed[at] = (changed[at] as number) ^ 0x01;
      expect(handshakesOf([[0, toHex(changed)]]), `octet ${at}`).toEqual([]);
    }
  });

  it("gives no server_hello for a packet of which one octet was changed", () => {
    const bytes = fromHex(vector.server.packet);
    for (const at of bytes.keys()) {
      const changed = bytes.slice();
      changed[at] = (changed[at] as number) ^ 0x40;
      const messages = handshakesOf([
        [0, vector.client.packet],
        [1, toHex(changed)],
      ]);
      // The fixed bit is part of what is authenticated, too.
      expect(messages, `octet ${at}`).toHaveLength(1);
    }
  });

  it("gives no message for a packet that was cut", () => {
    const bytes = fromHex(vector.client.packet);
    for (let end = 0; end < bytes.length; end += end < 64 ? 1 : 53) {
      expect(handshakesOf([[0, toHex(bytes, 0, end)]]), `${end} octets`).toEqual([]);
    }
  });

  it("gives the server_hello even if the client's packet was cut behind its connection ids", () => {
    const cut = vector.client.packet.slice(0, 2 * 60);
    expect(
      handshakesOf([
        [0, cut],
        [1, vector.server.packet],
      ]).map(octetsOf),
    ).toEqual([vector.server.message]);
  });
});
