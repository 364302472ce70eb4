/**
 * Replaces in place what is secret in the QUIC datagrams between two endpoints. Initial packets are opened,
 * redacted and sealed with the keys of the new connection ids; what only the two peers can read becomes noise of the same
 * length. Connection ids and tokens are replaced wherever they occur; lengths, versions and packet numbers stay.
 */
import { toHex } from "../bytes/hex.ts";
import { LIMITS } from "../fault/limits.ts";
import { walkFrames } from "../record/quic-frames.ts";
import { initialKeys, openPacket, type PacketKeys, type PacketPayload, type QuicRole } from "../record/quic-keys.ts";
import { isLong, isSame, type LongHeader, longHeader, startsWith, varint, varintOctets } from "../record/quic-packet.ts";
import { RETRY_TAG, retryTag, sealInitial } from "../record/quic-seal.ts";
import { type QuicVersion, quicVersions } from "../record/quic-versions.ts";
import { isHandshakeType } from "../record/tls-record.ts";
import type { Datagram } from "./datagram.ts";
import { redactMessage } from "./message-octets.ts";
import { agreeing, assemble, type Piece, putBack, runs } from "./mosaic.ts";
import { redactWords } from "./plaintext-octets.ts";
import type { RedactionRules } from "./rules.ts";

/** A connection id that a client sent its first packets to: the keys of both sides' Initial packets are derived from it. */
interface Target {
  /** Which packet named it first. */
  readonly from: number;
  readonly id: Uint8Array;
  readonly client: 0 | 1;
  /** The one that the client gave itself. */
  readonly clientId: Uint8Array;
  /** By version and role. */
  readonly keys: Map<QuicVersion, Partial<Record<QuicRole, PacketKeys>>>;
}

/** A packet with a long header in its datagram. */
interface LongPacket {
  readonly datagram: Datagram;
  readonly header: LongHeader;
}

/** An Initial packet that could be read. */
interface Opened {
  readonly target: Target;
  readonly version: QuicVersion;
  readonly role: QuicRole;
  readonly payload: PacketPayload;
}

/** Connection ids that are tried for a packet, of those named before it and after it each. */
const TRIED = 8;
/** Octets of the shortest packet with a short header (RFC 9000 §10.3). */
const SHORTEST_SHORT = 21;

/** Redacts all datagrams, and returns those that hold QUIC packets. */
export function redactQuic(datagrams: readonly Datagram[], rules: RedactionRules): Set<Datagram> {
  const found = new Set<Datagram>();
  const packets: LongPacket[] = [];
  /** Where the part without a long header begins. */
  const tails = new Map<Datagram, number>();
  for (const datagram of datagrams) {
    const end = readDatagram(datagram, packets);
    tails.set(datagram, end);
    if (end > 0 || isShort(datagram.bytes)) found.add(datagram);
  }
  const targets = targetsOf(packets);
  const opened = openAll(packets, targets);
  redactFrames(opened, rules);
  const ids = idsOf(packets);
  for (const packet of packets) writePacket(packet, opened.get(packet), targets, rules);
  for (const [{ side, bytes }, at] of tails) writeTail(bytes, at, ids[side], rules);
  return found;
}

function isShort(bytes: Uint8Array): boolean {
  return bytes.length >= SHORTEST_SHORT && !isLong(bytes, 0);
}

/** Notes the packets with long headers; returns where the last of them ends. */
function readDatagram(datagram: Datagram, packets: LongPacket[]): number {
  const { bytes } = datagram;
  let at = 0;
  while (at < bytes.length && isLong(bytes, at)) {
    const view = longHeader(bytes, at, bytes.length);
    if (view === null) break;
    packets.push({ datagram, header: { ...view, target: view.target.slice(), source: view.source.slice() } });
    at = Math.min(bytes.length, view.end);
  }
  return at;
}

/** The connection ids that each side sends to, as far as headers show. */
function idsOf(packets: readonly LongPacket[]): readonly [Uint8Array[], Uint8Array[]] {
  const ids: [Map<string, Uint8Array>, Map<string, Uint8Array>] = [new Map(), new Map()];
  for (const { datagram, header } of packets) {
    ids[datagram.side].set(toHex(header.target), header.target);
    ids[datagram.side === 0 ? 1 : 0].set(toHex(header.source), header.source);
  }
  const sorted = (side: 0 | 1): Uint8Array[] => [...ids[side].values()].filter((id) => id.length > 0).sort((a, b) => b.length - a.length);
  return [sorted(0), sorted(1)];
}

