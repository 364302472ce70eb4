/** CompressedCertificate (RFC 8879 §4): a Certificate message made smaller; here only by how much. */
import type { Cursor } from "../bytes/cursor.ts";
import { codePoint } from "../registry/codepoint.ts";
import type { DecodedBody } from "./message.ts";
import { readLength24 } from "./read-values.ts";

/** Reads `data`: `algorithm`, `uncompressedLength`, `compressedLength` (octets). */
export function decodeCompressedCertificate(body: Cursor, fields: DecodedBody): void {
  const algorithm = codePoint("certificate_compression_algorithms", body.at("algorithm").u16());
  fields["data"] = { algorithm };
  const uncompressedLength = body.at("uncompressed_length").u24();
  fields["data"] = { algorithm, uncompressedLength };
  fields["data"] = { algorithm, uncompressedLength, compressedLength: readLength24(body.at("compressed_certificate_message")) };
}
