/**
 * One handshake as the rules see it: its messages by their parts, what was offered and chosen, how it
 * ended. The model comes in, perhaps from a saved report; what it lacks is absent or empty.
 */
import type { Failure, Handshake, TransportEvent } from "../handshake/handshake.ts";
import type { Alert, Certificate, CertificateEntry, CertificateRequest, ClientHello, Message, ServerHello } from "../message/message.ts";
import type { CodePoint } from "../registry/codepoint.ts";
import { tlsCounterpart } from "../registry/tls-versions.ts";
import type { CaptureSide, Evidence } from "./contract.ts";
import { dataOf, EXTENSION, numberOf, type Offer, offerOf, stringsIn } from "./offer.ts";
import { type Stack, stackOf } from "./stack.ts";

/** The alert that ended a handshake. */
export interface FatalAlert {
  readonly by: "client" | "server";
  /** Its number; -1 if it was encrypted. */
  readonly number: number;
  readonly name: string;
  readonly packet: number;
  readonly after: string;
}

/** What the server chose, as numbers; absent if the capture does not show it. */
export interface Choice {
  readonly version?: CodePoint;
  readonly suite?: CodePoint;
  readonly group?: CodePoint;
  readonly scheme?: CodePoint;
  readonly alpn?: string;
}

/** A client that left after the handshake without sending data. */
export interface Leave {
  readonly packet: number;
  /** Did it send an encrypted alert first, which may be a close_notify? */
  readonly said: boolean;
}

/** The same, with the time that it waited. */
interface Parting extends Leave {
  /** Milliseconds from the end of the handshake; NaN if the times are unknown. */
  readonly idle: number;
}

/** How a client aborted a handshake. */
export interface Abort {
  /** The alert's number; -1 if it was encrypted, or if there was none, as with Node.js. */
  readonly number: number;
  readonly packet: number;
}

/** Octets of an encrypted alert in TLS 1.3: two of alert, one of type, a tag of 16 or 8. A longer record contains data. */
const ALERT_SIZED: ReadonlySet<number> = new Set([19, 11]);
/** Milliseconds within which a client judges what it received; if it leaves later, it may have waited for something else. */
const AT_ONCE = 1_000;
/** Milliseconds within which even a slow client that judges after the handshake has done so. */
const SOON = 2_000;
/** The least octets of an encrypted record with a certificate. */
export const LEAST_CERTIFICATE = 200;
/** Octets of JSSE's padding, and of an alert with it. */
const PADDING = 16;
const PADDED_ALERT = 19 + PADDING;
/** Octets of an encrypted Finished in TLS 1.3: with SHA-256, with SHA-384; with a short tag; with the padding of JSSE; with an empty Certificate in one record. */
const FINISHED: ReadonlySet<number> = new Set([53, 69, 45, 61, 85, 77]);

/** A Certificate message whose list could be read. */
export type ReadCertificate = Certificate & Required<Pick<Certificate, "certificates">>;

/** The view of one handshake. */
export class Look {
  readonly handshake: Handshake;
  readonly side: CaptureSide;
  readonly messages: readonly Message[];
  readonly events: readonly TransportEvent[];
  /** The first ClientHello, and the one after a HelloRetryRequest. */
  readonly hello: ClientHello | undefined;
  readonly secondHello: ClientHello | undefined;
  readonly serverHello: ServerHello | undefined;
  readonly retries: readonly ServerHello[];
  readonly offer: Offer;
  readonly choice: Choice;
  readonly request: CertificateRequest | undefined;
  readonly alert: FatalAlert | undefined;
  readonly stack: Stack;

