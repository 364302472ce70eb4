/** Certificate messages that were compressed (RFC 8879): zlib and brotli by Node itself, zstd by a library. */
import { brotliDecompressSync, inflateSync } from "node:zlib";
import { decompress as unzstd } from "fzstd";
import { LIMITS } from "../fault/limits.ts";

const ZLIB = 1;
const BROTLI = 2;
const ZSTD = 3;

/**
 * The message compressed in `octets`, which has `length` octets according to its sender; no more are decompressed. `null` if the
 * algorithm is unknown, the octets are damaged, or the length is not as stated.
 */
export function decompressCertificate(algorithm: number, octets: Uint8Array, length: number): Uint8Array | null {
  if (length === 0 || length > LIMITS.certificateOctets) return null;
  try {
    const message = inflate(algorithm, octets, length);
    return message?.length === length ? new Uint8Array(message) : null;
  } catch {
    return null;
  }
}

function inflate(algorithm: number, octets: Uint8Array, length: number): Uint8Array | null {
  switch (algorithm) {
    case ZLIB:
      return inflateSync(octets, { maxOutputLength: length });
    case BROTLI:
      return brotliDecompressSync(octets, { maxOutputLength: length });
    case ZSTD:
      return unzstd(octets, new Uint8Array(length));
    default:
      return null;
  }
}
