/**
 * Wire messages in the shape that the JSON contract (schemaVersion 1) gives them: plain data, safe
 * text, so that a saved report can be read back and compared like a capture.
 */
import type { CodePoint } from "../registry/codepoint.ts";
import type { CertificateFields } from "../x509/fields.ts";

/** A peer; the client is the one that sends the ClientHello. */
export type Side = "client" | "server";

/** One extension as sent (RFC 9846 §4.2). */
export interface Extension {
  readonly id: string;
  readonly name: string | null;
  /** Octets of `extension_data`. */
  readonly length: number;
  /** The decoded fields; absent if there is no codec or the body is damaged, unless extra octets at its end are the only fault. */
  readonly data?: { readonly [key: string]: unknown };
  /** The body in hex, if there is no `data`, or it does not cover the whole body. */
  readonly hex?: string;
  /** Why the body could not be decoded to its end. */
  readonly malformed?: string;
  /** The same list has an earlier extension of this type, which RFC 9846 §4.2 forbids. */
  readonly duplicate?: true;
}

/** What every message carries besides its fields. */
export interface MessageHeader {
  readonly type: string;
  readonly from: Side;
  /** Number of the packet whose arrival made the message complete. */
  readonly packet: number;
  /** Numbers of all packets that carry its octets. */
  readonly packets: readonly number[];
  /** RFC 3339, UTC, in the capture's own resolution: when `packet` was captured. */
  readonly time: string;
  /** Octets of the message body, without its header. */
  readonly length: number;
  /** `legacy_record_version` of the record in which it began. */
  readonly recordVersion?: CodePoint;
  /** Decrypted with a key log. */
  readonly decrypted?: true;
  /** Why the message could not be decoded to its end, and at which offset; what was decoded before that is present. */
  readonly malformed?: string;
  /** The message's octets in hex, if they were asked for. */
  readonly octets?: string;
}

/** A damaged one lacks the fields after the damage. */
export interface ClientHello extends MessageHeader {
  readonly type: "client_hello";
  readonly legacyVersion?: CodePoint;
  readonly random?: string;
  readonly sessionId?: string;
  /** DTLS only. */
  readonly cookie?: string;
  readonly cipherSuites?: readonly CodePoint[];
  readonly compressionMethods?: readonly CodePoint[];
  /** Empty when the message has no extensions block. */
  readonly extensions?: readonly Extension[];
  /** In the form of SSL 2.0 (RFC 5246 Appendix E.2); `random` is its challenge. */
  readonly sslv2?: true;
  /** How many records carry it, if more than one. */
  readonly records?: number;
}

/** A damaged one lacks the fields after the damage. */
export interface ServerHello extends MessageHeader {
  readonly type: "server_hello" | "hello_retry_request";
  readonly legacyVersion?: CodePoint;
  /** Absent from the hello_retry_request of TLS 1.3 drafts before 22. */
  readonly random?: string;
  /** Absent from TLS 1.3 drafts before 22. */
  readonly sessionId?: string;
  /** Absent from the hello_retry_request of TLS 1.3 drafts before 19. */
  readonly cipherSuite?: CodePoint;
  /** Absent from TLS 1.3 drafts before 22. */
  readonly compressionMethod?: CodePoint;
  readonly extensions?: readonly Extension[];
  /** In the form of SSL 2.0, which has the next three instead of one suite; `sessionId` is its connection id. */
  readonly sslv2?: true;
  readonly resumed?: boolean;
  readonly cipherSuites?: readonly CodePoint[];
  readonly certificates?: readonly CertificateEntry[];
}

/** DTLS 1.0 and 1.2 only (RFC 6347 §4.2.1). */
export interface HelloVerifyRequest extends MessageHeader {
  readonly type: "hello_verify_request";
  readonly legacyVersion?: CodePoint;
  readonly cookie?: string;
}

/** RFC 9846 §4.3.1. */
export interface EncryptedExtensions extends MessageHeader {
  readonly type: "encrypted_extensions";
  readonly extensions: readonly Extension[];
}

/** A certificate in a Certificate message. The fields of X.509 are filled in if they were asked for. */
export interface CertificateEntry extends CertificateFields {
  readonly sha256: string;
  /** Octets of the DER encoding. */
  readonly length: number;
  /** Certificate extensions of TLS 1.3 (status_request, signed_certificate_timestamp). */
  readonly extensions?: readonly Extension[];
}

/** A damaged one may lack its last certificates, or all of them. */
export interface Certificate extends MessageHeader {
  readonly type: "certificate";
  /** TLS 1.3 only: `certificate_request_context`. */
  readonly requestContext?: string;
  /** Absent for X.509 (RFC 7250: `Raw Public Key`; RFC 6091: `OpenPGP`). */
  readonly certificateType?: CodePoint;
  readonly certificates?: readonly CertificateEntry[];
}

