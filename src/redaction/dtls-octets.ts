/**
 * Replaces in place what is secret in the DTLS datagrams between two endpoints. A message whose fragments
 * came in several datagrams, or twice, is put together first, and then written back to each of them.
 */
import { recordsAt } from "../record/dtls-protocol.ts";
import { type DtlsRecord, dtlsRecord, fragmentAt, isPlainAlert } from "../record/dtls-record.ts";
import { CONTENT } from "../record/tls-record.ts";
import type { Datagram } from "./datagram.ts";
import { redactMessage } from "./message-octets.ts";
import { agreeing, assemble, type Piece, putBack } from "./mosaic.ts";
import type { RedactionRules } from "./rules.ts";

/** The fragments of a message, or of several that look the same from outside. */
interface Fragments {
  readonly handshakeType: number;
  readonly length: number;
  readonly pieces: Piece[];
}

/** Redacts all datagrams, and returns those that hold DTLS records. */
export function redactDtls(datagrams: readonly Datagram[], rules: RedactionRules): Set<Datagram> {
  const messages = new Map<string, Fragments>();
  const found = new Set<Datagram>();
  for (const datagram of datagrams) if (readDatagram(datagram, found.size > 0, messages, rules)) found.add(datagram);
  for (const message of messages.values()) redactFragments(message, rules);
  return found;
}

function readDatagram({ side, bytes }: Datagram, isKnown: boolean, messages: Map<string, Fragments>, rules: RedactionRules): boolean {
  const first = recordsAt(bytes, 0, bytes.length);
  let at = first;
  while (at < bytes.length) {
    const record = dtlsRecord(bytes, at, bytes.length, isKnown || at > first);
    if (record === null || record.end <= at) break;
    const { content, epoch, version, start, end } = record;
    const isPlain = epoch === 0 && version !== 0;
    if (isPlain && content === CONTENT.handshake) readFragments(side, bytes, record, messages, rules);
    else if (!isPlain || !(isPlainAlert(bytes, record) || isCipherChange(bytes, record))) rules.names.replace(bytes, start, end);
    redactConnectionId(bytes, record, rules);
    at = end;
  }
  if (at === first) return false;
  rules.names.replace(bytes, at, bytes.length);
  return true;
}

/** One octet, or three in the version before DTLS 1.0. */
function isCipherChange(bytes: Uint8Array, { content, start, end }: DtlsRecord): boolean {
  return content === CONTENT.changeCipherSpec && end - start <= 3 && bytes[start] === 1;
}

/** Octets of a header before a connection id, and after it (RFC 9146 §4). */
const BEFORE_ID = 11;
const AFTER_ID = 2;

/** Replaces the connection id in a record's header, if it has one. */
function redactConnectionId(bytes: Uint8Array, { at, start, version }: DtlsRecord, { names }: RedactionRules): void {
  const first = bytes[at] as number;
  // `001CSLEE` of DTLS 1.3 (RFC 9147 §4): without a length, the id was replaced with the body.
  const behind = ((first & 0x08) === 0 ? 1 : 2) + ((first & 0x04) === 0 ? 0 : 2);
  const [from, to] = version === 0 ? [at + 1, start - behind] : [at + BEFORE_ID, start - AFTER_ID];
  if (to > from) bytes.set(names.connectionId(bytes.slice(from, to)), from);
}

function readFragments(
  side: 0 | 1,
  bytes: Uint8Array,
  { start, end, length: announced }: DtlsRecord,
  messages: Map<string, Fragments>,
  { names }: RedactionRules,
): void {
  let at = start;
  while (at < end) {
    const fragment = fragmentAt(bytes, at, end, start + announced);
    if (fragment === null) break;
    const { handshakeType, sequence, length, offset } = fragment;
    const key = `${side} ${handshakeType} ${sequence} ${length}`;
    const message = messages.get(key) ?? { handshakeType, length, pieces: [] };
    messages.set(key, message);
    message.pieces.push({ bytes, start: fragment.start, end: fragment.end, offset });
    at = fragment.start + fragment.announced;
  }
  names.replace(bytes, Math.min(at, end), end);
}

/** Redacts a message as far as it can be read, that is, up to the first octet that the capture lacks. */
function redactFragments({ handshakeType, length, pieces }: Fragments, rules: RedactionRules): void {
  const { groups, others } = agreeing(pieces);
  for (const { bytes, start, end } of others) rules.names.replace(bytes, start, end);
  for (const group of groups) {
    const { octets, covered } = assemble(group);
    const hole = covered.indexOf(0);
    const end = hole < 0 ? Math.min(length, octets.length) : hole;
    redactMessage(handshakeType, octets.subarray(0, end), true, rules);
    rules.names.replace(octets, end, octets.length);
    putBack(group, octets);
  }
}