function openAll(packets: readonly LongPacket[], targets: readonly Target[]): Map<LongPacket, Opened> {
  const largest = new Map<string, number>();
  const opened = new Map<LongPacket, Opened>();
  for (const [index, packet] of packets.entries()) {
    const { datagram, header } = packet;
    if (header.type !== "initial" || header.end > datagram.bytes.length) continue;
    const payload = openOne(packet, candidates(packet, index, targets), largest);
    if (payload !== null) opened.set(packet, payload);
  }
  return opened;
}

/** Every id that an Initial packet was sent to, even one that could not be opened: its answer may be. */
function targetsOf(packets: readonly LongPacket[]): Target[] {
  const targets = new Map<string, Target>();
  for (const [from, { datagram, header }] of packets.entries()) {
    const key = `${datagram.side} ${toHex(header.target)} ${toHex(header.source)}`;
    if (header.type !== "initial" || targets.has(key) || targets.size >= LIMITS.associations) continue;
    targets.set(key, { from, id: header.target, client: datagram.side, clientId: header.source, keys: new Map() });
  }
  return [...targets.values()];
}

/** Ids that a packet's keys may be derived from: the last ones of its connection named before it, and some after it, as packets can be reordered. */
function candidates({ datagram, header }: LongPacket, index: number, targets: readonly Target[]): Target[] {
  const own = targets.filter(({ client, clientId }) => isSame(datagram.side === client ? header.source : header.target, clientId));
  const after = own.findIndex(({ from }) => from > index);
  const until = after < 0 ? own.length : after;
  return [...own.slice(Math.max(0, until - TRIED), until).toReversed(), ...own.slice(until, until + TRIED)];
}

function openOne({ datagram, header }: LongPacket, targets: readonly Target[], largest: Map<string, number>): Opened | null {
  const { side, bytes } = datagram;
  for (const target of targets) {
    const role = side === target.client ? "client" : "server";
    for (const version of quicVersions(header.version)) {
      const key = `${role} ${toHex(target.id)}`;
      const before = largest.get(key) ?? -1;
      const payload = openPacket(keysOf(target, version, role), bytes, header, before);
      if (payload === null) continue;
      largest.set(key, Math.max(before, payload.packetNumber));
      return { target, version, role, payload };
    }
  }
  return null;
}

function keysOf(target: Target, version: QuicVersion, role: QuicRole): PacketKeys {
  const known = target.keys.get(version) ?? {};
  target.keys.set(version, known);
  return (known[role] ??= initialKeys(version, target.id, role));
}

/** Puts together what each side says in CRYPTO frames, and redacts it; also the reasons in CONNECTION_CLOSE. */
function redactFrames(opened: ReadonlyMap<LongPacket, Opened>, rules: RedactionRules): void {
  const streams = new Map<string, Piece[]>();
  for (const { target, version, role, payload } of opened.values()) {
    const { octets } = payload;
    const key = `${role} ${toHex(target.id)} ${toHex(target.clientId)}`;
    const pieces = streams.get(key) ?? [];
    streams.set(key, pieces);
    const read = walkFrames(octets, version.hasGoogleFrames ? "google" : "initial", {
      crypto: (offset, start, end) => {
        if (offset + end - start <= LIMITS.cryptoOctets) pieces.push({ bytes: octets, start, end, offset });
        else rules.names.replace(octets, start, end);
      },
      close: (_code, start, end) => redactWords(octets, start, end, rules),
    });
    // Such octets are not a valid integer here, so that nothing is read from them.
    if (read < octets.length) octets.fill(0xff, read + 1);
  }
  for (const pieces of streams.values()) redactStream(pieces, rules);
}

function redactStream(pieces: readonly Piece[], rules: RedactionRules): void {
  const { groups, others } = agreeing(pieces);
  for (const { bytes, start, end } of others) rules.names.replace(bytes, start, end);
  for (const group of groups) {
    const whole = assemble(group);
    for (const [start, end] of runs(whole)) {
      if (start === 0) redactMessages(whole.octets.subarray(0, end), rules);
      else rules.names.replace(whole.octets, start, end);
    }
    putBack(group, whole.octets);
  }
}

