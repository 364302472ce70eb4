/**
 * Handshake messages and alerts from octets to fields. A message's type and body come in (without
 * the header of 4 octets, 12 in DTLS), its fields go out in the order of the JSON contract. Nothing is thrown: damage
 * ends the decoding, what was read before it stays, and `malformed` says what was wrong and where.
 */
import { Cursor, DecodeFault } from "../bytes/cursor.ts";
import { toHex } from "../bytes/hex.ts";
import { codePoint } from "../registry/codepoint.ts";
import { decodeAlertBody } from "./alert.ts";
import { decodeCertificate } from "./certificate.ts";
import { decodeCertificateRequest } from "./certificate-request.ts";
import { decodeCertificateStatus } from "./certificate-status.ts";
import { decodeCertificateUrl } from "./certificate-url.ts";
import { decodeCertificateVerify } from "./certificate-verify.ts";
import { decodeClientHello } from "./client-hello.ts";
import { decodeClientKeyExchange } from "./client-key-exchange.ts";
import { decodeCompressedCertificate } from "./compressed-certificate.ts";
import type { BodyDecoder } from "./decoder.ts";
import { decodeEmpty } from "./empty.ts";
import { decodeEncryptedExtensions } from "./encrypted-extensions.ts";
import { decodeFinished } from "./finished.ts";
import { decodeHelloRetryRequest } from "./hello-retry-request.ts";
import { decodeHelloVerifyRequest } from "./hello-verify-request.ts";
import { decodeKeyUpdate } from "./key-update.ts";
import type { DecodeContext, DecodedBody, Message } from "./message.ts";
import { decodeNewSessionTicket } from "./new-session-ticket.ts";
import { decodeNextProtocol } from "./next-protocol.ts";
import { decodeServerHello } from "./server-hello.ts";
import { decodeServerKeyExchange } from "./server-key-exchange.ts";
import { decodeSslv2ClientHello, decodeSslv2ServerHello } from "./sslv2-hello.ts";
import { decodeSupplementalData } from "./supplemental-data.ts";

/** A kind of message: its name and the decoder of its body. */
interface Kind {
  readonly type: Message["type"];
  readonly decode: BodyDecoder;
}

/** THE list of handshake messages by HandshakeType (RFC 9846 §4, RFC 5246 §7.4). */
const KINDS: ReadonlyMap<number, Kind> = new Map<number, Kind>([
  [0, { type: "hello_request", decode: decodeEmpty }],
  [1, { type: "client_hello", decode: decodeClientHello }],
  [2, { type: "server_hello", decode: decodeServerHello }],
  [3, { type: "hello_verify_request", decode: decodeHelloVerifyRequest }],
  [4, { type: "new_session_ticket", decode: decodeNewSessionTicket }],
  [5, { type: "end_of_early_data", decode: decodeEmpty }],
  [6, { type: "hello_retry_request", decode: decodeHelloRetryRequest }],
  [8, { type: "encrypted_extensions", decode: decodeEncryptedExtensions }],
  [11, { type: "certificate", decode: decodeCertificate }],
  [12, { type: "server_key_exchange", decode: decodeServerKeyExchange }],
  [13, { type: "certificate_request", decode: decodeCertificateRequest }],
  [14, { type: "server_hello_done", decode: decodeEmpty }],
  [15, { type: "certificate_verify", decode: decodeCertificateVerify }],
  [16, { type: "client_key_exchange", decode: decodeClientKeyExchange }],
  [20, { type: "finished", decode: decodeFinished }],
  [21, { type: "certificate_url", decode: decodeCertificateUrl }],
  [22, { type: "certificate_status", decode: decodeCertificateStatus }],
  [23, { type: "supplemental_data", decode: decodeSupplementalData }],
  [24, { type: "key_update", decode: decodeKeyUpdate }],
  [25, { type: "compressed_certificate", decode: decodeCompressedCertificate }],
  [0x43, { type: "next_protocol", decode: decodeNextProtocol }],
]);

/**
 * Decodes the body of a handshake message into `fields`, which may hold the message's header already.
 * A message of unknown type becomes `unknown`, with its body in hex.
 */
export function decodeMessage(
  handshakeType: number,
  body: Uint8Array,
  context: DecodeContext,
  fields: DecodedBody = { type: "unknown" },
): DecodedBody {
  const kind = KINDS.get(handshakeType);
  if (kind !== undefined) return decode(kind.type, kind.decode, body, context, fields);
  fields.type = "unknown";
  fields["handshakeType"] = codePoint("handshake_types", handshakeType);
  fields["hex"] = toHex(body);
  return fields;
}

/** The `type` that {@link decodeMessage} gives a message of this handshake type, if it is not a hello. */
export function messageType(handshakeType: number): Message["type"] {
  return KINDS.get(handshakeType)?.type ?? "unknown";
}

/** Decodes the body of an alert record (RFC 9846 §6) into `fields`. */
export function decodeAlert(body: Uint8Array, fields: DecodedBody = { type: "alert" }): DecodedBody {
  return decode("alert", decodeAlertBody, body, NO_CONTEXT, fields);
}

/** Decodes a hello in the form of SSL 2.0, its type octet first, into `fields`. */
export function decodeSslv2Hello(body: Uint8Array, fields: DecodedBody = { type: "unknown" }): DecodedBody {
  const isClient = body[0] === 1;
  const decoder = isClient ? decodeSslv2ClientHello : decodeSslv2ServerHello;
  return decode(isClient ? "client_hello" : "server_hello", decoder, body.subarray(1), NO_CONTEXT, fields);
}

const NO_CONTEXT: DecodeContext = { protocol: "tls", from: "client", version: 0, cipherSuite: -1 };

function decode(type: Message["type"], decoder: BodyDecoder, body: Uint8Array, context: DecodeContext, fields: DecodedBody): DecodedBody {
  const cursor = new Cursor(body);
  fields.type = type;
  try {
    decoder(cursor, fields, context);
    cursor.finish();
  } catch (fault) {
    if (!(fault instanceof DecodeFault)) throw fault;
    fields.malformed = fault.words();
  }
  return fields;
}