/** RFC 5246 §7.4.3. A damaged one lacks the fields after the damage. */
export interface ServerKeyExchange extends MessageHeader {
  readonly type: "server_key_exchange";
  /** `ECDHE`, `DHE`, `PSK`, `SRP`, … as the suite's key exchange says. */
  readonly keyExchange?: string;
  readonly curveType?: CodePoint;
  readonly group?: CodePoint;
  /** Field size of an explicit curve (RFC 4492 §5.4). */
  readonly curveBits?: number;
  /** Octets of the server's public value. */
  readonly publicLength?: number;
  readonly dhPrimeBits?: number;
  readonly dhGeneratorBits?: number;
  /** SRP only (RFC 5054 §2.5.3). */
  readonly srpPrimeBits?: number;
  readonly srpGeneratorBits?: number;
  /** Octets. */
  readonly srpSaltLength?: number;
  /** The temporary key of an export suite (RFC 2246 §7.4.3). */
  readonly rsaModulusBits?: number;
  readonly rsaExponent?: string;
  readonly pskIdentityHint?: string;
  /** TLS 1.2 only; earlier, the suite determines it. */
  readonly signatureScheme?: CodePoint;
  readonly signatureLength?: number;
  /** The whole body, if no known key exchange fits it. */
  readonly hex?: string;
}

/** RFC 9846 §4.3.2, RFC 5246 §7.4.4. */
export interface CertificateRequest extends MessageHeader {
  readonly type: "certificate_request";
  readonly requestContext?: string;
  readonly certificateTypes?: readonly CodePoint[];
  readonly signatureSchemes?: readonly CodePoint[];
  /** Distinguished names of the authorities that the server accepts: as text if X.509 was asked for, otherwise their DER in hex. */
  readonly authorities?: readonly string[];
  readonly extensions?: readonly Extension[];
}

/** RFC 6066 §8, RFC 6961 §2.2. */
export interface CertificateStatus extends MessageHeader {
  readonly type: "certificate_status";
  readonly statusType?: CodePoint;
  /** Octets of each response. */
  readonly responseLengths?: readonly number[];
}

/** RFC 9846 §4.4.3, RFC 5246 §7.4.8. */
export interface CertificateVerify extends MessageHeader {
  readonly type: "certificate_verify";
  readonly signatureScheme?: CodePoint;
  readonly signatureLength?: number;
}

/** RFC 5246 §7.4.7. */
export interface ClientKeyExchange extends MessageHeader {
  readonly type: "client_key_exchange";
  readonly keyExchange?: string;
  /** Octets of the encrypted premaster secret or of the client's public value. */
  readonly publicLength?: number;
  readonly pskIdentity?: string;
  /** The whole body, where no known key exchange fits it. */
  readonly hex?: string;
}

/** RFC 9846 §4.6.1, RFC 5077 §3.3. */
export interface NewSessionTicket extends MessageHeader {
  readonly type: "new_session_ticket";
  /** Seconds. */
  readonly ticketLifetime?: number;
  readonly ticketLength?: number;
  readonly ticketNonce?: string;
  readonly extensions?: readonly Extension[];
}

/** A damaged one lacks the fields after the damage. */
export interface Alert extends MessageHeader {
  readonly type: "alert";
  readonly level?: CodePoint;
  readonly description?: CodePoint;
}

/** Every other message: its name, and its octets in hex if it has a body that is not decoded. */
export interface OpaqueMessage extends MessageHeader {
  readonly type:
    | "hello_request"
    | "server_hello_done"
    | "end_of_early_data"
    | "finished"
    | "certificate_url"
    | "key_update"
    | "compressed_certificate"
    | "supplemental_data"
    | "next_protocol"
    | "change_cipher_spec"
    | "unknown";
  /** `unknown` only: the handshake type. */
  readonly handshakeType?: CodePoint;
  readonly hex?: string;
  readonly data?: { readonly [key: string]: unknown };
}

/** One wire message: a closed union on `type`. */
export type Message =
  | ClientHello
  | ServerHello
  | HelloVerifyRequest
  | EncryptedExtensions
  | Certificate
  | ServerKeyExchange
  | CertificateRequest
  | CertificateStatus
  | CertificateVerify
  | ClientKeyExchange
  | NewSessionTicket
  | Alert
  | OpaqueMessage;

/**
 * Decompresses `octets` to a Certificate message of `length` octets (RFC 8879 §4; `algorithm` by its number). `null`
 * if that is not what they contain, `undefined` if this platform cannot decompress them. Provided by the caller, because the libraries behind it are heavy.
 */
export type CertificateDecompressor = (algorithm: number, octets: Uint8Array, length: number) => Uint8Array | null | undefined;

/** What must be known of a handshake to decode its next message. */
export interface DecodeContext {
  readonly protocol: "tls" | "dtls" | "quic";
  readonly from: Side;
  /** The negotiated version as on the wire (DTLS: its TLS counterpart), 0 while unknown. */
  readonly version: number;
  /** The negotiated cipher suite, -1 while unknown. */
  readonly cipherSuite: number;
  /** Decompresses certificates; without it, compressed ones are not decoded. */
  readonly decompress?: CertificateDecompressor | undefined;
  /**
   * Read of hellos only what shows how the handshake went: of a client's, whose lengths must add up, the extensions server_name and
   * early_data; of a server's, everything except its random and session id.
   */
  readonly isBrief?: boolean;
}

/** The fields of a message without its header: what a decoder gives. `malformed` says why it stopped. */
export interface DecodedBody {
  type: Message["type"];
  malformed?: string;
  [field: string]: unknown;
}
