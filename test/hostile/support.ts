/** Captures that mean harm, as chunks; and the handshake that must be found behind the damage. */
import { readFileSync } from "node:fs";
import { block, enhancedPacket, interfaceDescription, pcapHeader, pcapng, sectionHeader } from "../support/capture-writer.ts";
import { framesOf, segmentsOf, utterancesOf } from "../support/conversation.ts";
import { fixturePath } from "../support/fixtures.ts";
import { ethernet, ipv4, join, tcp, type TcpFields, udp, type UdpFields } from "../support/packet-writer.ts";
import { handshake, record } from "../support/records.ts";
import { encodeClientHello, type ExtensionSpec, wire } from "../support/wire.ts";

/** Name of the server in the good handshake. */
export const GOOD = "mail.example.test";

const good = framesOf(segmentsOf(utterancesOf(new Uint8Array(readFileSync(fixturePath("pairs/go-rsa-kex/openssl.pcap"))))));

/** Frames of the good handshake. */
export const goodFrames: readonly Uint8Array[] = good.map(({ octets }) => octets);

/** A pcap file of these frames, and the good handshake behind them. */
export function* pcapOf(frames: Iterable<Uint8Array>): Generator<Uint8Array> {
  yield pcapHeader();
  for (const octets of frames) yield recordOf(octets);
  for (const octets of goodFrames) yield recordOf(octets);
}

/** A record of a pcap file; the frame may be changed afterwards. */
export function recordOf(octets: Uint8Array, seconds = 1_700_000_000): Uint8Array {
  const whole = new Uint8Array(16 + octets.length);
  const view = new DataView(whole.buffer);
  view.setUint32(0, seconds, true);
  view.setUint32(8, octets.length, true);
  view.setUint32(12, octets.length, true);
  whole.set(octets, 16);
  return whole;
}

/** A pcapng file of these blocks, and the good handshake behind them. */
export function* pcapngOf(blocks: Parameters<typeof pcapng>[0]): Generator<Uint8Array> {
  yield pcapng([sectionHeader(), interfaceDescription({ linkType: 1 }), ...blocks, ...good.map((packet) => enhancedPacket(packet))]);
}

export { block };

/** A TCP segment in Ethernet; the client's address ends with `host`. */
export function segment(payload: Uint8Array, fields: TcpFields & { readonly host?: number; readonly back?: boolean } = {}): Uint8Array {
  const { host = 5, back = false, ...rest } = fields;
  const client = [10, 0, host >>> 8, host & 255];
  const server = [10, 1, 0, 9];
  const ports = back ? { sourcePort: 443, targetPort: rest.sourcePort ?? 40_000 } : {};
  return ethernet(
    ipv4(tcp(payload, { ...rest, ...ports }), back ? { source: server, target: client } : { source: client, target: server }),
  );
}

/** A UDP datagram in Ethernet. */
export function datagram(payload: Uint8Array, fields: UdpFields & { readonly host?: number; readonly back?: boolean } = {}): Uint8Array {
  const { host = 5, back = false, ...rest } = fields;
  const client = [10, 0, host >>> 8, host & 255];
  const server = [10, 1, 0, 9];
  const ports = back ? { sourcePort: rest.targetPort ?? 443, targetPort: rest.sourcePort ?? 40_000 } : rest;
  return ethernet(
    ipv4(udp(payload, { ...rest, ...ports }), back ? { source: server, target: client } : { source: client, target: server }),
  );
}

/** Octets as segments of `size`, from sequence number 1 on. */
export function* segmentsFrom(octets: Uint8Array, size = 1_400, fields: Parameters<typeof segment>[1] = {}): Generator<Uint8Array> {
  for (let at = 0; at < octets.length; at += size) yield segment(octets.subarray(at, at + size), { ...fields, sequence: 1 + at });
}

/** A handshake message in as many records as it needs. */
export function recordsOf(type: number, body: Uint8Array): Uint8Array {
  const message = handshake(type, body);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < message.length; at += 16_384) parts.push(record(22, message.subarray(at, at + 16_384)));
  return join(...parts);
}

/** The body of a ClientHello. */
export function hello(
  extensions: readonly ExtensionSpec[] = [],
  more: { readonly cipherSuites?: readonly number[]; readonly name?: Uint8Array; readonly cookie?: Uint8Array } = {},
): Uint8Array {
  const { name, cookie, cipherSuites = [0xc02f, 0x1301] } = more;
  return encodeClientHello({
    legacyVersion: 0x0303,
    random: new Uint8Array(32).fill(7),
    sessionId: new Uint8Array(0),
    ...(cookie === undefined ? {} : { cookie }),
    cipherSuites,
    compressionMethods: [0],
    extensions: [...(name === undefined ? [] : [serverName(name)]), ...extensions],
  });
}

/** server_name (RFC 6066 §3). */
function serverName(name: Uint8Array): ExtensionSpec {
  return { type: 0, body: wire((body) => body.vector16((list) => list.u8(0).vector16((octets) => octets.raw(name)))) };
}

/** A number that looks random, and is the same each time. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
}
