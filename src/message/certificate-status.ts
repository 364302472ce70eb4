/** CertificateStatus (RFC 6066 §8, RFC 6961 §2.2): the revocation status of the server's certificate, or of its whole chain. */
import type { Cursor } from "../bytes/cursor.ts";
import { codePoint } from "../registry/codepoint.ts";
import type { DecodedBody } from "./message.ts";
import { readLength24 } from "./read-values.ts";

const OCSP_MULTI = 2;

/** Reads `statusType` and `responseLengths` (octets; 0 for a certificate without a response). */
export function decodeCertificateStatus(body: Cursor, fields: DecodedBody): void {
  const type = body.at("status_type").u8();
  fields["statusType"] = codePoint("certificate_status_types", type);
  body.at("response");
  fields["responseLengths"] = type === OCSP_MULTI ? body.vector24().all(readLength24) : [readLength24(body)];
}
