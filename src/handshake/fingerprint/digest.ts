/**
 * Hashes of fingerprint texts. A busy capture repeats a few texts thousands of times, so recent
 * results are kept, except those of long texts, which only hostile hellos have.
 */
import { md5 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { toHex } from "../../bytes/hex.ts";

/** Texts that are kept for each hash. */
const KEPT_TEXTS = 512;
/** Characters of the longest text that is kept. */
const KEPT_LENGTH = 2_048;

/** MD5 of an ASCII text: 32 lower-case hex digits. */
export const md5Hex = remembered(md5);

/** SHA-256 of an ASCII text: 64 lower-case hex digits. */
export const sha256Hex = remembered(sha256);

function remembered(hash: (octets: Uint8Array) => Uint8Array): (text: string) => string {
  const kept = new Map<string, string>();
  const encoder = new TextEncoder();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const digest = toHex(hash(encoder.encode(text)));
    if (text.length > KEPT_LENGTH) return digest;
    if (kept.size === KEPT_TEXTS) kept.clear();
    kept.set(text, digest);
    return digest;
  };
}
