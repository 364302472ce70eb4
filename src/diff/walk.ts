/**
 * Compares two JSON values of the model by their shape alone: code points by
 * number, lists by the identity of their members, objects key by key. Any JSON may come in; nothing
 * is thrown. What is noise is decided afterwards.
 */
import type { Difference, DifferenceClass, ListDifference, ValueDifference } from "./difference.ts";
import {
  canonical,
  GREASE,
  identityOf,
  isBare,
  isCodePoint,
  isFields,
  isGrease,
  isGreaseProtocol,
  labelOf,
  type Fields,
} from "./identity.ts";
import { align, type Match } from "./ordered.ts";

/** Levels that are compared part by part; anything deeper is compared as a whole. */
const DEPTH = 16;

/** Differences of two values at `path`; `undefined` is absent. Lists of `semantic` values whose order alone differs are of class `order`. */
export function compareValues(path: string, left: unknown, right: unknown, base: DifferenceClass = "semantic", depth = 0): Difference[] {
  if (left === right) return [];
  if (Array.isArray(left) && Array.isArray(right)) {
    return /(?:^|\.)extensions$/.test(path) && isExtensionList(left) && isExtensionList(right)
      ? compareExtensions(path, left, right, base)
      : compareLists(path, left, right, base, depth);
  }
  if (isCodePoint(left) && isCodePoint(right) && isBare(left) && isBare(right)) {
    if (left.id === right.id) return [];
    return [valueDifference(path, isGrease(left) && isGrease(right) ? "noise" : base, left, right)];
  }
  if (isFields(left) && isFields(right) && depth < DEPTH) return compareFields(path, left, right, base, NONE, depth);
  return canonical(left) === canonical(right) ? [] : [valueDifference(path, base, left, right)];
}

/** Differences of two objects, key by key in alphabetical order, without the keys in `skip`. */
export function compareFields(
  path: string,
  left: Fields,
  right: Fields,
  base: DifferenceClass = "semantic",
  skip: ReadonlySet<string> = NONE,
  depth = 0,
): Difference[] {
  const found: { key: string; differences: Difference[] }[] = [];
  const compareKey = (key: string): void => {
    const [ours, theirs] = [ownOf(left, key), ownOf(right, key)];
    if (ours === theirs || skip.has(key)) return;
    const differences = compareValues(`${path}.${key}`, ours, theirs, base, depth + 1);
    if (differences.length > 0) found.push({ key, differences });
  };
  for (const key of Object.keys(left)) compareKey(key);
  for (const key of Object.keys(right)) if (!Object.hasOwn(left, key)) compareKey(key);
  return found.sort((a, b) => (a.key < b.key ? -1 : 1)).flatMap(({ differences }) => differences);
}

/** The difference of two ordered lists, and what differs within the members that both have. */
export function compareLists(
  path: string,
  left: readonly unknown[],
  right: readonly unknown[],
  base: DifferenceClass = "semantic",
  depth = 0,
): Difference[] {
  if (left.length === right.length && left.every((member, index) => isSamePoint(member, right[index]))) return [];
  const { difference, pairs } = compareMembers(path, left, right, base);
  const within = labelled(pairs, left, right).flatMap(({ match, label }) => {
    const [ours, theirs] = [left[match.left], right[match.right]];
    if (!isFields(ours) || !isFields(theirs) || isBare(ours) || depth >= DEPTH) return [];
    return compareFields(`${path}.${label}`, ours, theirs, base, MEMBER_KEYS, depth + 1);
  });
  return difference === undefined ? within : [difference, ...within];
}

/** The difference of two lists of extensions: presence and order as a list of code points, then the contents of those that both have. */
export function compareExtensions(
  path: string,
  left: readonly unknown[],
  right: readonly unknown[],
  base: DifferenceClass = "semantic",
  mayBeCut = false,
): Difference[] {
  const { difference, pairs } = compareMembers(path, left.map(withoutBody), right.map(withoutBody), base);
  const contents = labelled(pairs, left, right).flatMap(({ match, label }) =>
    compareExtension(`${path}.${label}`, left[match.left], right[match.right], base),
  );
  return difference === undefined || mayBeCut ? contents : [difference, ...contents];
}

