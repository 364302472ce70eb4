/**
 * Makes a {@link Handshake} of what both sides of a connection sent: decodes the messages in
 * the order in which they became complete, names the sides, and judges the negotiation and the end.
 */
import type { Note } from "../fault/note.ts";
import type { FlowEvent } from "../flow/flow.ts";
import type { SideIndex } from "../flow/pair.ts";
import { timeText } from "../flow/moment.ts";
import type { CertificateDecompressor, CertificateEntry, Message, Side } from "../message/message.ts";
import { outlineOf } from "../message/outline.ts";
import type { Said } from "../record/prelude/talk.ts";
import type { EncryptedRecord, Exchange, PlainAnswer, RawMessage } from "../record/tls-stream.ts";
import { codePoint } from "../registry/codepoint.ts";
import { chainsOf } from "./certificate-chain.ts";
import { decodeAll, handshakeTypeOf } from "./decode-messages.ts";
import { encryptedHelloOf } from "./encrypted-hello.ts";
import { clientFingerprints, fingerprint } from "./fingerprint/index.ts";
import type { ClientStack, Endpoint, Handshake, TransportEvent } from "./handshake.ts";
import { negotiationOf, serverNameOf } from "./negotiation.ts";
import { outcomeOf } from "./outcome.ts";
import { dialogueOf, orPlain, plainAnswer, isWrapped, preludeBefore, preludeFields } from "./plaintext.ts";
import { quicOutcomeOf } from "./quic-outcome.ts";
import { stepsOf } from "./steps.ts";

/** A connection as the record room leaves it. */
export interface Conversation {
  readonly exchange: Exchange;
  readonly stream: number;
  readonly endpoints: readonly [Endpoint, Endpoint];
  /** Names of the tunnels around its packets, the outermost first. */
  readonly tunnels: readonly string[];
  /** Side that opened the TCP connection, if that was seen. */
  readonly opener: SideIndex | null;
  readonly events: readonly FlowEvent[];
  /** The capture holds packets of one direction only. */
  readonly isOneSided: boolean;
  /** What both sides said in plaintext before TLS. */
  readonly dialogue: readonly Said[];
  readonly answer: PlainAnswer | null;
  /** What was ignored or could not be read. */
  readonly notes: readonly Note[];
  /** Which of two nested hellos (ECH) the connection goes on with, if a key log shows it. */
  readonly usedHello?: "outer" | "inner";
  /** The time of the last packet of the connection, or of the capture if that is later: µs since 1970. */
  readonly endTime: number;
}

/** Reads X.509; provided by the caller, because the library behind it is heavy. */
export interface CertificateReader {
  /** The fields of a DER-encoded certificate. */
  readonly certificate: (der: Uint8Array) => Partial<CertificateEntry>;
  /** The text of a DER-encoded distinguished name. */
  readonly name: (der: Uint8Array) => string;
}

/** What to keep of each message. */
export interface AssembleOptions {
  /**
   * Leave out what a line of `list` does not show: events, chains, ECH, and the fields of all messages except hellos and alerts. `line`
   * promises no more than that line (see `listLine`): hellos lack most of their fields as well, there is no JA3S, and other messages only say who sent them.
   */
  readonly summary?: boolean | "line";
  /** Keep each message's octets in hex. */
  readonly octets?: boolean;
  /** Fill in what certificates say. */
  readonly describe?: CertificateReader;
  /** Decompress certificates. */
  readonly decompress?: CertificateDecompressor;
  /** Name the client stack; provided by the caller, because the library of clients is large. For an `outline` that it knows, it does not look at the messages. */
  readonly identify?: (handshake: Pick<Handshake, "messages" | "protocol">, outline?: string) => ClientStack | undefined;
}

