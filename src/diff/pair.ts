/**
 * Which handshake of the left capture belongs with which one of the right: by server name (those at
 * the same address and port before others), then by the server's address and port, then by order. Equal ones (retries, the many connections of a
 * browser) become one pair that represents all of them. What finds no partner is reported, never dropped.
 */
import type { Handshake } from "../handshake/handshake.ts";
import type { PairedBy } from "./difference.ts";
import { gather, matchKinds, type Match } from "./kinds.ts";
import { nameKey, selectHandshakes, streamOf, type Selection } from "./selection.ts";

/** Two handshakes that belong together, each the first of those that equal it. */
export interface HandshakePair {
  readonly left: Handshake;
  readonly right: Handshake;
  readonly pairedBy: PairedBy;
  /** How many equal handshakes of each capture the pair represents. */
  readonly counts: { readonly left: number; readonly right: number };
}

/** The handshakes of two captures, in pairs. */
export interface Pairing {
  /** In the order of the left capture. */
  readonly pairs: readonly HandshakePair[];
  readonly unpaired: { readonly left: readonly Handshake[]; readonly right: readonly Handshake[] };
  /** How many handshakes were selected. */
  readonly selected: { readonly left: number; readonly right: number };
}

/**
 * Pairs the selected handshakes. Two connections selected by their numbers belong together
 * whatever they are. Pairing by order takes those with a hello, but not two that name different servers if names match
 * elsewhere in the captures; attempts without a hello are only paired so if nothing else is.
 */
export function pairHandshakes(left: readonly Handshake[], right: readonly Handshake[], selection: Selection = {}): Pairing {
  const rest: Rest = { left: selectHandshakes(left, selection, "left"), right: selectHandshakes(right, selection, "right") };
  const whole = { ...rest };
  const selected = { left: rest.left.length, right: rest.right.length };
  const pairs: HandshakePair[] = [];
  if (streamOf(selection, "left") !== undefined && streamOf(selection, "right") !== undefined) {
    pairs.push(...pairByOrder(rest, "selection", () => true));
  } else {
    for (const key of KEYS) pairs.push(...pairByKey(rest, key));
    const namesMatch = pairs.some(({ pairedBy }) => pairedBy === "server-name");
    pairs.push(...pairByOrder(rest, "order", (a, b) => hasHello(a) && hasHello(b) && !(namesMatch && nameOther(a, b))));
    // A snapshot has no addresses to select by.
    pairs.push(
      ...pairByOrder(rest, "order", (a, b) => (a.snapshot ?? b.snapshot) === true && !hasHello(a) && !hasHello(b) && !nameOther(a, b)),
    );
    if (pairs.length === 0) pairs.push(...pairByOrder(rest, "order", () => true));
    else for (const side of ["left", "right"] as const) pairs.push(...pairFailures(rest, whole, side));
  }
  pairs.sort((a, b) => a.left.id - b.left.id || a.right.id - b.right.id);
  return { pairs, unpaired: rest, selected };
}

/** What has no partner yet. */
interface Rest {
  left: Handshake[];
  right: Handshake[];
}

/** A property that connections to one server share; `undefined` if this one does not show it. */
interface Key {
  readonly pairedBy: PairedBy;
  readonly keyOf: (handshake: Handshake) => string | undefined;
  /** Does it skip groups in which nothing works, because a later key may find a working partner? */
  readonly wantsWorking?: boolean;
}

const NAME: Key = {
  pairedBy: "server-name",
  keyOf: ({ serverName }) => (serverName === undefined ? undefined : nameKey(serverName)),
};

const ADDRESS: Key = {
  pairedBy: "server-address",
  keyOf: ({ transport: { server } }) => `${server.address.toLowerCase()} ${server.port}`,
};

/** One name may belong to several services, each with its own port and address. */
const SERVICE: Key = {
  pairedBy: "server-name",
  keyOf: (handshake) => {
    const name = NAME.keyOf(handshake);
    return name === undefined ? undefined : `${name} ${handshake.transport.protocol} ${ADDRESS.keyOf(handshake)}`;
  },
  wantsWorking: true,
};

/** Attempts that never came to a hello are paired after those that did. */
const KEYS: readonly Key[] = [ofHellos(SERVICE), ofHellos(NAME), ofHellos(ADDRESS), NAME, ADDRESS];

function ofHellos(key: Key): Key {
  return { ...key, keyOf: (handshake) => (hasHello(handshake) ? key.keyOf(handshake) : undefined) };
}

function works({ outcome }: Handshake): boolean {
  return outcome === "established";
}

function hasHello(handshake: Handshake): boolean {
  return handshake.messages.some((message) => message.type === "client_hello");
}

/**
 * Leaves out connections that would only distract: plaintext ones, unless the other side spoke TLS with the same server, or the server
 * demanded TLS and the capture has no hello at all; probes that only tested whether the server is there, if the same
 * capture has a hello to it; and attempts without a hello, if there are hellos and the other side is a snapshot, which has only hellos.
 */
