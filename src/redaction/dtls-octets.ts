/**
 * The datagrams of one direction of a DTLS association with what is secret in them replaced in place. A message whose
 * fragments came in several datagrams, or twice, is put together first, and then written back to each of them.
 */
import { dtlsRecord, type Fragment, FRAGMENT_HEADER, fragmentAt } from "../record/dtls-record.ts";
import { CONTENT } from "../record/tls-record.ts";
import { redactMessage, type RedactionRules } from "./message-octets.ts";

/** A fragment with the datagram in which it lies. */
interface Piece {
  readonly bytes: Uint8Array;
  readonly fragment: Fragment;
}

/** Replaces in all datagrams, and gives those that hold DTLS records. */
export function redactDatagrams(datagrams: readonly Uint8Array[], rules: RedactionRules): Set<Uint8Array> {
  const messages = new Map<string, Piece[]>();
  const found = new Set<Uint8Array>();
  for (const bytes of datagrams) if (readDatagram(bytes, found.size > 0, messages, rules)) found.add(bytes);
  for (const pieces of messages.values()) redactPieces(pieces, rules);
  return found;
}

function readDatagram(bytes: Uint8Array, isKnown: boolean, messages: Map<string, Piece[]>, rules: RedactionRules): boolean {
  let at = 0;
  while (at < bytes.length) {
    const record = dtlsRecord(bytes, at, bytes.length, isKnown || at > 0);
    if (record === null || record.end <= at) break;
    const { content, epoch, start, end } = record;
    const isPlain = epoch === 0 && record.version !== 0 && content !== 25;
    if (isPlain && content === CONTENT.handshake) readFragments(bytes, start, end, start + record.length, messages);
    else if (!isPlain) rules.names.replace(bytes, start, end);
    at = end;
  }
  if (at === 0) return false;
  rules.names.replace(bytes, at, bytes.length);
  return true;
}

function readFragments(bytes: Uint8Array, start: number, end: number, announced: number, messages: Map<string, Piece[]>): void {
  for (let at = start; at < end;) {
    const fragment = fragmentAt(bytes, at, end, announced);
    if (fragment === null) return;
    const key = `${fragment.handshakeType} ${fragment.sequence} ${fragment.length}`;
    const pieces = messages.get(key);
    if (pieces === undefined) messages.set(key, [{ bytes, fragment }]);
    else pieces.push({ bytes, fragment });
    at = Math.max(fragment.end, at + FRAGMENT_HEADER);
  }
}

function redactPieces(pieces: readonly Piece[], rules: RedactionRules): void {
  const first = pieces[0];
  if (first === undefined) return;
  const body = new Uint8Array(first.fragment.length);
  for (const { bytes, fragment } of pieces.toReversed()) body.set(bytes.subarray(fragment.start, fragment.end), fragment.offset);
  redactMessage(first.fragment.handshakeType, body, true, rules);
  for (const { bytes, fragment } of pieces) {
    bytes.set(body.subarray(fragment.offset, fragment.offset + (fragment.end - fragment.start)), fragment.start);
  }
}
