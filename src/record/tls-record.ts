/** The TLS record header (RFC 9846 §5.1): how one is recognised, and what it says. */

import { LIMITS } from "../fault/limits.ts";

/** Content types (RFC 9846 §5.1; DTLS: RFC 9147 §7). */
export const CONTENT = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23, heartbeat: 24, ack: 26 } as const;

/** Octets of a record header. */
export const RECORD_HEADER = 5;

/** 2^14 and the expansion that the oldest versions allow. */
const MAX_LENGTH = 16_384 + 2_048;

/** Handshake types that have ever been in use, drafts and private ones included. */
const HANDSHAKE_TYPES: ReadonlySet<number> = new Set([
  0, 1, 2, 3, 4, 5, 6, 8, 11, 12, 13, 14, 15, 16, 20, 21, 22, 23, 24, 25, 67, 203, 254,
]);

/** The same as a table of 0 and 1, because it is consulted for every record. */
const isKnown = Uint8Array.from({ length: 256 }, (_, type) => Number(HANDSHAKE_TYPES.has(type)));

/** Is this a number that a handshake message's type octet may have? */
export function isHandshakeType(type: number): boolean {
  return isKnown[type] === 1;
}

/**
 * Could a handshake message begin at `at`, in a record that ends at `end`? If change_cipher_spec was not
 * captured, this may be ciphertext, which often begins with a nonce: zeros and a small number. No message is longer than `longest`.
 */
export function maybeHandshake(bytes: Uint8Array, at: number, end: number, longest: number = LIMITS.messageOctets): boolean {
  const type = bytes[at] as number;
  if (!isHandshakeType(type)) return false;
  if (end - at < 4) return true;
  const length = ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
  if (length > longest) return false;
  if (type === 0) return length === 0 && end - at === 4;
  if (type === 5 || type === 14) return length === 0;
  // The shortest hello has a version, a random and a session id's length.
  return type === 1 || type === 2 ? length >= 35 : length > 0;
}

/** Could a record begin at `at`? Checks as many octets of the header as there are before `end`; at least one. */
export function maybeRecord(bytes: Uint8Array, at: number, end: number): boolean {
  const type = bytes[at] as number;
  if (type < CONTENT.changeCipherSpec || type > CONTENT.heartbeat) return false;
  if (end - at > 1 && bytes[at + 1] !== 3) return false;
  if (end - at > 2 && (bytes[at + 2] as number) > 4) return false;
  if (end - at < RECORD_HEADER) return true;
  const length = recordLength(bytes, at);
  if (length > MAX_LENGTH) return false;
  return length > 0 || type === CONTENT.applicationData;
}

/**
 * Could a record begin at `at`, where the one before it ended and nothing is encrypted yet? Its version does not matter there: it "MUST be
 * ignored for all purposes" (RFC 9846 §5.1), and the other fields are enough. Application data is not accepted, because it is encrypted.
 */
export function mayFollow(bytes: Uint8Array, at: number, end: number): boolean {
  const type = bytes[at] as number;
  if (type < CONTENT.changeCipherSpec || type > CONTENT.handshake) return false;
  if (end - at < RECORD_HEADER) return true;
  const length = recordLength(bytes, at);
  return length > 0 && length <= MAX_LENGTH && (type === CONTENT.handshake || length <= 2);
}

/** Is there a whole record header at `at` whose only fault is a length above the limit? */
export function isOversized(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < RECORD_HEADER || recordLength(bytes, at) <= MAX_LENGTH) return false;
  const type = bytes[at] as number;
  return type >= CONTENT.alert && type <= CONTENT.applicationData && bytes[at + 1] === 3 && (bytes[at + 2] as number) <= 4;
}

/** `length` of the record whose header begins at `at`. */
export function recordLength(bytes: Uint8Array, at: number): number {
  return ((bytes[at + 3] as number) << 8) | (bytes[at + 4] as number);
}

/** `legacy_record_version` of the record whose header begins at `at`. */
export function recordVersion(bytes: Uint8Array, at: number): number {
  return ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number);
}
