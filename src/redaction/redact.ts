/**
 * A capture to one that may be given away: only the packets of its handshakes, with addresses, names, session ids, tickets,
 * randoms, certificates, plaintext and everything encrypted replaced. The result is analysed before it is given: where it no
 * longer says what the original says, there is none. `redact` throws `CaptureError` for what is no capture.
 */
import { joinOctets } from "../bytes/join.ts";
import { CaptureError } from "../fault/errors.ts";
import { addressText, wordAt } from "../flow/address.ts";
import type { Capture, Handshake } from "../handshake/handshake.ts";
import { redactDatagrams } from "./dtls-octets.ts";
import type { RedactionRules } from "./message-octets.ts";
import { type Packet, readPackets } from "./packets.ts";
import { Pseudonyms } from "./pseudonym.ts";
import { redactTlsStream } from "./tls-octets.ts";
import { changesOf } from "./verify.ts";
import { writePackets } from "./write-packets.ts";

/** How to redact. */
export interface RedactOptions {
  /** Random octets under which values are replaced; at least 16. Who knows them can try names. */
  readonly key: Uint8Array;
  /** Server names, and the texts of certificates, stay. */
  readonly keepNames?: boolean;
  /** Analyses a capture file, without key logs. */
  readonly read: (octets: Uint8Array) => Promise<Capture>;
}

/** What came of it. */
export interface Redaction {
  /** A pcapng file. */
  readonly octets: Uint8Array;
  /** Packets written, and of how many. */
  readonly packets: number;
  readonly of: number;
  readonly handshakes: number;
  /** Blocks with secrets that were left out. */
  readonly secrets: number;
}

/** Octets of one side of a connection that are put in order; nobody's handshake is longer. */
const MAX_STREAM = 4_194_304;
/** Packets of a connection after the last one that says something: they tell that it went on. */
const TAIL = 8;

/**
 * Redacts a capture, uncompressed. Throws `CaptureError` where there is nothing to redact, or the result would say something
 * else than the original; the message says what.
 */
export async function redact(octets: Uint8Array, options: RedactOptions): Promise<Redaction> {
  const { packets, count, secrets } = readPackets(octets);
  const original = await options.read(writePackets(packets));
  const handshakes = original.handshakes.filter((handshake) => handshake.messages.length > 0 || handshake.outcome === "failed");
  if (handshakes.length === 0) throw new CaptureError("unsupported", "has no handshake to redact");
  if (handshakes.some(({ protocol }) => protocol === "quic")) {
    throw new CaptureError("unsupported", "has QUIC, whose Initial packets cannot be redacted");
  }
  const rules = { names: new Pseudonyms(options.key), keepNames: options.keepNames === true, addresses: addressesIn(packets) };
  let changes: readonly string[] = [];
  for (const tail of [TAIL, Number.POSITIVE_INFINITY]) {
    const kept = redactPackets(chosen(packets, handshakes, tail), rules);
    const file = writePackets(kept);
    const result = await options.read(file);
    changes = changesOf(handshakes, result.handshakes);
    if (changes.length === 0) return { octets: file, packets: kept.length, of: count, handshakes: handshakes.length, secrets };
  }
  throw new CaptureError("unsupported", `would say something else when redacted: ${changes.slice(0, 3).join("; ")}`);
}

/** The packets of the handshakes' connections, up to a few after the last that a handshake names. */
function chosen(packets: readonly Packet[], handshakes: readonly Handshake[], tail: number): Packet[] {
  const last = new Map<string, number>();
  for (const { transport, messages, events, failure, dialogue = [] } of handshakes) {
    const ends = [`${transport.client.address} ${transport.client.port}`, `${transport.server.address} ${transport.server.port}`];
    const key = `${transport.protocol} ${ends.toSorted().join(" ")}`;
    const named = [
      ...messages.flatMap((message) => message.packets),
      ...events.map(({ packet }) => packet),
      ...dialogue.map(({ packet }) => packet),
      failure?.packet ?? 0,
    ];
    last.set(
      key,
      named.reduce((most, number) => Math.max(most, number), last.get(key) ?? 0),
    );
  }
  const after = new Map<string, number>();
  // The packets were numbered anew when all of them were written.
  return packets.filter((packet, index) => {
    const key = connectionOf(packet);
    const end = last.get(key);
    if (end === undefined) return false;
    if (index + 1 <= end) return true;
    const beyond = (after.get(key) ?? 0) + 1;
    after.set(key, beyond);
    return beyond <= tail;
  });
}

