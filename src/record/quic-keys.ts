/**
 * Opens Initial packets (RFC 9001 §5): their keys follow from a connection id that everybody sees. A packet
 * with its header comes in, its payload goes out; `null` if it was not made with these keys, or was damaged.
 */
import { ecb, gcm } from "@noble/ciphers/aes.js";
import { expand, extract } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type LongHeader, SHORTEST_BODY } from "./quic-packet.ts";
import type { QuicVersion } from "./quic-versions.ts";

/** Who made a packet. */
export type QuicRole = "client" | "server";

/** What one side protects its Initial packets with. */
export interface InitialKeys {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  /** The key of header protection. */
  readonly hp: Uint8Array;
}

/** What an Initial packet says. */
export interface InitialPayload {
  readonly packetNumber: number;
  /** Frames. */
  readonly octets: Uint8Array;
}

/** The keys of one side, from the Destination Connection ID of the client's first packet (RFC 9001 §5.2). */
export function initialKeys(version: QuicVersion, target: Uint8Array, role: QuicRole): InitialKeys {
  const initial = extract(sha256, target, version.salt);
  const secret = expandLabel(initial, `${role} in`, 32);
  return {
    key: expandLabel(secret, `${version.label} key`, 16),
    iv: expandLabel(secret, `${version.label} iv`, 12),
    hp: expandLabel(secret, `${version.label} hp`, 16),
  };
}

/** Removes the protection of the packet at `header`, whose end must lie in `bytes`; `largest` is the largest packet number so far, or -1. */
export function openInitial(keys: InitialKeys, bytes: Uint8Array, header: LongHeader, largest: number): InitialPayload | null {
  const { start, body, end } = header;
  if (end > bytes.length || end - body < SHORTEST_BODY) return null;
  const mask = ecb(keys.hp, { disablePadding: true }).encrypt(bytes.slice(body + 4, body + 20));
  const first = (bytes[start] as number) ^ ((mask[0] as number) & 0x0f);
  const octets = (first & 3) + 1;
  const plain = bytes.slice(start, body + octets);
  plain[0] = first;
  let truncated = 0;
  for (let index = 0; index < octets; index++) {
    const octet = (bytes[body + index] as number) ^ (mask[1 + index] as number);
    plain[body - start + index] = octet;
    truncated = truncated * 256 + octet;
  }
  const packetNumber = wholeNumber(truncated, octets, largest);
  try {
    return { packetNumber, octets: gcm(keys.key, nonceOf(keys.iv, packetNumber), plain).decrypt(bytes.subarray(body + octets, end)) };
  } catch {
    return null;
  }
}

/** HKDF-Expand-Label without context (RFC 9846 §7.1). */
function expandLabel(secret: Uint8Array, label: string, length: number): Uint8Array {
  const name = `tls13 ${label}`;
  return expand(
    sha256,
    secret,
    Uint8Array.from([0, length, name.length, ...Array.from(name, (letter) => letter.charCodeAt(0)), 0]),
    length,
  );
}

/** The packet number of which the header has the lowest octets (RFC 9000 Appendix A.3). */
function wholeNumber(truncated: number, octets: number, largest: number): number {
  const window = 2 ** (8 * octets);
  const expected = largest + 1;
  const candidate = expected - (expected % window) + truncated;
  if (candidate + window / 2 <= expected) return candidate + window;
  if (candidate > expected + window / 2 && candidate >= window) return candidate - window;
  return candidate;
}

function nonceOf(iv: Uint8Array, packetNumber: number): Uint8Array {
  const nonce = iv.slice();
  let rest = packetNumber;
  for (let at = nonce.length - 1; rest > 0; at--) {
    nonce[at] = (nonce[at] as number) ^ (rest % 256);
    rest = Math.floor(rest / 256);
  }
  return nonce;
}