/** The model of one connection. */
export function assemble(conversation: Conversation, options: AssembleOptions = {}): Handshake {
  const { exchange } = conversation;
  const { protocol } = exchange;
  const clientSide = clientSideOf(conversation);
  const serverSide: SideIndex = clientSide === 0 ? 1 : 0;
  const sideName = (side: SideIndex): Side => (side === clientSide ? "client" : "server");
  const raw = inOrder(exchange.messages);
  const outline = firstOutline(raw, protocol);
  const isBrief = options.summary === "line" && outline !== undefined && raw.every((one) => one === raw[0] || handshakeTypeOf(one) !== 1);
  const messages = decodeAll(raw, protocol, sideName, options, isBrief);
  const answer = plainAnswer(conversation);
  const steps = stepsOf({ events: conversation.events, answer, messages: raw, encrypted: exchange.encrypted }, messages, sideName);
  const negotiated = negotiationOf(messages, steps);
  const serverName = serverNameOf(messages);
  const prelude = preludeBefore(conversation, answer, clientSide);
  const isAnswerLost = conversation.events.some(({ isLost, side }) => isLost === true && side === serverSide);
  const horizon = {
    endTime: conversation.endTime,
    // What follows a hole cannot be decrypted.
    isPartial: isPartial(conversation) || (answer !== conversation.answer && !isAnswerLost) || isWrapped(prelude),
    overUdp: protocol !== "tls",
    isAnswerLost,
  };
  const ending = protocol === "quic" ? quicOutcomeOf(steps, horizon) : outcomeOf(steps, messages, horizon);
  const { outcome, failure } = orPlain(ending, prelude, { exchange, answer, isOneSided: conversation.isOneSided }, serverSide);
  const [client, server] = [conversation.endpoints[clientSide], conversation.endpoints[serverSide]];
  // Field by field, because spreading optional fields costs more than decoding the hello.
  const named: Handshake["protocol"] = isSslv2(messages) ? "sslv2" : protocol;
  const handshake: Partial<Writable<Handshake>> = {
    id: exchange.id,
    protocol: named,
    transport: { protocol: protocol === "tls" ? "tcp" : "udp", client, server },
    stream: conversation.stream,
  };
  if (conversation.dialogue.length > 0 || answer !== null) Object.assign(handshake, preludeFields(prelude));
  if (conversation.tunnels.length > 0) handshake.tunnels = conversation.tunnels;
  if (serverName !== undefined) handshake.serverName = serverName;
  handshake.outcome = outcome;
  if (failure !== undefined) handshake.failure = failure;
  handshake.negotiated = negotiated;
  const sent = isBrief ? new Undecoded(named, () => decodeAll(raw, protocol, sideName, options, false)) : { messages, protocol: named };
  const clientStack = options.identify?.(sent, outline);
  if (clientStack !== undefined) handshake.clientStack = clientStack;
  const carrier = protocol === "tls" ? "tcp" : protocol;
  handshake.fingerprints = isBrief
    ? clientFingerprints(sent, carrier, outline)
    : fingerprint(
        messages.filter((message) => !("sslv2" in message)),
        carrier,
        outline,
      );
  if (options.summary !== undefined && options.summary !== false) {
    handshake.messages = messages;
    handshake.events = [];
    if (conversation.notes.length > 0) handshake.notes = conversation.notes;
    return handshake as Handshake;
  }
  const events = eventsOf(conversation.events, exchange.encrypted, sideName);
  // QUIC pads its packets, so their lengths mean nothing.
  const ech = encryptedHelloOf(messages, protocol === "quic" ? [] : events, conversation.usedHello);
  if (ech !== undefined) handshake.ech = ech;
  const certificateChain = chainsOf(messages);
  if (certificateChain !== undefined) handshake.certificateChain = certificateChain;
  handshake.messages = messages;
  if (conversation.dialogue.length > 0) handshake.dialogue = dialogueOf(prelude);
  handshake.events = events;
  if (conversation.notes.length > 0) handshake.notes = conversation.notes;
  return handshake as Handshake;
}

/** Decodes the hello completely when a reader asks for the messages, because it does not know the hello's outline yet. */
class Undecoded implements Pick<Handshake, "messages" | "protocol"> {
  readonly protocol: Handshake["protocol"];
  readonly #decode: () => readonly Message[];

