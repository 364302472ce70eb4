/**
 * The pseudorandom functions of TLS up to 1.2: a secret, a label and a seed come in, `length`
 * octets go out. TLS 1.2 has one hash (RFC 5246 §5), TLS 1.0 and 1.1 use MD5 and SHA-1 together (RFC 2246 §5).
 */
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { joinOctets } from "../bytes/join.ts";
import type { Hash } from "./hash.ts";
import { macOf } from "./mac.ts";

/** PRF(secret, label, seed); `hash` is the suite's in TLS 1.2, `undefined` before. */
export function prf(hash: Hash | undefined, secret: Uint8Array, label: string, seed: Uint8Array, length: number): Uint8Array {
  const labelled = joinOctets(octetsOf(label), seed);
  if (hash !== undefined) return expandHash(hash, secret, labelled, length);
  // If the secret has an odd length, both halves contain the octet in the middle.
  const half = Math.ceil(secret.length / 2);
  const first = expandHash(md5, secret.subarray(0, half), labelled, length);
  const second = expandHash(sha1, secret.subarray(secret.length - half), labelled, length);
  return first.map((octet, index) => octet ^ (second[index] as number));
}

/** P_hash (RFC 5246 §5). */
function expandHash(hash: Hash, secret: Uint8Array, seed: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let step = seed;
  for (let at = 0; at < length;) {
    step = macOf(hash, secret, step);
    const block = macOf(hash, secret, joinOctets(step, seed)).subarray(0, length - at);
    out.set(block, at);
    at += block.length;
  }
  return out;
}

function octetsOf(text: string): Uint8Array {
  return Uint8Array.from(Array.from(text, (letter) => letter.charCodeAt(0)));
}
