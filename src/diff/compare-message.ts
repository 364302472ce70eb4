/**
 * Compares the fields of two messages of one type. If a message could not be decoded to
 * its end (through a peer's mistake, or a packet cut by the capture), nothing is known of its missing fields:
 * then only what both sides have is compared.
 */
import type { Difference, DifferenceClass } from "./difference.ts";
import type { Fields } from "./identity.ts";
import { compareExtensions, compareFields, compareValues } from "./walk.ts";

/** Fields that belong to the capture, that repeat others, or that are compared in a special way. */
const APART = ["type", "from", "packet", "packets", "time", "length", "octets", "decrypted", "malformed", "extensions"] as const;

/** What is not compared field by field: in hellos, which have the chain in SSL 2.0 and whose record version matters, and in other messages. */
const APART_IN_HELLO: ReadonlySet<string> = new Set([...APART, "certificates"]);
const APART_ELSEWHERE: ReadonlySet<string> = new Set([...APART, "recordVersion"]);

/** The lists of a client hello in wire order: if decoding stopped early, the last list present may be incomplete. */
const HELLO_LISTS = ["cipherSuites", "compressionMethods", "extensions"] as const;

/** Differences between two messages of one type. */
export function compareMessage(path: string, left: Fields, right: Fields, base: DifferenceClass = "semantic"): Difference[] {
  const apart = HELLOS.has(left["type"]) ? APART_IN_HELLO : APART_ELSEWHERE;
  if (!isMalformed(left) && !isMalformed(right)) {
    return [...compareFields(path, left, right, base, apart), ...extensionsOf(path, left, right, base, false)];
  }
  const cut = new Set<string>([...cutIn(left), ...cutIn(right)]);
  const unseen = [...unseenIn(left, right), ...unseenIn(right, left)];
  return [
    ...compareValues(`${path}.malformed`, left["malformed"], right["malformed"], base),
    ...compareFields(path, left, right, base, new Set([...apart, ...cut, ...unseen])),
    ...extensionsOf(path, left, right, base, cut.has("extensions")),
  ];
}

const HELLOS: ReadonlySet<unknown> = new Set(["client_hello", "server_hello", "hello_retry_request"]);

function extensionsOf(path: string, left: Fields, right: Fields, base: DifferenceClass, mayBeCut: boolean): Difference[] {
  const [ours, theirs] = [left["extensions"], right["extensions"]];
  if (ours === undefined && theirs === undefined) return [];
  if (!isListOrAbsent(ours) || !isListOrAbsent(theirs)) return mayBeCut ? [] : compareValues(`${path}.extensions`, ours, theirs, base);
  // A hello without an extensions block has no extensions; one with an empty block differs from that.
  const found = compareExtensions(`${path}.extensions`, ours ?? [], theirs ?? [], base, mayBeCut);
  const blockOnly = !mayBeCut && (ours ?? theirs)?.length === 0 && (ours === undefined || theirs === undefined);
  return blockOnly ? compareValues(`${path}.extensions`, ours, theirs, base) : found;
}

/** Fields that a malformed message lacks and the other has. */
function unseenIn(message: Fields, other: Fields): string[] {
  return isMalformed(message) ? Object.keys(other).filter((key) => message[key] === undefined) : [];
}

/** Lists of a malformed message that may be incomplete: the last one present in a client hello, all in others. */
function cutIn(message: Fields): readonly string[] {
  if (!isMalformed(message)) return [];
  if (message["type"] !== "client_hello") return ["extensions", ...Object.keys(message).filter((key) => Array.isArray(message[key]))];
  const last = HELLO_LISTS.findLastIndex((key) => Array.isArray(message[key]));
  return HELLO_LISTS.slice(Math.max(0, last));
}

function isMalformed(message: Fields): boolean {
  return message["malformed"] !== undefined;
}

function isListOrAbsent(value: unknown): value is readonly unknown[] | undefined {
  return value === undefined || Array.isArray(value);
}
