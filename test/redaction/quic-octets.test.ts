import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../src/bytes/hex.ts";
import { initialKeys, openPacket } from "../../src/record/quic-keys.ts";
import { longHeader, type LongHeader } from "../../src/record/quic-packet.ts";
import { RETRY_TAG, retryTag, sealInitial } from "../../src/record/quic-seal.ts";
import { type QuicVersion, quicVersions } from "../../src/record/quic-versions.ts";
import { quic } from "../../src/record/quic-protocol.ts";
import type { RawMessage } from "../../src/record/tls-stream.ts";
import type { Datagram } from "../../src/redaction/datagram.ts";
import { Pseudonyms } from "../../src/redaction/pseudonym.ts";
import { redactQuic } from "../../src/redaction/quic-octets.ts";
import { QUIC_VECTORS } from "../record/quic-vectors.ts";
import { close, crypto, initial, negotiation, retry, sealedLong, sealedShort } from "../support/quic.ts";
import { handshake, join } from "../support/records.ts";
import { KEY } from "../support/redacted.ts";
import { encodeClientHello, wire } from "../support/wire.ts";

const TARGET = [0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8];
const CLIENT = [0xb1, 0xb2, 0xb3, 0xb4];
const SERVER = [0xc1, 0xc2, 0xc3, 0xc4, 0xc5];
const RANDOM = Uint8Array.from({ length: 32 }, (_, index) => 0x40 + index);
const SHARE = Uint8Array.from({ length: 32 }, (_, index) => 0x80 + index);

const hello = handshake(
  1,
  encodeClientHello({
    legacyVersion: 0x0303,
    random: RANDOM,
    sessionId: new Uint8Array(0),
    cipherSuites: [0x1301],
    compressionMethods: [0],
    extensions: [
      {
        type: 0,
        body: wire((body) =>
          body.vector16((list) => list.u8(0).vector16((name) => name.raw(new TextEncoder().encode("host.internal.example")))),
        ),
      },
      { type: 51, body: wire((body) => body.vector16((list) => list.u16(29).vector16((share) => share.raw(SHARE)))) },
      { type: 57, body: Uint8Array.of(0x0f, 4, ...CLIENT, 0x03, 2, 0x45, 0xac) },
      { type: 0x1234, body: new TextEncoder().encode("whose is this") },
    ],
  }),
);

const rules = () => ({ names: new Pseudonyms(KEY), keepNames: false, addresses: [] });

function redacted(datagrams: readonly (readonly [side: 0 | 1, bytes: Uint8Array])[]): Datagram[] {
  const copies = datagrams.map(([side, bytes]) => ({ side, bytes: bytes.slice() }));
  const found = redactQuic(copies, rules());
  return copies.filter((copy) => found.has(copy));
}

/** What a reader makes of it. */
function read(datagrams: readonly Datagram[]): { messages: readonly RawMessage[]; events: unknown[]; hidden: unknown[] } {
  const exchanges = quic.create(() => 1);
  for (const [index, { side, bytes }] of datagrams.entries()) {
    exchanges.datagram(side, bytes, 0, bytes.length, { number: index + 1, time: 0, nanos: 0, digits: 6 });
  }
  exchanges.end();
  const [exchange] = exchanges.exchanges;
  return {
    messages: exchange?.messages ?? [],
    events: (exchange?.events ?? []).map(({ kind, side, code, octets }) => [kind, side, code, octets?.length]),
    hidden: exchange?.encrypted.map(({ side, epoch, length }) => [side, epoch, length]) ?? [],
  };
}

function bodyOf(datagrams: readonly Datagram[]): string {
  const [message] = read(datagrams).messages;
  return message?.kind === "handshake" ? toHex(message.body) : "";
}

const first = initial({ role: "client", keysFrom: TARGET, target: TARGET, source: CLIENT, frames: crypto(hello), token: [1, 2, 3, 4, 5] });
const secrets = [
  RANDOM,
  SHARE,
  Uint8Array.from(TARGET),
  Uint8Array.from(CLIENT),
  new TextEncoder().encode("internal"),
  new TextEncoder().encode("whose"),
];

