/** HKDF as TLS 1.3, DTLS 1.3 and QUIC use it (RFC 9846 §7.1): a secret and a label come in, keys go out. */
import { expand, extract } from "@noble/hashes/hkdf.js";
import type { Hash } from "./hash.ts";

/** The prefix of each label: in TLS and QUIC it ends with a blank, in DTLS it does not (RFC 9147 §5.9). */
export const LABEL_PREFIX = { tls: "tls13 ", dtls: "dtls13" } as const;

/** HKDF-Expand-Label with an empty context; `label` includes its prefix, `length` is in octets. */
export function expandLabel(hash: Hash, secret: Uint8Array, label: string, length: number): Uint8Array {
  const letters = Array.from(label, (letter) => letter.charCodeAt(0));
  return expand(hash, secret, Uint8Array.from([length >> 8, length & 0xff, letters.length, ...letters, 0]), length);
}

/** HKDF-Extract (RFC 5869 §2.2). */
export function extractSecret(hash: Hash, salt: Uint8Array, key: Uint8Array): Uint8Array {
  return extract(hash, key, salt);
}
