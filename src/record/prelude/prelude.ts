/**
 * What came before TLS on a connection, or instead of it: proxies that were asked for a tunnel, and inside that a
 * plaintext protocol that switches to TLS. Judged by what is said, never by ports.
 */
import type { SideIndex } from "../../flow/pair.ts";
import type { Refusal } from "./contract.ts";
import { unknownUnits } from "./lines.ts";
import { httpUnits } from "./http-lines.ts";
import { clientProtocol, serverProtocol } from "./plain-protocol.ts";
import { PROXIES } from "./proxy/index.ts";
import { inOrder, octetCount, REDACTED, type Said, Talk, type Unit } from "./talk.ts";
import { UPGRADES } from "./upgrade/index.ts";

/** What came before TLS, by its names in the JSON. */
export interface Prelude {
  readonly startTls?: string;
  /** The proxies, in the order in which the client meets them, separated by commas. */
  readonly via?: string;
  readonly proxyTarget?: string;
  readonly proxySource?: string;
  /** The refusal of a proxy, or of the protocol's server. */
  readonly refusal?: Refusal & { readonly kind: "proxy" | "starttls-refused" };
  /** Was the last request, for a tunnel or for TLS, answered? */
  readonly answered: boolean;
  /** The plaintext that follows all proxies. */
  readonly rest: Talk;
  /** The dialogue in order, without anything secret; made on request. */
  readonly units: () => readonly Unit[];
}

/** How many proxies in a row are followed. */
const PROXY_DEPTH = 4;
/** Units of one dialogue that are shown, and those that are shown after a refusal. */
const MOST_UNITS = 48;
const AFTER_REFUSAL = 4;

/** For most connections: nothing was said. */
const NOTHING: Prelude = { answered: true, rest: Talk.of([], 0), units: () => [] };

/** Analyses the plaintext of a connection; `client` is the client's side. */
export function preludeOf(said: readonly Said[], client: SideIndex): Prelude {
  if (said.length === 0) return NOTHING;
  let talk = Talk.of(said, client);
  const units: Unit[] = [];
  const via: string[] = [];
  let proxyTarget: string | undefined;
  let proxySource: string | undefined;
  let refusal: Prelude["refusal"];
  let answered = true;
  // If only the client was captured, what it says shows how it went on.
  while (via.length < PROXY_DEPTH && refusal === undefined && (answered || talk.server === "")) {
    const passage = peel(talk, via);
    if (passage === undefined) break;
    if (passage.source === undefined) proxyTarget = passage.target ?? proxyTarget;
    else proxyTarget ??= passage.target;
    proxySource ??= passage.source;
    answered = passage.answered;
    if (passage.refusal !== undefined) refusal = { ...passage.refusal, kind: "proxy" };
    units.push(...passage.units);
    talk = talk.after(passage.client, passage.server);
  }
  const rest = talk;
  const upgrade = refusal === undefined && (answered || rest.server === "") ? UPGRADES.find((one) => one.speaks(rest)) : undefined;
  const asks = upgrade?.asks(rest) ?? false;
  const no = upgrade?.refusal(rest);
  if (no !== undefined) refusal = { ...no, kind: "starttls-refused" };
  if (asks) answered = upgrade?.answers(rest) ?? true;
  const told = refusal;
  return {
    ...(upgrade !== undefined && (asks || no !== undefined) ? { startTls: upgrade.name } : {}),
    ...(via.length === 0 ? {} : { via: via.join(", ") }),
    ...(proxyTarget === undefined ? {} : { proxyTarget }),
    ...(proxySource === undefined ? {} : { proxySource }),
    ...(refusal === undefined ? {} : { refusal }),
    answered,
    rest,
    units: () => bounded([...units, ...(upgrade?.units(rest) ?? otherUnits(rest))], told),
  };
}

function peel(talk: Talk, via: string[]): ReturnType<(typeof PROXIES)[number]["peel"]> {
  for (const { name, peel: take } of PROXIES) {
    const passage = take(talk);
    if (passage === undefined) continue;
    via.push(name);
    return passage;
  }
  return undefined;
}

/** Units of a dialogue that is not an upgrade: HTTP by its heads, a recognised server by its first line, anything else by its length. */
function otherUnits(talk: Talk): readonly Unit[] {
  if (clientProtocol(talk.client) === "http") return httpUnits(talk);
  const words = serverProtocol(talk.server) === undefined ? undefined : /^[\t -~]{4,}(?=\r?\n)/.exec(talk.server)?.[0];
  if (words === undefined) return unknownUnits(talk, octetCount);
  const first = talk.unit("server", words.length, words);
  const left = talk.server.length - words.length - 1;
  const more = left > 1 ? [talk.unit("server", talk.server.length, octetCount(left))] : [];
  const client = talk.client === "" ? [] : [talk.unit("client", talk.client.length, octetCount(talk.client.length))];
  return inOrder([first, ...more, ...client]);
}

/** As much as helps a reader: adjacent redacted units become one, and after a refusal only the farewell is kept. */
function bounded(units: readonly Unit[], refusal: Refusal | undefined): Unit[] {
  const kept = inOrder(units).filter(({ from, text }, index, all) => {
    const before = all[index - 1];
    return text !== REDACTED || before?.text !== REDACTED || before.from !== from;
  });
  const no = refusal === undefined ? -1 : kept.findLastIndex(({ packet }) => packet === refusal.packet);
  return kept.slice(0, no < 0 ? MOST_UNITS : Math.min(MOST_UNITS, no + 1 + AFTER_REFUSAL));
}
