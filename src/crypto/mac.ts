/** HMAC (RFC 2104), which protects the records of TLS up to 1.2. */
import { hmac } from "@noble/hashes/hmac.js";
import type { Hash } from "./hash.ts";

/** HMAC of `octets` under `key`; its length is that of the hash. */
export function macOf(hash: Hash, key: Uint8Array, octets: Uint8Array): Uint8Array {
  return hmac(hash, key, octets);
}
