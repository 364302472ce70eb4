/**
 * A connection on which TLS never began, as far as that is a failure: nobody answered, the port was
 * closed, the server refused STARTTLS, the proxy refused the tunnel, the client spoke HTTP to a port of TLS. HTTP that was
 * answered is told as incomplete: beside another capture it may be what explains it. Other connections give nothing.
 */
import { toText } from "../bytes/text.ts";
import type { FlowEvent } from "../flow/flow.ts";
import type { SideIndex } from "../flow/flow-index.ts";
import { type Prelude, preludeOf } from "../record/start-tls.ts";
import { type Conversation, eventsOf } from "./assemble.ts";
import type { Failure, Handshake } from "./handshake.ts";

/** A connection without a message. */
export type AttemptSource = Omit<Conversation, "exchange">;

/** Silence after which an unanswered SYN counts as such, in µs. */
const PATIENCE = 3_000_000;

/** Judges a connection without TLS; `undefined` where nothing failed. Its `id` is 0: the caller numbers it. */
export function attemptOf(source: AttemptSource): Handshake | undefined {
  const client = source.opener ?? 0;
  const server: SideIndex = client === 0 ? 1 : 0;
  const prelude = preludeOf({ client: source.dialogue[client], server: source.dialogue[server] });
  const failure = unopened(source, client) ?? refused(source, server, prelude) ?? plaintext(source, client);
  if (failure === undefined && !isHttp(source.dialogue[client])) return undefined;
  return {
    id: 0,
    protocol: "tls",
    transport: { protocol: "tcp", client: source.endpoints[client], server: source.endpoints[server] },
    stream: source.stream,
    ...prelude,
    ...(source.tunnels.length === 0 ? {} : { tunnels: source.tunnels }),
    outcome: failure === undefined ? "incomplete" : "failed",
    ...(failure === undefined ? {} : { failure }),
    negotiated: {},
    fingerprints: {},
    messages: [],
    events: eventsOf(source.events, [], (side) => (side === client ? "client" : "server")),
  };
}

/** The SYN was refused, or nobody answered it. */
function unopened({ events, endTime }: AttemptSource, client: SideIndex): Failure | undefined {
  const syns = events.filter((event) => event.kind === "syn" && event.side === client);
  const last = syns.at(-1);
  if (last === undefined || events.some((event) => event.kind === "syn-ack")) return undefined;
  const reset = events.find((event) => event.kind === "rst" && event.side !== client);
  if (reset !== undefined) return { kind: "refused", by: "server", packet: reset.moment.number };
  const waited = endTime - (syns[0] as FlowEvent).moment.time;
  return syns.length > 1 || waited >= PATIENCE ? { kind: "refused", by: "path", packet: last.moment.number } : undefined;
}

/** The plaintext before TLS came to nothing. */
function refused({ dialogue, events }: AttemptSource, server: SideIndex, prelude: Prelude): Failure | undefined {
  const said = toText(dialogue[server]);
  const text = refusalIn(said.split(String.raw`\x0d\x0a`), prelude);
  if (text === undefined) return undefined;
  const octets = said.slice(0, said.lastIndexOf(text) + text.length).replaceAll(/\\x[0-9a-f]{2}/g, ".").length;
  const shows = segmentWith(octets, events, server);
  const kind = prelude.via === undefined ? "starttls-refused" : "proxy";
  return { kind, by: prelude.via === undefined ? "server" : "path", packet: shows?.moment.number ?? 0, text };
}

/** HTTP to a port of TLS: the server says so, or ends the connection without a word. */
function plaintext({ dialogue, events }: AttemptSource, client: SideIndex): Failure | undefined {
  const server: SideIndex = client === 0 ? 1 : 0;
  if (!isHttp(dialogue[client])) return undefined;
  const first = events.find((event) => event.kind === "segment" && event.side === client);
  const end = events.find((event) => event.kind === "fin" || event.kind === "rst");
  const said = toText(dialogue[server]);
  const wantsTls = /HTTP request (was sent )?to (an )?HTTPS|plain HTTP to an SSL-enabled/i.test(said);
  if (!wantsTls && (said !== "" || end?.side !== server)) return undefined;
  const [line = ""] = toText(dialogue[client]).split(String.raw`\x0d\x0a`);
  return { kind: "not-tls", by: "client", packet: first?.moment.number ?? 0, text: line.slice(0, 120) };
}

/** Does it begin with the request line of HTTP/1? */
function isHttp(octets: Uint8Array): boolean {
  return /^(GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|TRACE) \S+ HTTP\/1\.[01]/.test(toText(octets, 0, Math.min(octets.length, 512)));
}

/** The segment with which the first `octets` of a side were complete: what it said later is not the refusal. */
function segmentWith(octets: number, events: readonly FlowEvent[], side: SideIndex): FlowEvent | undefined {
  const again = new Set(events.filter(({ kind }) => kind === "retransmission").map(({ moment }) => moment.number));
  const segments = events.filter((event) => event.kind === "segment" && event.side === side && !again.has(event.moment.number));
  let reached = 0;
  return segments.find(({ length = 0 }) => (reached += length) >= octets) ?? segments.at(-1);
}

/** The line in which the other side says no: the last one that is an error. */
function refusalIn(lines: readonly string[], { startTls, via }: Prelude): string | undefined {
  if (via === "http-connect") return lines.find((line) => /^HTTP\/1\.[01] [345]\d\d/.test(line));
  if (via === "socks5") return lines.find((line) => /^\\x05.*\\x05\\x0[1-8]/.test(line));
  if (via === "socks4") return lines.find((line) => /^\\x00(\[|\\x5b|\\x5c|\]|\\)/.test(line));
  if (startTls === "postgresql") return lines.find((line) => line === "N");
  if (startTls === undefined) return undefined;
  return lines.findLast((line) => /^([45]\d\d[ -]|-ERR|NO\b|\S+ (NO|BAD)\b|:\S+ 691 |.*<failure\b)/i.test(line));
}
