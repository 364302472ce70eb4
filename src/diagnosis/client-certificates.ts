/** The client's certificate and the server's refusal of it, for several rules. */
import type { TransportEvent } from "../handshake/handshake.ts";
import type { CertificateRequest } from "../message/message.ts";
import type { Claim } from "./contract.ts";
import { LEAST_CERTIFICATE, type Look, type ReadCertificate } from "./look.ts";
import { EXTENSION, isAlike, numberOf } from "./offer.ts";
import { refusalPage } from "./refusal-page.ts";
import { keyOfScheme } from "./signatures.ts";
import type { View } from "./view.ts";

/** Sizes, in octets, of the encrypted messages by which a client in TLS 1.3 says that it has no certificate. */
interface Sizes {
  /** An empty Certificate: header, context, empty list, type, tag. */
  readonly empty: ReadonlySet<number>;
  /** The Finished after it, with SHA-256 and SHA-384. */
  readonly finished: ReadonlySet<number>;
  /** One record with both, as BoringSSL sends them. */
  readonly together: ReadonlySet<number>;
}

/** JSSE pads each message with 16 octets more. */
const TLS: Sizes = { empty: new Set([25, 41]), finished: new Set([53, 69, 85]), together: new Set([61, 77]) };
/** The header of a message has 8 octets more in datagrams, and a record holds one message. */
const DTLS: Sizes = { empty: new Set([33]), finished: new Set([61, 77]), together: new Set() };

/** GnuTLS' answer to an empty Certificate message. */
const DECODE_ERROR = 50;

/** Milliseconds within which a server judges a certificate; if it ends the connection later, it may have waited for something else. */
const AT_ONCE = 1_000;

/** The evidence for nginx's error page. */
export const PAGE_WORDS =
  "the server's answer is as long as nginx's error page about client certificates, and the connection ends after it";

/** The server's end of the connection after the client's flight. */
export interface Refusal {
  /** The alert's number; -1 if it is encrypted, -2 if there is none: Node.js just closes the connection, nginx answers in HTTP. */
  readonly number: number;
  readonly packet: number;
  readonly words: string;
}

/** The client's Certificate message. */
export function clientCertificate(look: Look): ReadCertificate | undefined {
  return look.certificateOf("client");
}

/** Does the request list schemes for only one kind of key, RSA or ECDSA? A client that has only a key of the other kind sends no certificate. */
export function asksForOneKind(request: CertificateRequest | undefined): boolean {
  const schemes = request?.signatureSchemes ?? [];
  return new Set(schemes.map((scheme) => keyOfScheme(numberOf(scheme))?.replace(/^P-.*/, "ECDSA"))).size === 1;
}

/** The server refused after the client had sent its certificate, or none. */
export function serverRefused({ failing }: View): Refusal | undefined {
  const { alert } = failing;
  const sent = clientCertificate(failing);
  if (sent === undefined) return undefined;
  if (alert === undefined) return refusedByPage(failing, sent) ?? leftWithoutAlert(failing, sent);
  if (alert.by !== "server" || alert.packet < sent.packet) return undefined;
  const isNone = sent.certificates.length === 0 && alert.number === DECODE_ERROR;
  if (!isNone && ![40, 41, 42, 43, 44, 45, 46, 48, 49, 116, -1].includes(alert.number)) return undefined;
  return { number: alert.number, packet: alert.packet, words: `the server sends ${alert.name} after the client's certificate` };
}

/** nginx completes the handshake, and then refuses the certificate in HTTP. */
function refusedByPage(look: Look, sent: ReadCertificate): Refusal | undefined {
  const page = sent.certificates.length === 0 ? undefined : refusalPage(look, "refused");
  return page && { number: -2, packet: page.packet, words: PAGE_WORDS };
}

/** Before TLS 1.3: the server closed the connection immediately after the client's flight; its own Finished may be in between. */
function leftWithoutAlert(look: Look, sent: ReadCertificate): Refusal | undefined {
  const finished = look.isTls13 ? undefined : look.records("client").find(({ packet }) => packet >= sent.packet);
  const end = finished === undefined || look.clientSpoke ? undefined : silentRefusal(look, finished);
  return (
    end && { number: -2, packet: end.packet, words: "the server closes the connection after the client's certificate, without an alert" }
  );
}

