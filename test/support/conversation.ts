/**
 * A TCP connection to be written in many ways: what both sides said, cut into segments, sent in any
 * order, over any link, into any capture format. The handshake must come out the same.
 */
import { CaptureReader } from "../../src/capture/capture-reader.ts";
import type { Frame } from "../../src/capture/frame.ts";
import { Notes } from "../../src/fault/note.ts";
import { FlowTable } from "../../src/flow/flow-table.ts";
import { type Handshake, HandshakeReader } from "../../src/index.ts";
import { decodeFrame } from "../../src/packet/decode-frame.ts";
import { FragmentTable } from "../../src/packet/fragments.ts";
import { newLayers } from "../../src/packet/layers.ts";
import { VERDICT } from "../../src/packet/verdict.ts";
import type { TestPacket } from "./capture-writer.ts";
import { ethernet, type IpFields, ipv4, type Layer, tcp } from "./packet-writer.ts";

/** What one side says at once. */
export interface Utterance {
  readonly from: "client" | "server";
  readonly octets: Uint8Array;
}

export interface Segment {
  readonly from: "client" | "server";
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly flags: number;
  readonly octets: Uint8Array;
}

const SYN = 2;
const FIN = 1;
const ACK = 16;
/** First sequence numbers: the client's wraps within the hello. */
const FIRST = { client: 0xffff_ff80, server: 1_000 };

/** The whole connection as segments: handshake, what was said cut by `cuts`, and both FINs. */
export function segmentsOf(
  utterances: readonly Utterance[],
  cut: (octets: Uint8Array) => readonly Uint8Array[] = (octets) => [octets],
): Segment[] {
  const next = { client: FIRST.client, server: FIRST.server };
  const segments: Segment[] = [];
  const send = (from: "client" | "server", flags: number, octets: Uint8Array = new Uint8Array(0)): void => {
    const other = from === "client" ? "server" : "client";
    segments.push({ from, sequence: next[from] >>> 0, acknowledgment: flags === SYN ? 0 : next[other] >>> 0, flags, octets });
    next[from] += octets.length + (flags & (SYN | FIN) ? 1 : 0);
  };
  send("client", SYN);
  send("server", SYN | ACK);
  send("client", ACK);
  for (const { from, octets } of utterances) for (const piece of cut(octets)) send(from, ACK, piece);
  send("client", FIN | ACK);
  send("server", FIN | ACK);
  return segments;
}

const CLIENT = [192, 0, 2, 1];
const SERVER = [192, 0, 2, 2];

/** The TCP segment, and the addresses for its IPv4 header. */
export function layersOf({ from, octets, ...numbers }: Segment): { readonly segment: Layer; readonly addresses: IpFields } {
  const isClient = from === "client";
  const ports = isClient ? { sourcePort: 40_000, targetPort: 443 } : { sourcePort: 443, targetPort: 40_000 };
  const addresses = isClient ? { source: CLIENT, target: SERVER } : { source: SERVER, target: CLIENT };
  return { segment: tcp(octets, { ...ports, ...numbers }), addresses };
}

/** Packets a millisecond apart; `carry` puts a segment into one or more frames. */
export function framesOf(segments: readonly Segment[], carry: (segment: Segment) => readonly Uint8Array[] = inEthernet): TestPacket[] {
  return segments.flatMap(carry).map((octets, index) => ({ octets, time: 1_700_000_000_000_000 + index * 1_000 }));
}

/** A segment in an IPv4 packet in an Ethernet frame. */
export function inEthernet(segment: Segment): Uint8Array[] {
  const { segment: payload, addresses } = layersOf(segment);
  return [ethernet(ipv4(payload, addresses))];
}

/** What both sides of the only connection of a recorded capture said, in its order. */
export function utterancesOf(file: Uint8Array): Utterance[] {
  const utterances: Utterance[] = [];
  const layers = newLayers();
  const fragments = new FragmentTable();
  const table = new FlowTable(
    () => ({
      octets: (side, bytes, start, end) => utterances.push({ from: side === 0 ? "client" : "server", octets: bytes.slice(start, end) }),
      gap: () => undefined,
      done: false,
    }),
    () => undefined,
  );
  const take = (frame: Frame): void => {
    if (decodeFrame(frame, layers, fragments) === VERDICT.tcp) table.packet(layers, frame);
  };
  const reader = new CaptureReader({ frame: take, secrets: () => undefined, notes: new Notes() });
  reader.push(file);
  reader.end();
  table.end();
  return utterances;
}

/** The handshakes of a capture file that is pushed in chunks. */
export function readAll(file: Uint8Array, chunks: (file: Uint8Array) => readonly Uint8Array[] = (whole) => [whole]): Handshake[] {
  const handshakes: Handshake[] = [];
  const reader = new HandshakeReader((handshake) => handshakes.push(handshake));
  for (const chunk of chunks(file)) reader.push(chunk);
  reader.end();
  return handshakes.sort((a, b) => a.id - b.id);
}

/** What does not depend on how it was carried: all but packet numbers, times and transport facts. */
export function essenceOf(handshakes: readonly Handshake[]): unknown {
  return JSON.parse(
    JSON.stringify(handshakes, (key, value: unknown) =>
      ["packet", "packets", "time", "events", "stream"].includes(key) ? undefined : value,
    ),
  );
}