function redactPackets(packets: readonly Packet[], rules: RedactionRules): Packet[] {
  const copies = packets.map((packet) => ({ ...packet, payload: packet.payload.slice() }));
  const directions = new Map<string, Packet[]>();
  for (const packet of copies) {
    const key = `${packet.protocol} ${endOf(packet, "source")} ${endOf(packet, "target")}`;
    const direction = directions.get(key);
    if (direction === undefined) directions.set(key, [packet]);
    else direction.push(packet);
  }
  const dropped = new Set<Packet>();
  for (const direction of directions.values()) {
    if (direction[0]?.protocol === "tcp") for (const connection of connectionsIn(direction)) redactConnection(connection, rules);
    else {
      const found = redactDatagrams(
        direction.map(({ payload }) => payload),
        rules,
      );
      for (const packet of direction) if (!found.has(packet.payload)) dropped.add(packet);
    }
  }
  return copies
    .filter((packet) => !dropped.has(packet))
    .map((packet) => Object.assign(packet, { source: rules.names.address(packet.source), target: rules.names.address(packet.target) }));
}

const SYN = 0x02;

/** A port may be used again: a SYN with another sequence number begins anew. */
function connectionsIn(direction: readonly Packet[]): Packet[][] {
  const connections: Packet[][] = [];
  let began: number | null = null;
  for (const packet of direction) {
    const isNew = (packet.flags & SYN) !== 0 && packet.sequence !== began;
    if (isNew) began = packet.sequence;
    if (isNew || connections.length === 0) connections.push([]);
    connections.at(-1)?.push(packet);
  }
  return connections;
}

/** Puts the octets in order, replaces in them, and writes them back to every packet that carries them. */
function redactConnection(packets: readonly Packet[], rules: RedactionRules): void {
  const base = baseOf(packets);
  const offsetOf = ({ sequence, flags }: Packet): number => (sequence - base + ((flags & SYN) !== 0 ? 1 : 0)) | 0;
  const placed = packets.filter(({ payload }) => payload.length > 0);
  const inside = placed.filter((packet) => offsetOf(packet) >= 0 && offsetOf(packet) + packet.payload.length <= MAX_STREAM);
  const length = inside.reduce((most, packet) => Math.max(most, offsetOf(packet) + packet.payload.length), 0);
  const stream = new Uint8Array(length);
  const covered = new Uint8Array(length);
  for (const packet of inside.toReversed()) {
    stream.set(packet.payload, offsetOf(packet));
    covered.fill(1, offsetOf(packet), offsetOf(packet) + packet.payload.length);
  }
  // A hole ends what can be read in order; what follows it is read by itself.
  for (let start = 0; start < length;) {
    const end = covered.indexOf(0, start) < 0 ? length : covered.indexOf(0, start);
    if (end > start) redactTlsStream(stream.subarray(start, end), rules);
    const next = covered.indexOf(1, end);
    start = next < 0 ? length : next;
  }
  for (const packet of placed) {
    const at = offsetOf(packet);
    if (inside.includes(packet)) packet.payload.set(stream.subarray(at, at + packet.payload.length));
    else rules.names.replace(packet.payload, 0, packet.payload.length);
  }
}

/** The sequence number of the first octet. */
function baseOf(packets: readonly Packet[]): number {
  const syn = packets.find(({ flags }) => (flags & SYN) !== 0);
  if (syn !== undefined) return syn.sequence + 1;
  const [first, ...others] = packets;
  return others.reduce((least, { sequence }) => (((sequence - least) | 0) < 0 ? sequence : least), first?.sequence ?? 0);
}

/** Each once. */
function addressesIn(packets: readonly Packet[]): Uint8Array[] {
  return [...new Map(packets.flatMap(({ source, target }) => [source, target]).map((address) => [address.join("."), address])).values()];
}

function connectionOf(packet: Packet): string {
  return `${packet.protocol} ${[endOf(packet, "source"), endOf(packet, "target")].toSorted().join(" ")}`;
}

function endOf(packet: Packet, side: "source" | "target"): string {
  const address = packet[side];
  const words = joinOctets(address, new Uint8Array(16 - address.length));
  const text = addressText(address.length === 4 ? 4 : 6, [wordAt(words, 0), wordAt(words, 4), wordAt(words, 8), wordAt(words, 12)]);
  return `${text} ${side === "source" ? packet.sourcePort : packet.targetPort}`;
}
