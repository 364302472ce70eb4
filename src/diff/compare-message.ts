/**
 * Two messages of one type to what differs in their fields. A message that could not be decoded to
 * its end (a peer's mistake, or a packet cut by the capture) says nothing about what it does not
 * show: of such a pair only what both sides have is compared.
 */
import type { Difference, DifferenceClass } from "./difference.ts";
import type { Fields } from "./identity.ts";
import { compareExtensions, compareFields, compareValues } from "./walk.ts";

/** Fields that belong to the capture, say what the others say too, or are compared by a rule of their own. */
const APART = ["type", "from", "packet", "packets", "time", "length", "octets", "decrypted", "malformed", "extensions"] as const;

/** What is not compared field by field: of a hello, whose record tells a version of its own, and which in SSL 2.0 has the chain; of other messages. */
const APART_IN_HELLO: ReadonlySet<string> = new Set([...APART, "certificates"]);
const APART_ELSEWHERE: ReadonlySet<string> = new Set([...APART, "recordVersion"]);

/** The lists of a client hello in wire order: where decoding stopped, the last one that is there may lack members. */
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
  // A hello without a block of extensions has none; that it has an empty block is a difference of its own.
  const found = compareExtensions(`${path}.extensions`, ours ?? [], theirs ?? [], base, mayBeCut);
  const blockOnly = !mayBeCut && (ours ?? theirs)?.length === 0 && (ours === undefined || theirs === undefined);
  return blockOnly ? compareValues(`${path}.extensions`, ours, theirs, base) : found;
}

/** Fields that the other message has and a malformed one lacks. */
function unseenIn(message: Fields, other: Fields): string[] {
  return isMalformed(message) ? Object.keys(other).filter((key) => message[key] === undefined) : [];
}

/** Lists of a malformed message that may lack members: of a client hello those from the last one on, of others all. */
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
