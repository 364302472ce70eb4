/**
 * Connections on which TLS never began, if that is a failure: nobody answered, the port was
 * closed, STARTTLS was refused, not offered or never answered, the proxy refused the tunnel, or a TLS server
 * was spoken to in plaintext. HTTP that was answered is reported as incomplete, because it may explain what is seen in another capture.
 * Other connections are left out.
 */
import type { Silence } from "../flow/first-packets.ts";
import type { FlowEvent } from "../flow/flow.ts";
import type { SideIndex } from "../flow/pair.ts";
import { clientProtocol, demandsTls } from "../record/prelude/plain-protocol.ts";
import { type Prelude, preludeOf } from "../record/prelude/prelude.ts";
import { type Conversation, eventsOf } from "./assemble.ts";
import type { Failure, Handshake } from "./handshake.ts";
import { dialogueOf, plainClient, preludeFields } from "./plaintext.ts";

/** A connection without a message. */
export type AttemptSource = Omit<Conversation, "exchange">;

/** Silence, in µs, after which a SYN counts as unanswered. */
const PATIENCE = 3_000_000;

/** What it is judged by. */
type Facts = Pick<AttemptSource, "opener" | "dialogue" | "events" | "endTime" | "isOneSided">;

/** Would {@link attemptOf} give a handshake? For counting the attempts that are too many to be kept. */
export function isAttempt(facts: Facts): boolean {
  return judge(facts) !== undefined;
}

/** The same for a connection that has only shown a few packets without payload. */
export function isSilentAttempt({ isUnopened, isRefused, time }: Silence, endTime: number): boolean {
  return isUnopened && (isRefused || endTime - time >= PATIENCE);
}

/** Judges a connection without TLS; `undefined` if nothing failed. The handshake's `id` is 0: the caller numbers it. */
export function attemptOf(source: AttemptSource): Handshake | undefined {
  const judged = judge(source);
  if (judged === undefined) return undefined;
  const { client, prelude, failure } = judged;
  const server: SideIndex = client === 0 ? 1 : 0;
  return {
    id: 0,
    protocol: "tls",
    transport: { protocol: "tcp", client: source.endpoints[client], server: source.endpoints[server] },
    stream: source.stream,
    ...preludeFields(prelude),
    ...(source.tunnels.length === 0 ? {} : { tunnels: source.tunnels }),
    outcome: failure === undefined ? "incomplete" : "failed",
    ...(failure === undefined ? {} : { failure }),
    negotiated: {},
    fingerprints: {},
    messages: [],
    ...(source.dialogue.length === 0 ? {} : { dialogue: dialogueOf(prelude) }),
    events: eventsOf(source.events, [], (side) => (side === client ? "client" : "server")),
  };
}

interface Judged {
  readonly client: SideIndex;
  readonly prelude: Prelude;
  /** Absent for HTTP that was answered. */
  readonly failure: Failure | undefined;
}

function judge(facts: Facts): Judged | undefined {
  const { client, prelude } = sidesOf(facts);
  const failure =
    unopened(facts, client) ?? refused(facts, client, prelude) ?? unanswered(facts, client, prelude) ?? mistaken(facts, client, prelude);
  if (failure === undefined && clientProtocol(prelude.rest.client) !== "http") return undefined;
  return { client, prelude, failure };
}

/** The client is the side that opened the connection; if that was not captured, the one for which the dialogue makes sense. */
function sidesOf({ opener, dialogue }: Facts): { readonly client: SideIndex; readonly prelude: Prelude } {
  const first = { client: opener ?? 0, prelude: preludeOf(dialogue, opener ?? 0) };
  if (opener !== null || first.prelude.startTls !== undefined || first.prelude.via !== undefined) return first;
  const other = preludeOf(dialogue, 1);
  return other.startTls === undefined && other.via === undefined ? first : { client: 1, prelude: other };
}

/** The failure if the SYN was refused, or never answered. */
function unopened({ events, endTime }: Facts, client: SideIndex): Failure | undefined {
  const syns = events.filter((event) => event.kind === "syn" && event.side === client);
  const last = syns.at(-1);
  if (last === undefined || events.some((event) => event.kind === "syn-ack")) return undefined;
  const reset = events.find((event) => event.kind === "rst" && event.side !== client);
  if (reset !== undefined) return { kind: "refused", by: "server", packet: reset.moment.number };
  const waited = endTime - (syns[0] as FlowEvent).moment.time;
  return syns.length > 1 || waited >= PATIENCE ? { kind: "refused", by: "path", packet: last.moment.number } : undefined;
}

/** The failure if the upgrade to TLS, or the tunnel, was refused. */
function refused({ events }: Facts, client: SideIndex, { refusal, rest }: Prelude): Failure | undefined {
  if (refusal === undefined) return undefined;
  const { kind, text, packet } = refusal;
  if (kind === "proxy") return { kind, by: "path", packet, text };
  if (refusal.offered !== false) return { kind, by: refusal.by ?? "server", packet, text };
  // "Not offered" is a failure only if the client left because of it.
  const isGone = endOf(events)?.side === client || /^(?:\S+ )?(?:QUIT|LOGOUT)\s*$/im.test(rest.client);
  return isGone ? { kind, by: "server", packet, text, notOffered: true } : undefined;
}

/** The failure if the other side left instead of answering the request for TLS or a tunnel. */
function unanswered({ events, isOneSided }: Facts, client: SideIndex, prelude: Prelude): Failure | undefined {
  const end = endOf(events);
  if (prelude.answered || isOneSided || end === undefined || end.side === client) return undefined;
  if (events.some(({ kind }) => kind === "gap")) return undefined;
  const packet = end.moment.number;
  if (prelude.startTls === undefined) return { kind: "proxy", by: "path", packet };
  return { kind: end.kind === "rst" ? "reset" : "close", by: "server", packet };
}

/** The failure if the client spoke plaintext, and the server says that it expects TLS, or left without a word. */
function mistaken({ events, isOneSided }: Facts, client: SideIndex, prelude: Prelude): Failure | undefined {
  if (demandsTls(prelude.rest.server)) return plainClient(prelude);
  if (prelude.startTls !== undefined || prelude.rest.server !== "" || isOneSided || clientProtocol(prelude.rest.client) === undefined)
    return undefined;
  const end = endOf(events);
  return end === undefined || end.side === client || events.some(({ kind }) => kind === "gap") ? undefined : plainClient(prelude);
}

/** The first FIN or reset. */
function endOf(events: readonly FlowEvent[]): FlowEvent | undefined {
  return events.find(({ kind }) => kind === "fin" || kind === "rst");
}