  constructor(handshake: Handshake, side: CaptureSide) {
    this.handshake = handshake;
    this.side = side;
    this.messages = Array.isArray(handshake.messages) ? handshake.messages : [];
    this.events = Array.isArray(handshake.events) ? handshake.events : [];
    const hellos = this.messages.filter((message): message is ClientHello => message.type === "client_hello");
    this.hello = hellos[0];
    this.serverHello = this.messages.find((message): message is ServerHello => message.type === "server_hello");
    this.retries = this.messages.filter((message): message is ServerHello => message.type === "hello_retry_request");
    this.secondHello = this.retries.length > 0 ? hellos[1] : undefined;
    this.offer = offerOf(this.hello ?? ({} as ClientHello));
    const { version, cipherSuite: suite, group, signatureScheme: scheme, alpn } = handshake.negotiated ?? {};
    this.choice = {
      ...(version === undefined ? {} : { version }),
      ...(suite === undefined ? {} : { suite }),
      ...(group === undefined ? {} : { group }),
      ...(scheme === undefined ? {} : { scheme }),
      ...(alpn === undefined ? {} : { alpn }),
    };
    this.request = this.messages.find((message): message is CertificateRequest => message.type === "certificate_request");
    this.alert = alertOf(handshake.failure);
    this.stack = stackOf(handshake, this.hello);
  }

  get established(): boolean {
    return this.handshake.outcome === "established";
  }

  get failure(): Failure | undefined {
    return this.handshake.outcome === "failed" ? this.handshake.failure : undefined;
  }

  /** The chosen version (DTLS: its TLS counterpart), 0 if none was seen. */
  get version(): number {
    return this.choice.version === undefined ? 0 : tlsCounterpart(numberOf(this.choice.version));
  }

  /** Was TLS 1.3 chosen? Then what follows the hellos is hidden. */
  get isTls13(): boolean {
    return this.version === 0x0304 || this.version >> 8 >= 0x7e;
  }

  /** Certificates that the server sent, the leaf first; empty if none was seen. */
  get chain(): readonly CertificateEntry[] {
    return this.certificateOf("server")?.certificates ?? [];
  }

  /** The Certificate message of a side, if it could be read: whether a damaged one has a certificate is unknown. */
  certificateOf(from: "client" | "server"): ReadCertificate | undefined {
    return this.messages.find((message): message is ReadCertificate => {
      if (message.type !== "certificate" || message.from !== from || message.certificates === undefined) return false;
      return message.malformed === undefined || message.certificates.length > 0;
    });
  }

  /** The first message of a type. */
  first<T extends Message["type"]>(type: T, from?: "client" | "server"): Extract<Message, { type: T }> | undefined {
    return this.messages.find(
      (message): message is Extract<Message, { type: T }> => message.type === type && (from === undefined || message.from === from),
    );
  }

  /** Alerts in plaintext at warning level. */
  get warnings(): readonly Alert[] {
    return this.messages.filter((message): message is Alert => message.type === "alert" && numberOf(message.level) === 1);
  }

  /** Did the server send no TLS, with nothing lost? */
  get isUnanswered(): boolean {
    return this.hello !== undefined && !this.messages.some(({ from }) => from === "server") && this.lost === undefined;
  }

  /** Octets from the server that did not arrive. */
  get lost(): TransportEvent | undefined {
    return this.events.find(({ kind, from }) => kind === "gap" && from === "server");
  }

  /** Did the server end it right after the first hello, in whatever way? */
  get endsAfterHello(): boolean {
    const failure = this.failure;
    if (failure === undefined || this.hello === undefined || this.serverHello !== undefined || this.retries.length > 0) return false;
    if (this.lost !== undefined && this.alert === undefined) return false;
    return failure.by !== "client" && failure.kind !== "not-tls";
  }

  /** Did the server refuse the first hello with one of these alerts? */
  refusedWith(...numbers: readonly number[]): boolean {
    return this.endsAfterHello && this.alert?.by === "server" && numbers.includes(this.alert.number);
  }

