/**
 * Packets come in, redacted ones go out: payloads are put together by connection, redacted by protocol, and
 * put back; addresses are replaced. What is neither TLS over TCP nor DTLS nor QUIC over UDP is left out.
 */
import { DATAGRAM_PROTOCOLS } from "../record/datagram-protocol.ts";
import { beginsTds, TDS_HEADER, tdsLength } from "../record/tds-unwrapper.ts";
import type { Datagram } from "./datagram.ts";
import { redactDtls } from "./dtls-octets.ts";
import { assemble, type Piece, putBack, runs } from "./mosaic.ts";
import { connectionOf, type Packet, sourceOf } from "./packets.ts";
import { redactQuic } from "./quic-octets.ts";
import type { RedactionRules } from "./rules.ts";
import { type Reached, redactTlsStream } from "./tls-octets.ts";

/** Octets of one side of a connection that are put in order; no handshake is longer. */
const MAX_STREAM = 4_194_304;

/** Connections between the same two ports that are distinguished. */
const MAX_DIRECTIONS = 64;

/** The packets, redacted; the originals are not changed. */
export function redactPackets(packets: readonly Packet[], rules: RedactionRules): Packet[] {
  const copies = packets.map((packet) => ({ ...packet, payload: packet.payload.slice() }));
  const connections = new Map<string, Packet[]>();
  for (const packet of copies) {
    const key = connectionOf(packet);
    const connection = connections.get(key);
    if (connection === undefined) connections.set(key, [packet]);
    else connection.push(packet);
  }
  const dropped = new Set<Packet>();
  for (const connection of connections.values()) {
    if (connection[0]?.protocol === "tcp") redactSegments(connection, rules);
    else for (const packet of redactDatagrams(connection, rules)) dropped.add(packet);
  }
  return copies
    .filter((packet) => !dropped.has(packet))
    .map((packet) => Object.assign(packet, { source: rules.names.address(packet.source), target: rules.names.address(packet.target) }));
}

/** Redacts what two endpoints sent over UDP, by the first protocol that is recognised; returns the packets that do not belong to it. */
function redactDatagrams(packets: readonly Packet[], rules: RedactionRules): Packet[] {
  const protocol = packets
    .map(({ payload }) => DATAGRAM_PROTOCOLS.find((candidate) => candidate.recognises(payload, 0, payload.length)))
    .find((candidate) => candidate !== undefined);
  const first = sourceOf(packets[0] as Packet);
  const datagrams = new Map(
    packets.map((packet) => [packet, { side: sourceOf(packet) === first ? 0 : 1, bytes: packet.payload } satisfies Datagram as Datagram]),
  );
  const found = (protocol?.name === "quic" ? redactQuic : redactDtls)([...datagrams.values()], rules);
  return packets.filter((packet) => !found.has(datagrams.get(packet) as Datagram));
}

function redactSegments(packets: readonly Packet[], rules: RedactionRules): void {
  const first = sourceOf(packets[0] as Packet);
  const isTds = packets.some(({ payload }) => beginsTds(payload));
  for (const isFirst of [true, false]) {
    const direction = packets.filter((packet) => (sourceOf(packet) === first) === isFirst);
    for (const each of directionsIn(direction)) redactStream(each, isTds, rules);
  }
}

const SYN = 0x02;

/** One direction of a connection: its packets, and the sequence number of its first octet. */
interface Direction {
  readonly base: number;
  /** Does the capture contain its beginning? */
  readonly hasSyn: boolean;
  readonly packets: Packet[];
}

/** Ports are reused: a SYN with another sequence number begins a new connection, but later packets may still belong to the previous one. */
function directionsIn(packets: readonly Packet[]): Direction[] {
  const directions: Direction[] = [];
  for (const packet of packets) {
    const isSyn = (packet.flags & SYN) !== 0;
    const base = isSyn ? (packet.sequence + 1) >>> 0 : packet.sequence;
    let direction = isSyn
      ? directions.find((other) => other.hasSyn && other.base === base)
      : (directions.findLast((other) => isInside(offsetIn(other, packet), packet)) ?? directions.at(-1));
    if (direction === undefined && directions.length >= MAX_DIRECTIONS) direction = directions.at(-1);
    if (direction === undefined) directions.push((direction = { base: isSyn ? base : firstOf(packets), hasSyn: isSyn, packets: [] }));
    direction.packets.push(packet);
  }
  return directions;
}

function offsetIn({ base }: Direction, { sequence, flags }: Packet): number {
  return (sequence - base + ((flags & SYN) !== 0 ? 1 : 0)) | 0;
}

function isInside(offset: number, { payload }: Packet): boolean {
  return offset >= 0 && offset + payload.length <= MAX_STREAM;
}

/** The least sequence number. */
function firstOf([first, ...others]: readonly Packet[]): number {
  return others.reduce((least, { sequence }) => (((sequence - least) | 0) < 0 ? sequence : least), first?.sequence ?? 0);
}

/** Puts the octets in order, redacts them, and writes them back to every packet that carries them. */
function redactStream(direction: Direction, isTds: boolean, rules: RedactionRules): void {
  const pieces: Piece[] = [];
  for (const packet of direction.packets) {
    const { payload } = packet;
    const offset = offsetIn(direction, packet);
    if (isInside(offset, packet)) pieces.push({ bytes: payload, start: 0, end: payload.length, offset });
    else rules.names.replace(payload, 0, payload.length);
  }
  const whole = assemble(pieces);
  let reached: Reached = { phase: direction.hasSyn ? "beginning" : "middle", left: 0 };
  let behind = 0;
  const packetsBegin = new Set(pieces.map(({ offset }) => offset));
  for (const [start, end] of runs(whole)) {
    const phase = start > 0 && reached.phase === "beginning" ? "middle" : reached.phase;
    const from = { phase, left: Math.max(0, reached.left - (start - behind)) };
    const run = whole.octets.subarray(start, end);
    const begins = (at: number): boolean => packetsBegin.has(start + at);
    reached = isTds ? redactTds(run, from, rules) : redactTlsStream(run, from, rules, begins);
    behind = end;
  }
  putBack(pieces, whole.octets);
}

/** Redacts the payloads of TDS packets, and what follows without them, as one stream; the headers stay. */
function redactTds(bytes: Uint8Array, from: Reached, rules: RedactionRules): Reached {
  const pieces: Piece[] = [];
  let at = 0;
  let offset = 0;
  for (let length = tdsLength(bytes, 0); length > 0; length = tdsLength(bytes, at)) {
    const start = at + TDS_HEADER;
    const end = Math.min(bytes.length, at + length);
    pieces.push({ bytes, start, end, offset });
    offset += end - start;
    at = end;
  }
  pieces.push({ bytes, start: at, end: bytes.length, offset });
  const { octets } = assemble(pieces);
  const reached = redactTlsStream(octets, { ...from, left: 0 }, rules);
  putBack(pieces, octets);
  return { ...reached, left: 0 };
}
