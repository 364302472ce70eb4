/** Is this TLS? Judged by content alone, whatever the port and whatever came before. */
import { CONTENT, isHandshakeType, mayFollow, maybeRecord, RECORD_HEADER, recordLength } from "./tls-record.ts";

const CLIENT_HELLO = 1;
const SERVER_HELLO = 2;
/** The record header, the handshake header and `legacy_version`. */
const HELLO_HEAD = RECORD_HEADER + 6;

/** Does a TLS stream begin at `at`? A whole record header is needed to tell. */
export function beginsTls(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < RECORD_HEADER) return false;
  const length = recordLength(bytes, at);
  // A hello is proof enough: the record's version "MUST be ignored" (RFC 9846 §5.1).
  if (!maybeRecord(bytes, at, end)) return mayFollow(bytes, at, end) && isPlainHello(bytes, at + RECORD_HEADER, end, length);
  switch (bytes[at]) {
    case CONTENT.handshake:
      return end - at === RECORD_HEADER || isHandshakeType(bytes[at + RECORD_HEADER] as number);
    case CONTENT.alert:
      return length === 2 || length > 8;
    case CONTENT.changeCipherSpec:
      return length === 1;
    case CONTENT.applicationData:
      return length > 16;
    default:
      return false;
  }
}

/**
 * The offset in `[start, end)` from which the octets may be the incomplete head of a TLS stream;
 * `end` if there is none. A sender may cut a record wherever it likes.
 */
export function unfinishedHead(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < RECORD_HEADER && end > start && maybeRecord(bytes, start, end)) return start;
  for (let at = Math.max(start, end - HELLO_HEAD + 1); at < end; at++) {
    if (bytes[at] !== CONTENT.handshake || !maybeRecord(bytes, at, end)) continue;
    if (end - at <= RECORD_HEADER || bytes[at + RECORD_HEADER] === CLIENT_HELLO) return at;
  }
  return end;
}

/** Does the handshake message at `at` begin with the header of a plaintext hello that fits its record of `length` octets? */
export function isPlainHello(bytes: Uint8Array, at: number, end: number, length: number): boolean {
  if (end - at < 6) return false;
  const type = bytes[at];
  if (type !== CLIENT_HELLO && type !== SERVER_HELLO) return false;
  const body = ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
  if (body < 38 || body + 4 > 0xffff || (body + 4 < length && type === CLIENT_HELLO)) return false;
  return isHelloVersion(bytes[at + 4] as number, bytes[at + 5] as number);
}

/** Where the first record with a client_hello begins in `[start, end)`, or -1. */
export function findClientHello(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at + HELLO_HEAD <= end; at++) {
    if (bytes[at] !== CONTENT.handshake || bytes[at + 5] !== CLIENT_HELLO || !maybeRecord(bytes, at, end)) continue;
    if (isPlainHello(bytes, at + RECORD_HEADER, end, recordLength(bytes, at))) return at;
  }
  return -1;
}

/** SSL 3.0 to TLS 1.3, and the numbers that drafts and experiments used. */
function isHelloVersion(major: number, minor: number): boolean {
  return (major === 3 && minor <= 4) || major === 0x7f || major === 0x7e || major === 0xfb;
}
