/**
 * The plaintext around a handshake: the dialogue before it, in the shape of the model, and plaintext in
 * place of TLS, from either side and before or after the hello. Ciphertext and damage are not taken for it.
 */
import { toText } from "../bytes/text.ts";
import type { SideIndex } from "../flow/pair.ts";
import { clientProtocol, isOpenVpn, isWords, serverProtocol } from "../record/prelude/plain-protocol.ts";
import { type Prelude, preludeOf } from "../record/prelude/prelude.ts";
import { hasOctets } from "../record/prelude/talk.ts";
import type { PlainAnswer, RawMessage } from "../record/tls-stream.ts";
import type { Conversation } from "./assemble.ts";
import type { DialogueLine, Failure, Handshake } from "./handshake.ts";
import type { Ending } from "./outcome.ts";

/** The dialogue in the shape of the model. */
export function dialogueOf(prelude: Prelude): DialogueLine[] {
  return prelude.units().map(({ from, packet, text }) => ({ from, packet, text }));
}

/** Does TLS continue inside the packets of another protocol? Then its end cannot be read. */
export function isWrapped({ rest }: Prelude): boolean {
  return rest.client !== "" && isOpenVpn(rest.client);
}

/** What came before TLS, by its keys in the model. */
export function preludeFields({
  startTls,
  via,
  proxyTarget,
  proxySource,
}: Prelude): Pick<Handshake, "startTls" | "via" | "proxyTarget" | "proxySource"> {
  return {
    ...(startTls === undefined ? {} : { startTls }),
    ...(via === undefined ? {} : { via }),
    ...(proxyTarget === undefined ? {} : { proxyTarget }),
    ...(proxySource === undefined ? {} : { proxySource }),
  };
}

/** The plaintext after the other side's hello, if it is certain to be plaintext: by its words, or because nothing is missing before it. */
export function plainAnswer({ answer, events, exchange }: Pick<Conversation, "answer" | "events" | "exchange">): PlainAnswer | null {
  if (answer === null) return null;
  const text = latin1(answer.octets);
  if (serverProtocol(text) !== undefined || clientProtocol(text) !== undefined || isWords(text)) return answer;
  const isAsked = exchange.messages.some((message) => message.side !== answer.side && isClientHello(message));
  if (!isAsked || hasRecordWithin(text)) return null;
  const own = events.filter(({ side }) => side === answer.side);
  const isWhole = own.some(({ kind }) => kind === "syn" || kind === "syn-ack") && !own.some(({ kind }) => kind === "gap");
  return isWhole ? answer : null;
}

/** Is there a record with a server_hello or an alert after other octets? Then it is TLS all the same, in an unknown wrapping. */
function hasRecordWithin(text: string): boolean {
  for (let at = text.indexOf("\x03"); at >= 0; at = text.indexOf("\x03", at + 1)) {
    if (hasOctets(text, "16 03 00-04 .. .. 02 00", at - 1) || hasOctets(text, "15 03 00-04 00 02 01-02", at - 1)) return true;
  }
  return false;
}

function isClientHello(message: RawMessage): boolean {
  return message.kind === "sslv2" || (message.kind === "handshake" && message.handshakeType === 1);
}

/** What came before TLS. If the request for TLS or a tunnel was still unanswered when the hello was sent, the plaintext after it is the answer. */
export function preludeBefore({ dialogue }: Pick<Conversation, "dialogue">, answer: PlainAnswer | null, client: SideIndex): Prelude {
  const prelude = preludeOf(dialogue, client);
  if (prelude.answered || answer === null || answer.side === client) return prelude;
  return preludeOf([...dialogue, { side: answer.side, octets: answer.octets, packet: answer.moment.number }], client);
}

type Facts = Pick<Conversation, "exchange" | "answer" | "isOneSided">;

/** The ending, or the plaintext that explains it: a refusal that was ignored, a client that spoke another protocol, or a server that greeted or answered in one. */
export function orPlain(ending: Ending, prelude: Prelude, facts: Facts, server: SideIndex): Ending {
  if (ending.outcome === "established") return ending;
  if (isWrapped(prelude)) return { outcome: "incomplete" };
  const plain =
    refusedBefore(prelude, facts, server) ??
    clientWithoutTls(prelude, facts, server) ??
    (ending.failure?.kind === "not-tls" ? undefined : greeting(prelude, facts, server));
  if (plain !== undefined) return { outcome: "failed", failure: plain };
  const { failure } = ending;
  if (failure?.kind !== "not-tls" || facts.answer === null) return ending;
  const text = latin1(facts.answer.octets);
  const protocol =
    failure.by === "client" ? clientProtocol(text) : (serverProtocol(text) ?? serverProtocol(prelude.rest.server) ?? prelude.startTls);
  return protocol === undefined ? ending : { ...ending, failure: { ...failure, protocol } };
}

/** The failure of a client that was refused TLS, or its tunnel, and sent its hello all the same. */
function refusedBefore({ refusal }: Prelude, { exchange }: Facts, server: SideIndex): Failure | undefined {
  if (refusal === undefined || refusal.offered === false) return undefined;
  if ([...exchange.messages, ...exchange.encrypted].some(({ side }) => side === server)) return undefined;
  const by = refusal.kind === "proxy" ? "path" : (refusal.by ?? "server");
  return { kind: refusal.kind, by, packet: refusal.packet, text: refusal.text };
}

/** The failure if the client spoke plaintext, and the only TLS was the server's alert. */
function clientWithoutTls(prelude: Prelude, { exchange }: Facts, server: SideIndex): Failure | undefined {
  const [first] = exchange.messages;
  if (first === undefined || first.kind !== "alert" || first.side !== server || prelude.startTls !== undefined) return undefined;
  if (exchange.messages.some(({ side }) => side !== server) || exchange.encrypted.some(({ side }) => side !== server)) return undefined;
  return plainClient(prelude);
}

/** The failure of a client that spoke plaintext to a TLS server. */
export function plainClient(prelude: Prelude): Failure | undefined {
  const protocol = clientProtocol(prelude.rest.client);
  const first = prelude.units().find(({ from }) => from === "client");
  if (first === undefined || (protocol === undefined && !isWords(prelude.rest.client))) return undefined;
  return { kind: "not-tls", by: "client", packet: first.packet, text: first.text, ...(protocol === undefined ? {} : { protocol }) };
}

/** The failure if the server greeted in another protocol before the hello came, and never spoke TLS. */
function greeting(prelude: Prelude, { exchange, isOneSided }: Facts, server: SideIndex): Failure | undefined {
  const { rest } = prelude;
  if (isOneSided || prelude.startTls !== undefined || prelude.refusal !== undefined || rest.client !== "" || rest.server === "")
    return undefined;
  if ([...exchange.messages, ...exchange.encrypted].some(({ side }) => side === server)) return undefined;
  const protocol = serverProtocol(rest.server);
  if (protocol === undefined) return undefined;
  const end = /[\r\n]/.exec(rest.server)?.index ?? rest.server.length;
  const { packet } = rest.unit("server", end, "");
  const octets = Uint8Array.from(rest.server.slice(0, Math.min(end, LINE)), (sign) => sign.charCodeAt(0));
  return { kind: "not-tls", by: "server", packet, text: toText(octets), protocol };
}

/** Octets of a first line that are reported. */
const LINE = 120;

function latin1(octets: Uint8Array): string {
  return String.fromCharCode(...octets);
}