  constructor(protocol: Handshake["protocol"], decode: () => readonly Message[]) {
    this.protocol = protocol;
    this.#decode = decode;
  }

  get messages(): readonly Message[] {
    return this.#decode();
  }
}

/** The messages in the order in which they became complete, which most lists have already. */
function inOrder(messages: readonly RawMessage[]): readonly RawMessage[] {
  for (let at = 1; at < messages.length; at++) {
    if ((messages[at - 1] as RawMessage).moment.number > (messages[at] as RawMessage).moment.number)
      return messages.toSorted((a, b) => a.moment.number - b.moment.number);
  }
  return messages;
}

/** The outline of the first ClientHello, if it was sent in the clear, is complete, and is not in the form of SSL 2.0. */
function firstOutline(raw: readonly RawMessage[], protocol: Exchange["protocol"]): string | undefined {
  const hello = raw.find((message) => handshakeTypeOf(message) === 1);
  if (hello?.kind !== "handshake" || hello.decrypted === true || hello.body.length !== hello.length) return undefined;
  return outlineOf(hello.body, protocol === "dtls");
}

/** Does the capture lack what could have decided the end: one direction, or octets in the middle that the peer did receive? */
function isPartial({ isOneSided, events }: Conversation): boolean {
  return isOneSided || events.some((event) => event.kind === "gap" && event.isLost !== true);
}

/** Is it SSL 2.0 itself: does the server answer in it, or is nothing newer offered? A client may offer TLS in its form. */
function isSslv2(messages: readonly Message[]): boolean {
  const hello = messages.find((message) => message.type === "server_hello") ?? messages.find((message) => message.type === "client_hello");
  return hello !== undefined && "sslv2" in hello && hello.legacyVersion?.id === "0x0002";
}

/** The client's side: the one that sends a client_hello, or receives what only servers send; without either, the one that sent the SYN. */
function clientSideOf(conversation: Conversation): SideIndex {
  const { opener, endpoints } = conversation;
  const { messages, client: known } = conversation.exchange;
  if (known !== undefined) return known;
  const client = senderOf(messages, FROM_CLIENTS);
  if (client !== undefined) return client;
  const server = senderOf(messages, FROM_SERVERS);
  if (server !== undefined) return server === 0 ? 1 : 0;
  return opener ?? (endpoints[0].port >= endpoints[1].port ? 0 : 1);
}

/** Handshake types that only one side sends. */
const FROM_CLIENTS: readonly number[] = [1, 16];
const FROM_SERVERS: readonly number[] = [2, 3, 12, 14, 4];

/** Who sent the first message of one of these handshake types. */
function senderOf(messages: readonly RawMessage[], types: readonly number[]): SideIndex | undefined {
  for (const message of messages) if (types.includes(handshakeTypeOf(message))) return message.side;
  return undefined;
}

/** The transport events of a connection, including encrypted records, in the order of time. */
export function eventsOf(
  transport: readonly FlowEvent[],
  encrypted: readonly EncryptedRecord[],
  sideName: (side: SideIndex) => Side,
): TransportEvent[] {
  const events: TransportEvent[] = [];
  for (const { kind, side, moment, ttl, length, code } of transport) {
    const event: Writable<TransportEvent> = { kind, from: sideName(side), packet: moment.number, time: timeText(moment) };
    if (ttl !== undefined) event.ttl = ttl;
    if (length !== undefined) event.length = length;
    if (code !== undefined) event.error = codePoint("quic_transport_error_codes", code);
    events.push(event);
  }
  for (const { side, moment, length, content, isOpened } of encrypted) {
    const name = codePoint("content_types", content).name ?? String(content);
    const event = {
      kind: "encrypted",
      from: sideName(side),
      packet: moment.number,
      time: timeText(moment),
      length,
      content: name,
    } as const;
    events.push(isOpened === true ? { ...event, decrypted: true } : event);
  }
  return events.sort((a, b) => a.packet - b.packet);
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
