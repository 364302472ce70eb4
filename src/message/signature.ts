/** A signature as messages carry it: since TLS 1.2 with its scheme (RFC 5246 §4.7), then a length and octets, which are not decoded. */
import type { Cursor } from "../bytes/cursor.ts";
import { codePoint } from "../registry/codepoint.ts";
import type { DecodedBody } from "./message.ts";
import { isVector16ToEnd, readLength16 } from "./read-values.ts";

const TLS12 = 0x0303;

/** Reads `signatureScheme`, if `version` has one, and `signatureLength`. While the version is 0 (unknown), what fits decides. */
export function readSignature(body: Cursor, fields: DecodedBody, version: number): void {
  const withScheme = version === 0 ? isVector16ToEnd(body, body.position + 2) : version >= TLS12;
  if (withScheme) fields["signatureScheme"] = codePoint("signature_schemes", body.at("algorithm").u16());
  fields["signatureLength"] = readLength16(body.at("signature"));
}
