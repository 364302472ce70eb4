/** The error texts of stacks that receive a fatal alert, which people search for, made from each stack's own words for alerts. */
import type { Symptom } from "./contract.ts";

/** An alert's number and name, OpenSSL's and Go's words for it. */
type Words = readonly [number: number, name: string, openssl: string, go: string];

const ALERTS: readonly Words[] = [
  [10, "unexpected_message", "sslv3 alert unexpected message", "unexpected message"],
  [20, "bad_record_mac", "sslv3 alert bad record mac", "bad record MAC"],
  [22, "record_overflow", "tlsv1 alert record overflow", "record overflow"],
  [40, "handshake_failure", "sslv3 alert handshake failure", "handshake failure"],
  [42, "bad_certificate", "sslv3 alert bad certificate", "bad certificate"],
  [43, "unsupported_certificate", "sslv3 alert unsupported certificate", "unsupported certificate"],
  [44, "certificate_revoked", "sslv3 alert certificate revoked", "revoked certificate"],
  [45, "certificate_expired", "sslv3 alert certificate expired", "expired certificate"],
  [46, "certificate_unknown", "sslv3 alert certificate unknown", "unknown certificate"],
  [47, "illegal_parameter", "sslv3 alert illegal parameter", "illegal parameter"],
  [48, "unknown_ca", "tlsv1 alert unknown ca", "unknown certificate authority"],
  [49, "access_denied", "tlsv1 alert access denied", "access denied"],
  [50, "decode_error", "tlsv1 alert decode error", "error decoding message"],
  [51, "decrypt_error", "tlsv1 alert decrypt error", "error decrypting message"],
  [70, "protocol_version", "tlsv1 alert protocol version", "protocol version not supported"],
  [71, "insufficient_security", "tlsv1 alert insufficient security", "insufficient security level"],
  [80, "internal_error", "tlsv1 alert internal error", "internal error"],
  [86, "inappropriate_fallback", "tlsv1 alert inappropriate fallback", "inappropriate fallback"],
  [109, "missing_extension", "tlsv13 alert missing extension", "missing extension"],
  [112, "unrecognized_name", "tlsv1 unrecognized name", "unrecognized name"],
  [116, "certificate_required", "tlsv13 alert certificate required", "certificate required"],
  [120, "no_application_protocol", "tlsv1 alert no application protocol", "no application protocol"],
];

/** What clients say when the server sends this alert. */
export function received(number: number): readonly Symptom[] {
  const words = ALERTS.find(([known]) => known === number);
  if (words === undefined) throw new RangeError(`no words for alert ${number}`);
  const [, name, openssl, go] = words;
  const reason = openssl.replaceAll(" ", "_").toUpperCase();
  return [
    { stack: "Go", text: `remote error: tls: ${go}` },
    { stack: "Python", text: `ssl.SSLError: [SSL: ${reason}] ${openssl}` },
    { stack: "OpenSSL", text: `SSL routines:ssl3_read_bytes:${openssl}: SSL alert number ${number}` },
    { stack: "Node.js", text: `ERR_SSL_${reason}: SSL routines:ssl3_read_bytes:${openssl}` },
    { stack: "Java", text: `javax.net.ssl.SSLHandshakeException: Received fatal alert: ${name}` },
  ];
}

/** The connection ended without an alert. */
export const RESET: readonly Symptom[] = [
  { stack: "Go", text: "read: connection reset by peer" },
  { stack: "Python", text: "ConnectionResetError: [Errno 104] Connection reset by peer" },
  { stack: "curl", text: "curl: (35) Recv failure: Connection reset by peer" },
  { stack: "Node.js", text: "Error: read ECONNRESET" },
  { stack: "Java", text: "java.net.SocketException: Connection reset" },
];

/** The server closed the connection in an orderly way, without an alert. */
export const CLOSED: readonly Symptom[] = [
  { stack: "Go", text: "EOF" },
  { stack: "Python", text: "ssl.SSLEOFError: [SSL: UNEXPECTED_EOF_WHILE_READING] EOF occurred in violation of protocol" },
  { stack: "curl", text: "curl: (35) error:0A000126:SSL routines::unexpected eof while reading" },
  { stack: "Node.js", text: "Error: Client network socket disconnected before secure TLS connection was established" },
  { stack: "Java", text: "javax.net.ssl.SSLHandshakeException: Remote host terminated the handshake" },
];

/** Nobody answers. */
export const SILENCE: readonly Symptom[] = [
  { stack: "Go", text: "net/http: TLS handshake timeout" },
  { stack: "Python", text: "TimeoutError: _ssl.c: The handshake operation timed out" },
  { stack: "curl", text: "curl: (28) SSL connection timeout" },
  { stack: "Java", text: "java.net.SocketTimeoutException: Read timed out" },
];

/** The client does not trust the server's certificate. */
export const UNTRUSTED: readonly Symptom[] = [
  { stack: "Go", text: "tls: failed to verify certificate: x509: certificate signed by unknown authority" },
  {
    stack: "Python",
    text: "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate",
  },
  { stack: "curl", text: "curl: (60) SSL certificate problem: unable to get local issuer certificate" },
  { stack: "Node.js", text: "UNABLE_TO_VERIFY_LEAF_SIGNATURE: unable to verify the first certificate" },
  { stack: "Java", text: "PKIX path building failed: unable to find valid certification path to requested target" },
];