export function withoutBystanders(handshakes: readonly Handshake[], others: readonly Handshake[]): Handshake[] {
  const isBaseline = others.length > 0 && others.every((other) => other.snapshot === true && hasHello(other));
  if (isBaseline && handshakes.some(hasHello)) return handshakes.filter(hasHello);
  if (!handshakes.some((handshake) => isPlain(handshake) || isProbe(handshake))) return [...handshakes];
  const [asked, spoken] = [handshakes, others].map((list) => new Set(list.filter(hasHello).map((handshake) => ADDRESS.keyOf(handshake))));
  return handshakes.filter((handshake) => {
    const server = ADDRESS.keyOf(handshake);
    if (isProbe(handshake)) return asked?.has(server) !== true;
    return !isPlain(handshake) || spoken?.has(server) === true || (asked?.size === 0 && handshake.failure !== undefined);
  });
}

/** Did the client connect, say nothing, and leave? What a server says to that is not an answer. */
function isProbe({ messages, failure, events, transport }: Handshake): boolean {
  if (transport.protocol !== "tcp" || failure?.by !== "client" || (failure.kind !== "close" && failure.kind !== "reset")) return false;
  if (messages.some(({ from }) => from === "client")) return false;
  return events.some(({ kind }) => kind === "syn") && !events.some(({ kind, from }) => kind === "segment" && from === "client");
}

function isPlain({ messages, outcome, failure }: Handshake): boolean {
  return messages.length === 0 && (outcome === "incomplete" || (failure?.kind === "not-tls" && failure.by === "client"));
}

/** Do both name a server, but different ones? */
function nameOther(a: Handshake, b: Handshake): boolean {
  return a.serverName !== undefined && b.serverName !== undefined && nameKey(a.serverName) !== nameKey(b.serverName);
}

function pairByKey(rest: Rest, { pairedBy, keyOf, wantsWorking = false }: Key): HandshakePair[] {
  const [left, right] = [groupBy(rest.left, keyOf), groupBy(rest.right, keyOf)];
  const alone: Rest = { left: [], right: [] };
  const isUsed = (key: string): boolean => right.has(key) && (!wantsWorking || [left, right].some((side) => side.get(key)?.some(works)));
  const shared = new Set([...left.keys()].filter(isUsed));
  const isShared = (handshake: Handshake): boolean => {
    const key = keyOf(handshake);
    return key !== undefined && shared.has(key);
  };
  const pairs = [...shared].flatMap((key) => {
    const found = matchKinds(left.get(key) ?? [], right.get(key) ?? []);
    alone.left.push(...found.left);
    alone.right.push(...found.right);
    return found.matches.map((match) => toPair(match, pairedBy));
  });
  for (const side of ["left", "right"] as const) {
    rest[side] = [...rest[side].filter((handshake) => !isShared(handshake)), ...alone[side]].sort((a, b) => a.id - b.id);
  }
  return pairs;
}

/** Pairs kinds in order, each with the first one that may be its partner. */
function pairByOrder(rest: Rest, pairedBy: PairedBy, mayPair: (left: Handshake, right: Handshake) => boolean): HandshakePair[] {
  const theirs = gather(rest.right);
  const pairs: HandshakePair[] = [];
  const alone: Handshake[] = [];
  for (const kind of gather(rest.left)) {
    const index = theirs.findIndex((other) => mayPair(kind.first, other.first));
    const partner = index < 0 ? undefined : theirs.splice(index, 1)[0];
    if (partner === undefined) alone.push(...kind.members);
    else pairs.push(toPair({ left: kind.members, right: partner.members }, pairedBy));
  }
  rest.left = alone.sort((a, b) => a.id - b.id);
  rest.right = theirs.flatMap(({ members }) => members).sort((a, b) => a.id - b.id);
  return pairs;
}

/** Pairs the remaining failures with what works at their servers, even if that is already paired with another connection, by name. */
function pairFailures(rest: Rest, whole: Rest, side: "left" | "right"): HandshakePair[] {
  const [ours, theirs] = [whole[side], whole[side === "left" ? "right" : "left"]].map((list) => groupBy(list.filter(works), ADDRESS.keyOf));
  const alone = groupBy(
    rest[side].filter(({ outcome }) => outcome === "failed"),
    ADDRESS.keyOf,
  );
  const paired = new Set<Handshake>();
  const pairs = [...alone].flatMap(([server, failures]): HandshakePair[] => {
    const partner = ours?.has(server) === true ? undefined : theirs?.get(server)?.[0];
    if (partner === undefined) return [];
    for (const failure of failures) paired.add(failure);
    return gather(failures).map(({ members }) =>
      toPair(side === "left" ? { left: members, right: [partner] } : { left: [partner], right: members }, "server-address"),
    );
  });
  rest[side] = rest[side].filter((handshake) => !paired.has(handshake));
  return pairs;
}

function toPair({ left, right }: Match, pairedBy: PairedBy): HandshakePair {
  return {
    left: left[0] as Handshake,
    right: right[0] as Handshake,
    pairedBy,
    counts: { left: left.length, right: right.length },
  };
}

function groupBy(handshakes: readonly Handshake[], keyOf: Key["keyOf"]): Map<string, Handshake[]> {
  const groups = new Map<string, Handshake[]>();
  for (const handshake of handshakes) {
    const key = keyOf(handshake);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [handshake]);
    else group.push(handshake);
  }
  return groups;
}
