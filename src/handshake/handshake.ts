/**
 * The model: one attempt of a client and a server to agree, as plain data in the shape of the JSON
 * contract (schemaVersion 1). Everything downstream reads only this, so a saved report gives the
 * same comparison as the capture from which it was made.
 */
import type { Note } from "../fault/note.ts";
import type { CodePoint } from "../registry/codepoint.ts";
import type { Message, Side } from "../message/message.ts";
import type { CertificateChains } from "./certificate-chain.ts";
import type { EncryptedHello } from "./encrypted-hello.ts";

/** An address and a port. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** How it ended; `incomplete` if the capture does not show the end. */
export type Outcome = "established" | "failed" | "incomplete";

/** What ended a handshake that failed. */
export type FailureKind =
  | "alert"
  | "reset"
  | "close"
  | "timeout"
  | "not-tls"
  | "version-negotiation"
  | "refused"
  | "proxy"
  | "starttls-refused"
  | "transport-error";

/** How a handshake failed, and who ended it. */
export interface Failure {
  readonly kind: FailureKind;
  /** `path`: a third party between the two. */
  readonly by: Side | "path";
  /** The packet that shows it. */
  readonly packet: number;
  /** The alert, if it could be read. */
  readonly alert?: CodePoint;
  /** The alert was sent encrypted, so its description is not known. */
  readonly encrypted?: true;
  /** The last message of the other side before the failure. */
  readonly after?: string;
  /** `not-tls`: the first line of what came instead. `proxy`, `starttls-refused`: the words of the refusal. */
  readonly text?: string;
  /** `not-tls`: the protocol that was spoken instead, if it was recognised: `http`, `smtp`, `ssh` and others. */
  readonly protocol?: string;
  /** `starttls-refused`: the server did not refuse; it never offered TLS, and the client went no further. */
  readonly notOffered?: true;
}

/** What both sides agreed on, as far as the capture shows it. */
export interface Negotiated {
  readonly version?: CodePoint;
  readonly cipherSuite?: CodePoint;
  readonly group?: CodePoint;
  readonly signatureScheme?: CodePoint;
  readonly alpn?: string;
  /** A session was resumed (PSK accepted, or session id or ticket honoured), if the capture shows it. */
  readonly resumed?: true;
}

/** JA3 and JA4 of the ClientHello, JA3S of the ServerHello: digests, and the texts that were hashed. */
export interface Fingerprints {
  readonly ja3?: string;
  readonly ja3Text?: string;
  readonly ja3s?: string;
  readonly ja3sText?: string;
  readonly ja4?: string;
  readonly ja4r?: string;
  /** JA4 of the second ClientHello (after a HelloRetryRequest and the like), if it differs. */
  readonly secondJa4?: string;
  readonly secondJa4r?: string;
}

/** Whose hello it is, according to the library of recorded clients. */
export interface ClientStack {
  /** The TLS library: `Go crypto/tls`, `OpenSSL`, …; null if several fit, or none. */
  readonly name: string | null;
  /** Its versions that send such a hello: `1.22 - 1.23`; absent if unknown. */
  readonly versions?: string;
  /** `exact`: a recorded hello has the same shape; `near`: one is similar, and none of another library is; `none`: unknown. */
  readonly match: "exact" | "near" | "none";
  /** Programs on the library that send such a hello, those that imitate others among them. */
  readonly candidates: readonly string[];
  /** How it differs from what the library sends by default, one phrase for each difference. */
  readonly deviations: readonly string[];
  /** Settings with which recorded clients send it, as one types them, `default` for none; absent if the default is the only one. */
  readonly settings?: readonly string[];
  /** `near` only: how much it differs, from 0.1 up. */
  readonly distance?: number;
}

/** `ack` is how much of the other side's first octets was acknowledged before any answer; `encrypted` is a record or packet whose content cannot be read; the last three are QUIC's; the others are what TCP shows. */
export type EventKind =
  | "syn"
  | "syn-ack"
  | "fin"
  | "rst"
  | "retransmission"
  | "gap"
  | "segment"
  | "ack"
  | "encrypted"
  | "retry"
  | "version-negotiation"
  | "connection-close";

/** A transport event on which a conclusion may rest. */
export interface TransportEvent {
  readonly kind: EventKind;
  readonly from: Side;
  readonly packet: number;
  readonly time: string;
  readonly ttl?: number;
  /** Octets of payload (`segment`, `retransmission`), acknowledged from the beginning (`ack`), of the hole (`gap`), of the record's body (`encrypted`). */
  readonly length?: number;
  /** `encrypted` only: the record's content type. */
  readonly content?: string;
  /** `encrypted` only: a key log has opened it, and `content` is what is inside. */
  readonly decrypted?: true;
  /** `connection-close` only: QUIC's error code. */
  readonly error?: CodePoint;
}

/** One line or protocol unit of the plaintext before TLS. */
export interface DialogueLine {
  readonly from: Side;
  readonly packet: number;
  /** Safe to print; what may be secret is `[redacted]`. */
  readonly text: string;
}

/** One attempt to agree. */
export interface Handshake {
  /** From 1 within the capture, in the order of first messages. */
  readonly id: number;
  readonly protocol: "tls" | "dtls" | "quic" | "sslv2";
  readonly transport: { readonly protocol: "tcp" | "udp"; readonly client: Endpoint; readonly server: Endpoint };
  /** Number of the connection within the capture, from 0, as Wireshark numbers `tcp.stream`. */
  readonly stream: number;
  /** Not a connection, but the recorded hello of the client with this id: it has no server side. */
  readonly reference?: string;
  /** The plaintext protocol that switched to TLS: `smtp`, `imap`, `postgresql` and others. */
  readonly startTls?: string;
  /** The proxy that was asked for a tunnel, or that announced the connection; several are separated by commas. */
  readonly via?: string;
  /** `host:port` that the proxy was asked for, or to which the announced connection went. */
  readonly proxyTarget?: string;
  /** Where the connection came from, according to a PROXY header. */
  readonly proxySource?: string;
  /** The tunnels around its packets, the outermost first: `vxlan`, `gre`, `6in4` and others. */
  readonly tunnels?: readonly string[];
  readonly serverName?: string;
  readonly outcome: Outcome;
  readonly failure?: Failure;
  readonly negotiated: Negotiated;
  /** Absent without a complete ClientHello, and if clients were not to be identified. */
  readonly clientStack?: ClientStack;
  readonly fingerprints: Fingerprints;
  /** The client's offer of Encrypted Client Hello, and what became of it. */
  readonly ech?: EncryptedHello;
  /** How each side's certificates belong together, if they were described. */
  readonly certificateChain?: CertificateChains;
  readonly messages: readonly Message[];
  /** What both sides said in plaintext before TLS, or instead of it. */
  readonly dialogue?: readonly DialogueLine[];
  readonly events: readonly TransportEvent[];
  /** What was ignored or damaged in this connection. */
  readonly notes?: readonly Note[];
  /** Read from a snapshot: addresses, times, packets, certificates and what differs in every connection are not known. */
  readonly snapshot?: true;
}

/** What was read from one input. */
export interface Capture {
  /** As the user named it, as safe text. */
  readonly file: string;
  readonly format?: string;
  readonly compression?: string;
  readonly packets?: number;
  /** Octets of the file, uncompressed. */
  readonly bytes?: number;
  readonly linkTypes?: readonly string[];
  readonly notes: readonly Note[];
  readonly handshakes: readonly Handshake[];
  /** Why the input could not be read, or not to its end: one sentence. */
  readonly error?: { readonly code: string; readonly message: string };
}