/** A difference of two single values; an absent one is left out. */
function valueDifference(path: string, base: DifferenceClass, left: unknown, right: unknown): ValueDifference {
  return {
    path,
    class: base,
    kind: "value",
    ...(left === undefined ? {} : { left }),
    ...(right === undefined ? {} : { right }),
  };
}

const NONE: ReadonlySet<string> = new Set();
/** Keys that identify a member, and so are equal in both. */
const MEMBER_KEYS: ReadonlySet<string> = new Set(["id", "name", "openssl", "group", "sha256"]);

function compareMembers(
  path: string,
  left: readonly unknown[],
  right: readonly unknown[],
  base: DifferenceClass,
): { difference?: ListDifference; pairs: readonly Match[] } {
  const identify = /application_(?:layer_protocol_negotiation|settings)/.test(path) ? identityOfProtocol : identityOf;
  const { onlyLeft, onlyRight, pairs, moved } = align(left.map(identify), right.map(identify));
  const others = onlyLeft.length + onlyRight.length;
  const isSame = others === 0 && moved.length === 0;
  if (isSame && !pairs.some((match) => isRegreased(left[match.left], right[match.right]))) return { pairs };
  const orderOnly = base === "semantic" ? "order" : base;
  return {
    difference: {
      path,
      class: isSame ? "noise" : others === 0 ? orderOnly : base,
      kind: "list",
      onlyLeft: onlyLeft.map((index) => left[index]),
      onlyRight: onlyRight.map((index) => right[index]),
      moved: moved.map((match) => left[match.left]),
      common: pairs.length,
      left,
      right,
    },
    pairs,
  };
}

function compareExtension(path: string, left: unknown, right: unknown, base: DifferenceClass): Difference[] {
  if (!isFields(left) || !isFields(right)) return [];
  if (left["malformed"] !== undefined || right["malformed"] !== undefined) {
    return compareValues(`${path}.malformed`, left["malformed"], right["malformed"], base);
  }
  if (isFields(left["data"]) && isFields(right["data"])) return compareFields(path, left["data"], right["data"], base);
  if (typeof left["hex"] === "string" && typeof right["hex"] === "string") {
    return compareValues(`${path}.hex`, left["hex"], right["hex"], base);
  }
  return compareValues(`${path}.length`, left["length"], right["length"], base);
}

function isExtensionList(list: readonly unknown[]): boolean {
  return list.every((member) => isCodePoint(member));
}

function withoutBody(extension: unknown): unknown {
  if (!isCodePoint(extension)) return extension;
  return { id: extension.id, name: extension.name ?? null };
}

/** The members of both lists with what they are called in a path, in an order that is the same whichever side is left. */
function labelled(pairs: readonly Match[], left: readonly unknown[], right: readonly unknown[]): { match: Match; label: string }[] {
  const seen = new Map<string, number>();
  return pairs
    .map((match) => {
      const identity = identityOf(left[match.left]);
      const count = (seen.get(identity) ?? 0) + 1;
      seen.set(identity, count);
      // A report saved by a version that did not know the name yet has only the number.
      const names = [labelOf(left[match.left]), labelOf(right[match.right])].filter((label) => label !== identity).sort();
      const label = names[0] ?? identity;
      return { match, identity, count, label: count === 1 ? label : `${label}#${count}` };
    })
    .sort((a, b) => (a.identity === b.identity ? a.count - b.count : a.identity < b.identity ? -1 : 1));
}

function identityOfProtocol(member: unknown): string {
  return isGreaseProtocol(member) ? GREASE : identityOf(member);
}

/** Are they the same text, or code points with the same number, as most list members are? */
function isSamePoint(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  return isCodePoint(left) && isCodePoint(right) && left.id === right.id && isBare(left) && isBare(right);
}

/** Are two members of one identity two GREASE values? */
function isRegreased(left: unknown, right: unknown): boolean {
  return greaseOf(left) !== greaseOf(right);
}

function greaseOf(member: unknown): unknown {
  if (isGreaseProtocol(member)) return member;
  const point = isFields(member) && !isCodePoint(member) ? member["group"] : member;
  return isCodePoint(point) && isGrease(point) ? point.id : undefined;
}

function ownOf(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}