/** The end of the connection by the server, immediately after the client's flight and without an alert: a silent refusal. */
export function silentRefusal(look: Look, flight: { readonly packet: number }): { readonly packet: number } | undefined {
  const { failure } = look;
  if (failure?.by !== "server" || (failure.kind !== "close" && failure.kind !== "reset") || failure.packet < flight.packet)
    return undefined;
  const sent = look.events.find(({ packet, kind }) => packet === flight.packet && kind === "encrypted");
  const end = look.events.find(
    ({ packet, kind, from }) => packet === failure.packet && from === "server" && (kind === "fin" || kind === "rst"),
  );
  if (sent === undefined || end === undefined) return undefined;
  return Date.parse(end.time) - Date.parse(sent.time) < AT_ONCE ? end : undefined;
}

/**
 * Both handshakes succeed, one with a client certificate, the other without it or with another one; and only in the latter the server
 * closes the connection at once, after one answer or none: it has refused in the application protocol, as nginx does with HTTP 400, or silently.
 */
export function refusedAfterwards({ failing, working, isSameServer }: View): { readonly packet: number } | undefined {
  if (!failing.established || working?.established !== true || !isSameServer) return undefined;
  return closedByServer(working) === undefined ? closedByServer(failing) : undefined;
}

/** The claim for a certificate that the client did not send, if the handshake succeeds without it; `none` and `sent` are the packets without and with it. */
export function missingAfterwards(view: View, none: number, sent: number | undefined): Claim | undefined {
  const { failing, working } = view;
  const page = refusalPage(failing, "missing");
  if (page !== undefined) return missingByPage(view, none, page.packet);
  // The two clients may differ in other ways: the server asks both for a certificate, and only one has one.
  const end = refusedAfterwards(view);
  if (end === undefined || working === undefined || sent === undefined) return undefined;
  const hello = isAlike(failing.offer, working.offer) ? ", with an equal hello," : "";
  return {
    confidence: "possible",
    summary:
      "the handshake succeeds without a client certificate, but the server closes the connection right after the request: it probably refuses requests without one, as nginx does with HTTP 400",
    evidence: [
      failing.evidence(none, "the server asks for a certificate, and the client sends none"),
      failing.evidence(end.packet, "the server closes the connection after its first answer"),
      working.evidence(sent, `this client${hello} sends a certificate, and the server does not close`),
    ],
  };
}

/** The same claim, based on nginx's error page; if both clients get that page, it does not explain the difference. */
function missingByPage({ failing, working, isSameServer }: View, none: number, page: number): Claim | undefined {
  if (working !== undefined && refusalPage(working, "missing") !== undefined) return undefined;
  return {
    confidence: working?.established === true && isSameServer ? "likely" : "possible",
    summary:
      "the handshake succeeds without a client certificate, and then the server refuses the request in HTTP for lack of one, as nginx does",
    evidence: [failing.evidence(none, "the server asks for a certificate, and the client sends none"), failing.evidence(page, PAGE_WORDS)],
  };
}

/** The server's close right after the client's first data, before the client's own close. */
function closedByServer(look: Look): { readonly packet: number } | undefined {
  const [said] = look.clientSpoke ? look.later("client") : [];
  const end = look.events.find(({ kind }) => kind === "fin" || kind === "rst");
  if (said === undefined || end?.from !== "server" || Date.parse(end.time) - Date.parse(said.time) >= AT_ONCE) return undefined;
  const goodbye = look.later("client").find(({ content, packet }) => content === "alert" && packet < end.packet);
  return goodbye === undefined ? end : undefined;
}

/** TLS 1.3: the encrypted record that can be the client's certificate: long, and before its Finished, or with it in one record as BoringSSL sends them. */
export function certificateRecord(look: Look): TransportEvent | undefined {
  const records = flightOf(look);
  const finished = records.findIndex(({ length }) => sizesOf(look).finished.has(length ?? 0));
  // Early data may precede it.
  if (finished < 0 && look.offer.extensions.includes(EXTENSION.earlyData)) return undefined;
  return records.slice(0, finished < 0 ? 1 : finished).find(({ length = 0 }) => length > LEAST_CERTIFICATE);
}

/** TLS 1.3: the encrypted record in which the client sends no certificate. */
export function emptyCertificateRecord(look: Look): TransportEvent | undefined {
  const records = flightOf(look);
  const { empty, finished, together } = sizesOf(look);
  if (together.has(records[0]?.length ?? 0)) return records[0];
  const at = records.findIndex(({ length }) => empty.has(length ?? 0));
  return at >= 0 && finished.has(records[at + 1]?.length ?? 0) ? records[at] : undefined;
}

/** What the client encrypts after the server's hello. */
function flightOf(look: Look): readonly TransportEvent[] {
  return look.records("client").filter(({ packet }) => packet > (look.serverHello?.packet ?? 0));
}

function sizesOf({ handshake }: Look): Sizes {
  return handshake.protocol === "dtls" ? DTLS : TLS;
}
