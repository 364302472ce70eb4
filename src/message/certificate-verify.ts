/** CertificateVerify (RFC 9846 §4.4.3, RFC 5246 §7.4.8): proof that the sender has the private key of its certificate. */
import type { Cursor } from "../bytes/cursor.ts";
import type { DecodeContext, DecodedBody } from "./message.ts";
import { readSignature } from "./signature.ts";

/** Reads `signatureScheme` (since TLS 1.2) and `signatureLength`. */
export function decodeCertificateVerify(body: Cursor, fields: DecodedBody, context: DecodeContext): void {
  readSignature(body, fields, context.version);
}
