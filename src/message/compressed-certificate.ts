/**
 * CompressedCertificate (RFC 8879 §4): a compressed Certificate message. Both lengths are always given; the
 * fields inside only if the caller can decompress it.
 */
import { Cursor, DecodeFault } from "../bytes/cursor.ts";
import { codePoint } from "../registry/codepoint.ts";
import { decodeCertificate } from "./certificate.ts";
import type { DecodeContext, DecodedBody } from "./message.ts";

/** Reads `data`: `algorithm`, `uncompressedLength`, `compressedLength` (octets); and the fields of the certificate inside. */
export function decodeCompressedCertificate(body: Cursor, fields: DecodedBody, context: DecodeContext): void {
  const number = body.at("algorithm").u16();
  const algorithm = codePoint("certificate_compression_algorithms", number);
  fields["data"] = { algorithm };
  const uncompressedLength = body.at("uncompressed_length").u24();
  fields["data"] = { algorithm, uncompressedLength };
  const compressed = body.at("compressed_certificate_message").vector24().rest();
  fields["data"] = { algorithm, uncompressedLength, compressedLength: compressed.length };
  const inside = context.decompress?.(number, compressed, uncompressedLength);
  if (inside === undefined) return;
  if (inside === null) {
    fields.malformed = `the certificate cannot be decompressed to the ${uncompressedLength} octets that are announced`;
    return;
  }
  const certificate = new Cursor(inside);
  try {
    decodeCertificate(certificate, fields, context);
    certificate.finish();
  } catch (fault) {
    if (!(fault instanceof DecodeFault)) throw fault;
    fields.malformed = `in the decompressed certificate: ${fault.words()}`;
  }
}