/** Redacts a sequence of handshake messages; the last may be cut. */
function redactMessages(octets: Uint8Array, rules: RedactionRules): void {
  for (let at = 0; at < octets.length;) {
    const type = octets[at] as number;
    if (octets.length - at < 4 || !isHandshakeType(type)) {
      rules.names.replace(octets, at, octets.length);
      return;
    }
    const length = ((octets[at + 1] as number) << 16) | ((octets[at + 2] as number) << 8) | (octets[at + 3] as number);
    redactMessage(type, octets.subarray(at + 4, at + 4 + length), false, rules);
    at += 4 + length;
  }
}

/** Writes new ids and tokens, and seals the contents with the keys of the new ids. */
function writePacket(
  { datagram, header }: LongPacket,
  opened: Opened | undefined,
  targets: readonly Target[],
  rules: RedactionRules,
): void {
  const { bytes } = datagram;
  const { names } = rules;
  const end = Math.min(header.end, bytes.length);
  const idsEnd = header.start + 7 + header.target.length + header.source.length;
  const asked = header.type === "retry" ? askedBy(bytes.subarray(header.start, end), header, targets) : undefined;
  bytes.set(names.connectionId(header.target), header.start + 6);
  bytes.set(names.connectionId(header.source), idsEnd - header.source.length);
  if (header.type === "retry") {
    writeRetry(bytes, header, idsEnd, end, asked, names);
    return;
  }
  if (header.type === "negotiation") return;
  if (header.type === "initial") {
    const length = varint(bytes, idsEnd, end);
    const token = idsEnd + varintOctets(bytes, idsEnd);
    names.replace(bytes, token, token + length);
  }
  if (opened === undefined) names.replace(bytes, header.body, end);
  else sealInitial(initialKeys(opened.version, names.connectionId(opened.target.id), opened.role), bytes, header, opened.payload);
}

/** The id in the packet that a Retry packet answers, found by its tag. */
function askedBy(packet: Uint8Array, { version }: LongHeader, targets: readonly Target[]): Target | undefined {
  const tag = packet.subarray(Math.max(0, packet.length - RETRY_TAG));
  return targets.find(({ id }) => isSame(tagOf(packet, version, id) ?? NOTHING, tag));
}

const NOTHING = new Uint8Array(0);

/** Writes a new token and a matching tag; before draft 25 there was no tag, but the token followed the id that was answered. */
function writeRetry(
  bytes: Uint8Array,
  { start, version }: LongHeader,
  idsEnd: number,
  end: number,
  asked: Target | undefined,
  names: RedactionRules["names"],
): void {
  if (asked !== undefined) {
    names.replace(bytes, idsEnd, end - RETRY_TAG);
    const packet = bytes.subarray(start, end);
    packet.set(tagOf(packet, version, names.connectionId(asked.id)) ?? NOTHING, packet.length - RETRY_TAG);
    return;
  }
  const token = idsEnd + 1 + (bytes[idsEnd] ?? 0);
  const isOld = LAST_DRAFTS_WITHOUT_TAG.has(version) && token <= end;
  if (isOld) bytes.set(names.connectionId(bytes.slice(idsEnd + 1, token)), idsEnd + 1);
  names.replace(bytes, isOld ? token : idsEnd, end);
}

/** Drafts 22 to 24 (draft-ietf-quic-transport-24 §17.2.5). */
const LAST_DRAFTS_WITHOUT_TAG: ReadonlySet<number> = new Set([0xff000016, 0xff000017, 0xff000018]);

function tagOf(packet: Uint8Array, version: number, id: Uint8Array): Uint8Array | null {
  const how = quicVersions(version)[0];
  return how === undefined || packet.length < RETRY_TAG ? null : retryTag(how, id, packet.subarray(0, packet.length - RETRY_TAG));
}

/** Redacts a packet with a short header, or whatever follows the others: only the kind, the id and zeros keep their meaning. */
function writeTail(bytes: Uint8Array, at: number, ids: readonly Uint8Array[], { names }: RedactionRules): void {
  if (bytes.subarray(at).every((octet) => octet === 0)) return;
  let from = at + 1;
  if (!isLong(bytes, at)) {
    // Ids negotiated later usually have the same length.
    const octets = (ids.find((id) => startsWith(bytes, from, bytes.length, id)) ?? ids[0])?.length ?? 0;
    const id = bytes.slice(from, Math.min(bytes.length, from + octets));
    bytes.set(names.connectionId(id), from);
    from += id.length;
  }
  names.replace(bytes, from, bytes.length);
}
