/**
 * Headers of QUIC packets, as far as they can be read without keys (RFC 8999, RFC 9000 §17): octets come
 * in, offsets go out. Whatever does not fit its own lengths is not a QUIC packet, and gives `null`.
 */
import { type QuicPacketType, quicVersions } from "./quic-versions.ts";

/** A long header (RFC 9000 §17.2). Offsets count in the octets from which it was read. */
export interface LongHeader {
  readonly start: number;
  readonly version: number;
  /** `negotiation` where the version is 0. */
  readonly type: QuicPacketType | "negotiation";
  /** Destination Connection ID, a view. */
  readonly target: Uint8Array;
  /** Source Connection ID, a view. */
  readonly source: Uint8Array;
  /** Where the packet number begins; for Retry and negotiation, where the fields after the ids begin. */
  readonly body: number;
  /** After the packet, as its header says; may lie beyond the datagram where the capture was cut. */
  readonly end: number;
}

/** Octets of a connection id (RFC 9000 §17.2). */
const MAX_ID = 20;
/** Header, version, and two empty connection ids. */
const SHORTEST = 7;
/** Octets of packet number and payload up to the end of the header protection sample (RFC 9001 §5.4.2). */
export const SHORTEST_BODY = 20;

/** Is the header of the packet at `at` a long one? */
export function isLong(bytes: Uint8Array, at: number): boolean {
  return ((bytes[at] as number) & 0x80) !== 0;
}

/** Is the fixed bit set? It is unless both sides agreed to grease it (RFC 9287). */
export function hasFixedBit(bytes: Uint8Array, at: number): boolean {
  return ((bytes[at] as number) & 0x40) !== 0;
}

/** The long header at `at` of a datagram that ends at `end`. */
export function longHeader(bytes: Uint8Array, at: number, end: number): LongHeader | null {
  if (end - at < SHORTEST || !isLong(bytes, at)) return null;
  const version = (uint16(bytes, at + 1) * 0x1_0000 + uint16(bytes, at + 3)) >>> 0;
  const targetAt = at + 6;
  const sourceLengthAt = targetAt + (bytes[at + 5] as number);
  if (sourceLengthAt - targetAt > MAX_ID || sourceLengthAt >= end) return null;
  const sourceAt = sourceLengthAt + 1;
  const body = sourceAt + (bytes[sourceLengthAt] as number);
  if (body - sourceAt > MAX_ID || body > end) return null;
  const type = version === 0 ? "negotiation" : quicVersions(version)[0]?.types[((bytes[at] as number) >> 4) & 3];
  if (type === undefined) return null;
  const header = { start: at, version, target: bytes.subarray(targetAt, sourceLengthAt), source: bytes.subarray(sourceAt, body) };
  if (type === "negotiation") return { ...header, type, body, end };
  if (type === "retry") return { ...header, type, body, end };
  const lengthAt = type === "initial" ? afterToken(bytes, body, end) : body;
  const length = varint(bytes, lengthAt, end);
  if (length < SHORTEST_BODY) return null;
  const number = lengthAt + varintOctets(bytes, lengthAt);
  return { ...header, type, body: number, end: number + length };
}

function afterToken(bytes: Uint8Array, at: number, end: number): number {
  const length = varint(bytes, at, end);
  return length < 0 ? end : at + varintOctets(bytes, at) + length;
}

/** The variable-length integer at `at` (RFC 9000 §16); -1 if it does not end before `end`, or is 2^53 or more. */
export function varint(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end || at + varintOctets(bytes, at) > end) return -1;
  const octets = varintOctets(bytes, at);
  let value = (bytes[at] as number) & 0x3f;
  for (let next = 1; next < octets; next++) value = value * 256 + (bytes[at + next] as number);
  return value > Number.MAX_SAFE_INTEGER ? -1 : value;
}

/** Octets of the variable-length integer at `at`. */
export function varintOctets(bytes: Uint8Array, at: number): number {
  return 1 << ((bytes[at] as number) >> 6);
}

/** Are these the same octets? */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && startsWith(a, 0, a.length, b);
}

/** Are the octets at `at` those of `id`? */
export function startsWith(bytes: Uint8Array, at: number, end: number, id: Uint8Array): boolean {
  return end - at >= id.length && id.every((octet, index) => bytes[at + index] === octet);
}

function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}
