/**
 * Groups the handshakes with one server into kinds of equal ones, and matches the kinds of two captures. Equal
 * means that a comparison finds nothing relevant. The cost stays linear in the number of handshakes: only
 * those that look alike at a glance are compared, and only with a few others.
 */
import type { Handshake } from "../handshake/handshake.ts";
import { compareHandshakes } from "./compare-handshakes.ts";
import { identityOf, isFields } from "./identity.ts";
import { messageOf, viewOf } from "./view.ts";

/** Equal handshakes of one capture, in their order. */
export interface Kind {
  readonly first: Handshake;
  /** All of them, including the first. */
  readonly members: Handshake[];
}

/** Equal handshakes of the left capture that belong with equal ones of the right; neither list is empty. */
export interface Match {
  readonly left: Handshake[];
  readonly right: Handshake[];
}

/** The kinds in a list of handshakes, in the order of their first members. */
export function gather(handshakes: readonly Handshake[]): Kind[] {
  const kinds: Kind[] = [];
  const known = new Lookup();
  for (const handshake of handshakes) {
    const equal = known.find(handshake);
    if (equal === undefined) {
      const kind = { first: handshake, members: [handshake] };
      kinds.push(kind);
      known.add(kind);
    } else equal.members.push(handshake);
  }
  return kinds;
}

/**
 * Matches the handshakes of two captures with one server. Working kinds that are equal on both sides
 * come first, then kinds are matched in order, except that working ones go before failed ones if the other side
 * has only failures. A kind that is left over takes surplus handshakes of the other side; a failed one that is
 * still alone is compared with a working one of the other side, even if that has a partner already.
 * Also returns what stays alone.
 */
export function matchKinds(
  left: readonly Handshake[],
  right: readonly Handshake[],
): { readonly matches: Match[]; readonly left: Handshake[]; readonly right: Handshake[] } {
  const [ours, theirs] = [gather(left), gather(right)];
  const equal = pairEqual(ours, theirs);
  const partners = new Set(equal.values());
  const matches = [...equal].map(([kind, other]) => toMatch(kind, other));
  const ourRest = inTurn(
    ours.filter((kind) => !equal.has(kind)),
    theirs,
  );
  const theirRest = inTurn(
    theirs.filter((kind) => !partners.has(kind)),
    ours,
  );
  const inOrder = Math.min(ourRest.length, theirRest.length);
  for (const [index, kind] of ourRest.slice(0, inOrder).entries()) matches.push(toMatch(kind, theirRest[index] as Kind));
  return {
    left: settle(ourRest.slice(inOrder), "left", "right", theirs, matches),
    right: settle(theirRest.slice(inOrder), "right", "left", ours, matches),
    matches,
  };
}

/** Kinds that a handshake is compared with at most; if it equals none of them, it becomes a new kind. */
const COMPARED = 4;

/** Finds the kind that a handshake belongs to. */
class Lookup {
  readonly #kinds = new Map<string, Kind[]>();

  add(kind: Kind): void {
    const glance = glanceAt(kind.first);
    const alike = this.#kinds.get(glance) ?? [];
    if (alike.length < COMPARED) this.#kinds.set(glance, [...alike, kind]);
  }

  find(handshake: Handshake): Kind | undefined {
    return this.#kinds.get(glanceAt(handshake))?.find((kind) => compareHandshakes(kind.first, handshake).identical);
  }
}

/** A key that equal handshakes always share, and different ones seldom. */
function glanceAt(handshake: Handshake): string {
  const view = viewOf(handshake);
  const hello = messageOf(view, "client_hello");
  const failure = view.handshake["failure"];
  return [
    handshake.outcome,
    isFields(failure) ? failure["kind"] : "",
    identities(hello?.["cipherSuites"]).join(),
    identities(hello?.["extensions"]).sort().join(),
    identityOf(view.negotiated["cipherSuite"]),
  ].join("|");
}

function identities(list: unknown): string[] {
  return Array.isArray(list) ? list.map(identityOf) : [];
}

/** Working kinds of both sides that are equal. Equal failures are not matched: comparing a failure with what works helps more. */
function pairEqual(ours: readonly Kind[], theirs: readonly Kind[]): Map<Kind, Kind> {
  const pairs = new Map<Kind, Kind>();
  const known = new Lookup();
  for (const kind of theirs) if (kind.first.outcome === "established") known.add(kind);
  const taken = new Set<Kind>();
  for (const kind of ours) {
    const equal = known.find(kind.first);
    if (equal === undefined || taken.has(equal)) continue;
    taken.add(equal);
    pairs.set(kind, equal);
  }
  return pairs;
}

/** In order, but the working ones first if the other side has only failures, because comparing failures with failures teaches nothing. */
function inTurn(kinds: readonly Kind[], others: readonly Kind[]): readonly Kind[] {
  if (others.some(({ first }) => first.outcome !== "failed")) return kinds;
  const works = ({ first }: Kind): boolean => first.outcome === "established";
  return [...kinds.filter(works), ...kinds.filter((kind) => !works(kind))];
}

function toMatch(left: Kind, right: Kind): Match {
  return { left: [...left.members], right: [...right.members] };
}

/** Finds matches for kinds of `side` that the other one has no kind for, and returns the handshakes that stay alone. */
function settle(
  surplus: readonly Kind[],
  side: "left" | "right",
  other: "left" | "right",
  others: readonly Kind[],
  matches: Match[],
): Handshake[] {
  const alone: Handshake[] = [];
  for (const { first, members } of surplus) {
    const rich = matches.find((match) => match[other].length > match[side].length);
    const spare = rich?.[other].splice(rich[side].length, members.length) ?? [];
    const working = first.outcome === "failed" ? others.find((kind) => kind.first.outcome === "established") : undefined;
    const partners = spare.length > 0 || working === undefined ? spare : [working.first];
    if (partners.length === 0) alone.push(...members);
    else matches.push(side === "left" ? { left: members, right: partners } : { left: partners, right: members });
  }
  return alone;
}
