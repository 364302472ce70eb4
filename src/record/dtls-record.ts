/**
 * DTLS records (RFC 6347 §4.1, RFC 9146 §4, RFC 9147 §4): the headers of one datagram's records, one
 * after the other. What is not a record, or claims more than its datagram holds, gives `null`, except that a record
 * which the capture may have cut is given as far as it goes.
 */
import { LIMITS } from "../fault/limits.ts";
import { CONTENT, isHandshakeType } from "./tls-record.ts";

/** Octets of the header of a handshake message or fragment (RFC 9147 §5.2). */
export const FRAGMENT_HEADER = 12;

/** One record; `[start, end)` is its body as far as it was captured. */
export interface DtlsRecord {
  readonly content: number;
  /** As on the wire; 0 for the unified header of DTLS 1.3, which has no version. */
  readonly version: number;
  /** For the unified header, only the two lower bits. */
  readonly epoch: number;
  /** Where the header begins. */
  readonly at: number;
  readonly start: number;
  readonly end: number;
  /** Octets that the header announces. */
  readonly length: number;
}

/** A fragment of a handshake message, or a whole one; `[start, end)` are its octets as far as they were captured. */
export interface Fragment {
  readonly handshakeType: number;
  /** Octets of the whole message. */
  readonly length: number;
  readonly sequence: number;
  /** Where the fragment begins in the message. */
  readonly offset: number;
  readonly start: number;
  readonly end: number;
  /** Octets that the fragment's header announces. */
  readonly announced: number;
}

/** Octets of a header without a connection id. */
const HEADER = 13;
/** 2^14 and the expansion that the oldest versions allow. */
const MAX_LENGTH = 16_384 + 2_048;
const LAST_CONTENT = 26;
const TLS12_CID = 25;
/** The longest connection id that is looked for: RFC 9146 allows 254 octets, stacks use up to 20. */
const MAX_CONNECTION_ID = 32;

/** The record at `at` of a datagram that ends at `end`, or `null`. A unified header is read only where one is `expected`. */
export function dtlsRecord(bytes: Uint8Array, at: number, end: number, expected: boolean): DtlsRecord | null {
  const first = bytes[at] as number;
  if (expected && first >> 5 === 1) return unifiedRecord(bytes, at, end);
  if (end - at < HEADER || first < CONTENT.changeCipherSpec || first > LAST_CONTENT || !isVersion(bytes, at + 1)) return null;
  const header = HEADER + (first === TLS12_CID ? connectionId(bytes, at, end, HEADER) : 0);
  const length = u16(bytes, at + header - 2);
  if (length > MAX_LENGTH || at + header > end) return null;
  const start = at + header;
  return {
    content: first === TLS12_CID ? CONTENT.applicationData : first,
    version: u16(bytes, at + 1),
    epoch: u16(bytes, at + 3),
    at,
    start,
    end: Math.min(end, start + length),
    length,
  };
}

/**
 * The fragment at `at` of a handshake record whose captured octets end at `end` and whose announced ones end at
 * `announcedEnd`; `null` if its lengths do not fit each other.
 */
export function fragmentAt(bytes: Uint8Array, at: number, end: number, announcedEnd: number): Fragment | null {
  if (end - at < FRAGMENT_HEADER || !isHandshakeType(bytes[at] as number)) return null;
  const handshakeType = bytes[at] as number;
  const length = u24(bytes, at + 1);
  const offset = u24(bytes, at + 6);
  const announced = u24(bytes, at + 9);
  const start = at + FRAGMENT_HEADER;
  if (length > LIMITS.messageOctets || offset + announced > length || start + announced > announcedEnd) return null;
  if (announced === 0 && length > 0) return null;
  // The shortest hello has a version, a random and a session id's length.
  if ((handshakeType === 1 || handshakeType === 2) && length < 35) return null;
  if ((handshakeType === 0 || handshakeType === 14) && length > 0) return null;
  return {
    handshakeType,
    length,
    sequence: u16(bytes, at + 4),
    offset,
    start,
    end: Math.min(end, start + announced),
    announced,
  };
}

/** Is this an alert in plaintext, judged by its two octets? */
export function isPlainAlert(bytes: Uint8Array, { content, length, start, end }: DtlsRecord): boolean {
  return content === CONTENT.alert && length === 2 && end - start === 2 && (bytes[start] === 1 || bytes[start] === 2);
}

/** `001CSLEE` (RFC 9147 §4): connection id, length of the sequence number, length present, epoch. */
function unifiedRecord(bytes: Uint8Array, at: number, end: number): DtlsRecord | null {
  const first = bytes[at] as number;
  const hasLength = (first & 0x04) !== 0;
  const fixed = 1 + ((first & 0x08) === 0 ? 1 : 2) + (hasLength ? 2 : 0);
  // Without a length the record fills the datagram, and the connection id counts as its first octets.
  const header = fixed + ((first & 0x10) !== 0 && hasLength ? connectionId(bytes, at, end, fixed) : 0);
  const start = at + header;
  if (start >= end) return null;
  const length = hasLength ? u16(bytes, start - 2) : end - start;
  if (length === 0 || length > MAX_LENGTH) return null;
  return { content: CONTENT.applicationData, version: 0, epoch: first & 0x03, at, start, end: Math.min(end, start + length), length };
}

/**
 * Octets of the connection id in the header at `at`, of `fixed` octets without it. Only the hellos say how many there are, and
 * they may be lost: found by trying where the record's length leads to the datagram's end, or to a record with the same id.
 */
function connectionId(bytes: Uint8Array, at: number, end: number, fixed: number): number {
  const unified = fixed !== HEADER;
  const idAt = unified ? 1 : HEADER - 2;
  for (let octets = 0; octets <= MAX_CONNECTION_ID && at + fixed + octets <= end; octets++) {
    const length = u16(bytes, at + fixed + octets - 2);
    const after = at + fixed + octets + length;
    if (length === 0) continue;
    if (after === end) return octets;
    if (octets > 0 && after + fixed + octets < end && bytes[after] === bytes[at] && isSame(bytes, at + idAt, after + idAt, octets))
      return octets;
  }
  return 0;
}

function isSame(bytes: Uint8Array, one: number, other: number, octets: number): boolean {
  for (let index = 0; index < octets; index++) if (bytes[one + index] !== bytes[other + index]) return false;
  return true;
}

/** DTLS 1.0, DTLS 1.2 (1.3 says so too), and the number of DTLS before its RFC, which old OpenSSL and AnyConnect use. */
function isVersion(bytes: Uint8Array, at: number): boolean {
  const version = u16(bytes, at);
  return version === 0xfeff || version === 0xfefd || version === 0x0100;
}

function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}

function u24(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 16) | u16(bytes, at + 1);
}
