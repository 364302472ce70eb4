/**
 * What came before TLS on a connection, or instead of it: proxies that were asked for a tunnel, and a
 * plaintext protocol that goes over to TLS, in each other. Judged by the dialogue's own words, never by ports.
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
  /** Proxies, the first to be met first, with a comma between them. */
  readonly via?: string;
  readonly proxyTarget?: string;
  readonly proxySource?: string;
  /** A proxy's no, or that of the protocol. */
  readonly refusal?: Refusal & { readonly kind: "proxy" | "starttls-refused" };
  /** Was there an answer to the last question: for a tunnel, or for TLS? */
  readonly answered: boolean;
  /** The plaintext behind all proxies. */
  readonly rest: Talk;
  /** The dialogue in its order, without anything secret; made when it is asked for. */
  readonly units: () => readonly Unit[];
}

/** Proxies behind each other that are followed. */
const PROXY_DEPTH = 4;
/** Units of one dialogue that are told, and those that are told after a refusal. */
const MOST_UNITS = 48;
const AFTER_REFUSAL = 4;

/** Nothing was said: of most connections. */
const NOTHING: Prelude = { answered: true, rest: Talk.of([], 0), units: () => [] };

/** What the plaintext of a connection says. */
export function preludeOf(said: readonly Said[], client: SideIndex): Prelude {
  if (said.length === 0) return NOTHING;
  let talk = Talk.of(said, client);
  const units: Unit[] = [];
  const via: string[] = [];
  let proxyTarget: string | undefined;
  let proxySource: string | undefined;
  let refusal: Prelude["refusal"];
  let answered = true;
  // Where only the client was captured, its words tell how it went on.
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

/** Of what is no upgrade: HTTP by its heads, the first line of a server that is known by it, anything else by its length. */
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

/** As much as helps a reader: what is said twice for secrecy once, and after a no only the leave-taking. */
function bounded(units: readonly Unit[], refusal: Refusal | undefined): Unit[] {
  const kept = inOrder(units).filter(({ from, text }, index, all) => {
    const before = all[index - 1];
    return text !== REDACTED || before?.text !== REDACTED || before.from !== from;
  });
  const no = refusal === undefined ? -1 : kept.findLastIndex(({ packet }) => packet === refusal.packet);
  return kept.slice(0, no < 0 ? MOST_UNITS : Math.min(MOST_UNITS, no + 1 + AFTER_REFUSAL));
}