describe.each(QUIC_VECTORS)("$name, Appendix A", (vector) => {
  const version = quicVersions(vector.version)[0] as QuicVersion;

  it.each(["client", "server"] as const)("is sealed to the same octets as the packet of the %s", (role) => {
    const bytes = fromHex(vector[role].packet);
    const header = longHeader(bytes, 0, bytes.length) as LongHeader;
    const keys = initialKeys(version, fromHex(vector.target), role);
    const payload = openPacket(keys, bytes, header, -1);
    if (payload === null) throw new Error("did not open");
    const again = bytes.slice().fill(0, header.body);
    sealInitial(keys, again, header, payload);
    expect(toHex(again)).toBe(vector[role].packet);
  });

  it("has the tag of the Retry packet", () => {
    const packet = fromHex(vector.retry);
    const tag = retryTag(version, fromHex(vector.target), packet.subarray(0, -RETRY_TAG));
    expect(toHex(tag ?? new Uint8Array(0))).toBe(toHex(packet.subarray(-RETRY_TAG)));
  });

  it("is redacted, Retry with a tag that fits", () => {
    const result = redacted([
      [0, fromHex(vector.client.packet)],
      [1, fromHex(vector.retry)],
      [1, fromHex(vector.server.packet)],
    ]);
    expect(read(result).messages).toHaveLength(2);
    expect(result.map(({ bytes }) => toHex(bytes)).join(" ")).not.toContain(vector.target);
    const [client, answer] = result.map(({ bytes }) => bytes) as [Uint8Array, Uint8Array, Uint8Array];
    const target = longHeader(client, 0, client.length)?.target as Uint8Array;
    const tag = retryTag(version, target, answer.subarray(0, -RETRY_TAG)) as Uint8Array;
    expect(toHex(tag)).toBe(toHex(answer.subarray(-RETRY_TAG)));
    expect(toHex(answer)).not.toContain("746f6b656e");
  });
});