  /** Did the client abort because of the server's answer: with an alert, or at once and silently before sending anything more? */
  get abort(): Abort | undefined {
    const { alert, failure } = this;
    if (alert !== undefined) return alert.by === "client" ? alert : undefined;
    if (failure?.by !== "client" || (failure.kind !== "close" && failure.kind !== "reset")) return undefined;
    const answer = this.messages.findLast(({ from }) => from === "server");
    const end = this.events.find(
      ({ packet, kind, from }) => packet === failure.packet && from === "client" && (kind === "fin" || kind === "rst"),
    );
    if (answer === undefined || end === undefined || this.first("client_key_exchange") !== undefined || this.records("client").length > 0)
      return undefined;
    return Date.parse(end.time) - Date.parse(answer.time) < AT_ONCE ? { number: -1, packet: end.packet } : undefined;
  }

  /** Octets of the ClientHello with its header, 0 without one. */
  get helloLength(): number {
    return this.hello === undefined ? 0 : this.hello.length + 4;
  }

  /** How many packets carry the ClientHello. */
  get helloPackets(): number {
    return this.hello?.packets.length ?? 0;
  }

  /** When the ClientHello was captured; µs since 1970, NaN without one. */
  get time(): number {
    return Date.parse(this.hello?.time ?? "") * 1_000;
  }

  /** ALPN protocols in the server's answer. */
  get answeredAlpn(): readonly string[] {
    const encrypted = this.first("encrypted_extensions");
    return [this.serverHello?.extensions, encrypted?.extensions].flatMap((extensions) =>
      stringsIn(dataOf(extensions, EXTENSION.alpn)?.["protocols"]),
    );
  }

  /** Encrypted records of a side, in their order. */
  records(from: "client" | "server"): readonly TransportEvent[] {
    return this.events.filter((event) => event.kind === "encrypted" && event.from === from);
  }

  /** Encrypted records of a side after its Finished. */
  later(from: "client" | "server"): readonly TransportEvent[] {
    const records = this.records(from);
    const read = this.#finished(from);
    if (read !== undefined) return records.filter(({ packet }) => packet >= read.packet);
    const isFinished = this.isTls13
      ? ({ length = 0, packet }: TransportEvent): boolean => FINISHED.has(length) && packet >= (this.serverHello?.packet ?? 0)
      : ({ content }: TransportEvent): boolean => content === "handshake";
    const finished = records.findIndex(isFinished);
    const last = finished < 0 && from === "client" ? this.#together(records) : finished;
    return last < 0 ? [] : records.slice(last + 1);
  }