describe("redacted QUIC", () => {
  it("has its hello with other contents, and nothing else changed", () => {
    const result = redacted([[0, first]]);
    expect(result.map(({ bytes }) => bytes.length)).toEqual([first.length]);
    const body = bodyOf(result);
    expect(body).toHaveLength(2 * (hello.length - 4));
    expect(body.slice(0, 4)).toBe("0303");
    expect(
      secrets.filter((secret) => body.includes(toHex(secret)) || toHex((result[0] as Datagram).bytes).includes(toHex(secret))),
    ).toEqual([]);
    // The id that the client gives itself is the same in its hello and in its header.
    const { source } = longHeader((result[0] as Datagram).bytes, 0, first.length) as LongHeader;
    expect(body).toContain(`0039000a0f04${toHex(source)}030245ac`);
    expect(toHex((result[0] as Datagram).bytes)).not.toContain("0102030405");
  });

  it("keeps coalesced packets, Handshake and 1-RTT ones as noise of their lengths under ids that fit", () => {
    const answer = initial({ role: "server", keysFrom: TARGET, target: CLIENT, source: SERVER, frames: close(0x128, "bad host.internal") });
    const datagrams: [0 | 1, Uint8Array][] = [
      [0, first],
      [1, join(answer, sealedLong(2, CLIENT, SERVER), sealedShort(CLIENT))],
      [0, sealedLong(1, TARGET, CLIENT)],
      [0, sealedLong(2, SERVER, CLIENT, 60)],
      [0, sealedShort(SERVER, 90)],
    ];
    const before = read(datagrams.map(([side, bytes]) => ({ side, bytes })));
    const result = redacted(datagrams);
    expect(result).toHaveLength(5);
    const after = read(result);
    expect(after.hidden).toEqual(before.hidden);
    expect(after.events).toEqual(before.events);
    expect(before.hidden.length).toBe(5);
    const octets = result.map(({ bytes }) => toHex(bytes)).join(" ");
    for (const secret of ["eeeeeeee", toHex(Uint8Array.from(SERVER)), toHex(Uint8Array.from(CLIENT))]) expect(octets).not.toContain(secret);
  });

  it("has a hello in pieces out of order, sent again, as one", () => {
    const piece = (start: number, end: number, packetNumber: number): [0, Uint8Array] => [
      0,
      initial({ role: "client", keysFrom: TARGET, target: TARGET, source: CLIENT, frames: crypto(hello, start, end), packetNumber }),
    ];
    const result = redacted([piece(60, hello.length, 1), piece(0, 60, 0), piece(0, 60, 2), piece(30, hello.length, 3)]);
    expect(bodyOf(result)).toBe(bodyOf(redacted([[0, first]])));
  });

  it("has nothing of a hello whose beginning is missing", () => {
    const rest = crypto(hello, 20, hello.length);
    const [result] = redacted([[0, initial({ role: "client", keysFrom: TARGET, target: TARGET, source: CLIENT, frames: rest })]]);
    const { bytes } = result as Datagram;
    const header = longHeader(bytes, 0, bytes.length) as LongHeader;
    const payload = openPacket(initialKeys(quicVersions(1)[0] as QuicVersion, header.target, "client"), bytes, header, -1);
    expect(payload?.octets.length).toBe(rest.length);
    expect(toHex(payload?.octets ?? new Uint8Array(0))).not.toContain(toHex(SHARE));
  });

  it("goes on after Version Negotiation and Retry", () => {
    const other = [0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8];
    const datagrams: [0 | 1, Uint8Array][] = [
      [0, initial({ role: "client", keysFrom: TARGET, target: TARGET, source: CLIENT, frames: crypto(hello), version: 0x6b3343cf })],
      [1, negotiation(CLIENT, TARGET, [1])],
      [0, first],
      [1, retry(CLIENT, other)],
      [
        0,
        initial({ role: "client", keysFrom: other, target: other, source: CLIENT, frames: crypto(hello), token: [5, 5, 5, 5, 5, 5, 5, 5] }),
      ],
    ];
    const before = read(datagrams.map(([side, bytes]) => ({ side, bytes })));
    const after = read(redacted(datagrams));
    expect(after.events).toEqual(before.events);
    expect(before.events).toEqual(
      expect.arrayContaining([
        ["version-negotiation", 1, undefined, undefined],
        ["retry", 1, undefined, undefined],
      ]),
    );
    expect(after.messages).toHaveLength(before.messages.length);
  });

  it("has no octet of a frame that is none, and of what stands behind the packets", () => {
    const frames = join(crypto(hello), [0x3f], new TextEncoder().encode("left by somebody"));
    const packet = initial({ role: "client", keysFrom: TARGET, target: TARGET, source: CLIENT, frames });
    const [result] = redacted([[0, join(packet, new TextEncoder().encode("\x41and behind it"))]]);
    const { bytes } = result as Datagram;
    const header = longHeader(bytes, 0, bytes.length) as LongHeader;
    const payload = openPacket(initialKeys(quicVersions(1)[0] as QuicVersion, header.target, "client"), bytes, header, -1);
    expect(Buffer.from(payload?.octets ?? []).toString("latin1")).not.toContain("somebody");
    expect(Buffer.from(bytes).toString("latin1")).not.toContain("behind");
  });

  it("leaves out what is no QUIC", () => {
    expect(
      redacted([
        [0, first],
        [0, new TextEncoder().encode("STUN?")],
      ]),
    ).toHaveLength(1);
  });

  it("takes any octets, cut and changed anywhere", () => {
    const datagrams = [
      first,
      join(initial({ role: "server", keysFrom: TARGET, target: CLIENT, source: SERVER, frames: close(1) }), sealedShort(CLIENT)),
    ];
    for (let at = 0; at < first.length; at++) {
      const changed = datagrams.map((bytes) =>
        bytes.map((octet, index) => (index === at ? octet ^ 0x55 : octet)).subarray(0, bytes.length - (at % 3)),
      );
      expect(() => redacted(changed.map((bytes, side) => [side as 0 | 1, bytes]))).not.toThrow();
      expect(() => redacted([[0, first.subarray(0, at)]])).not.toThrow();
    }
  });
});