  /** TLS 1.3: the record in which BoringSSL sends a certificate together with its Finished, which is the first after the server's hello; or -1. */
  #together(records: readonly TransportEvent[]): number {
    if (!this.isTls13 || this.offer.extensions.includes(EXTENSION.earlyData)) return -1;
    const first = records.findIndex(({ packet }) => packet > (this.serverHello?.packet ?? 0));
    return (records[first]?.length ?? 0) > LEAST_CERTIFICATE ? first : -1;
  }

  /** Did the client send application data? */
  get clientSpoke(): boolean {
    return this.later("client").some(
      ({ content, length = 0 }) => content === "application_data" && !(this.isTls13 && this.#isAlertSized("client", length)),
    );
  }

  /** TLS 1.3: the server's flight is complete, and the client left at once without answering it. */
  get earlyLeave(): Leave | undefined {
    const { failure } = this;
    if (!this.isTls13 || failure?.by !== "client" || (failure.kind !== "close" && failure.kind !== "reset")) return undefined;
    const finished = this.#finished("server") ?? this.records("server").find(({ length = 0 }) => FINISHED.has(length));
    const end = this.events.find(({ packet, kind }) => packet === failure.packet && (kind === "fin" || kind === "rst"));
    if (finished === undefined || end === undefined || this.records("client").length > 0) return undefined;
    if (this.messages.some(({ from, packet }) => from === "client" && packet > finished.packet)) return undefined;
    return Date.parse(end.time) - Date.parse(finished.time) < AT_ONCE ? { packet: end.packet, said: false } : undefined;
  }

  /** Octets with which a side pads its handshake messages and alerts in TLS 1.3, as JSSE does; its Finished shows it. */
  padding(from: "client" | "server"): number {
    const bare = 21 + (this.choice.suite?.id === "0x1302" ? 48 : 32);
    const after = this.records(from).filter(({ packet }) => packet >= (this.serverHello?.packet ?? 0));
    return this.isTls13 && after.some(({ length = 0 }) => length === bare + PADDING) ? PADDING : 0;
  }

  #isAlertSized(from: "client" | "server", length: number): boolean {
    return ALERT_SIZED.has(length) || (length === PADDED_ALERT && this.padding(from) > 0);
  }

  /** The client completed its side of the handshake, and left soon without data: it rejected what it received. */
  get leave(): Leave | undefined {
    const { parting } = this;
    return parting === undefined || parting.idle >= SOON ? undefined : parting;
  }

  /** The client completed its side of the handshake, and left without data, at once or after waiting. */
  get parting(): Parting | undefined {
    if (this.handshake.protocol === "quic" || this.clientSpoke || this.serverHello === undefined) return undefined;
    if (this.handshake.outcome === "failed" && this.handshake.failure?.by !== "client") return undefined;
    const records = this.records("client");
    const done =
      this.#finished("client") ??
      records.find(({ content, length = 0 }) => (this.isTls13 ? FINISHED.has(length) : content === "handshake"));
    if (done === undefined) return undefined;
    const end = this.events.find(({ kind, packet }) => (kind === "fin" || kind === "rst") && packet >= done.packet);
    // The client's data may be in what the capture lacks.
    if (this.events.some(({ kind, from, packet }) => kind === "gap" && from === "client" && packet > done.packet)) return undefined;
    // A client that renegotiates has not rejected anything.
    if (this.later("client").some(({ content }) => content === "handshake")) return undefined;
    const alert =
      this.warnings.find(({ from, packet }) => from === "client" && packet >= done.packet) ??
      this.later("client").find(({ content, length = 0 }) => content === "alert" || (this.isTls13 && this.#isAlertSized("client", length)));
    if (end === undefined && alert === undefined) return undefined;
    if (end !== undefined && end.from === "server" && (alert === undefined || alert.packet > end.packet)) return undefined;
    const last = alert === undefined || (end !== undefined && end.packet < alert.packet) ? end : alert;
    return { packet: last?.packet ?? 0, said: alert !== undefined, idle: Date.parse(last?.time ?? "") - this.#completed(done) };
  }

  /** A decrypted Finished. */
  #finished(side: "client" | "server"): Message | undefined {
    return this.messages.find(({ type, from }) => type === "finished" && from === side);
  }

  /** When the client could judge: after sending its Finished and, before TLS 1.3, receiving the server's. */
  #completed(done: { readonly time: string; readonly packet: number }): number {
    const answer = this.isTls13
      ? undefined
      : (this.#finished("server") ?? this.records("server").find(({ content, packet }) => content === "handshake" && packet > done.packet));
    return Date.parse((answer ?? done).time);
  }

  /** An observation in this capture. */
  evidence(packet: number | undefined, text: string): Evidence {
    return { side: this.side, packet: packet ?? 0, text };
  }
}

function alertOf(failure: Failure | undefined): FatalAlert | undefined {
  if (failure === undefined || failure.by === "path" || (failure.kind !== "alert" && failure.alert === undefined)) return undefined;
  const number = numberOf(failure.alert);
  // A QUIC error that carries an alert is 0x0100 above it (RFC 9001 §4.8).
  return {
    by: failure.by,
    number: number >= 0x100 && number < 0x200 ? number - 0x100 : number,
    name: failure.alert?.name ?? "an encrypted alert",
    packet: failure.packet,
    after: failure.after ?? "",
  };
}
