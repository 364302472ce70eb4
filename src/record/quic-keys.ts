/**
 * Opens QUIC packets (RFC 9001 §5). The keys of Initial packets are derived from a connection id that is sent in the clear,
 * others from a secret. A packet comes in, its payload goes out; `null` if it was not protected with these keys, or is damaged.
 */
import { aeadOf, headerMaskOf, type HeaderMask, type OpenAead } from "../crypto/cipher.ts";
import { type Hash, hashNamed } from "../crypto/hash.ts";
import { expandLabel, extractSecret, LABEL_PREFIX } from "../crypto/hkdf.ts";
import { isLong, SHORTEST_BODY } from "./quic-packet.ts";
import type { QuicVersion } from "./quic-versions.ts";

/** Who made a packet. */
export type QuicRole = "client" | "server";

/** What protects the packets of one kind that one side sends. */
export interface PacketKeys {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  /** The key of header protection. */
  readonly hp: Uint8Array;
  readonly open: OpenAead;
  readonly mask: HeaderMask;
}

/** The algorithms of a cipher suite, and the prefix of the HKDF labels in this version. */
export interface PacketProtection {
  readonly hash: Hash;
  /** `AES128`, `AES256` or `CHACHA20`. */
  readonly cipher: string;
  /** Octets. */
  readonly keyLength: number;
  readonly open: OpenAead;
  readonly label: string;
}

/** Where a packet lies in its datagram. */
export interface PacketPlace {
  readonly start: number;
  /** Where its number begins. */
  readonly body: number;
  readonly end: number;
}

/** The contents of a packet. */
export interface PacketPayload {
  readonly packetNumber: number;
  /** Its first octet, without protection. */
  readonly first: number;
  /** Frames. */
  readonly octets: Uint8Array;
}

/** Initial packets always have AES-128-GCM and SHA-256 (RFC 9001 §5.2). */
const INITIAL = {
  hash: hashNamed("SHA256") as Hash,
  cipher: "AES128",
  keyLength: 16,
  open: aeadOf("AES128", "gcm", 16) as OpenAead,
} as const;

/** The keys of one side, from the Destination Connection ID of the client's first packet (RFC 9001 §5.2). */
export function initialKeys(version: QuicVersion, target: Uint8Array, role: QuicRole): PacketKeys {
  const initial = extractSecret(INITIAL.hash, version.salt, target);
  const secret = expandLabel(INITIAL.hash, initial, `${LABEL_PREFIX.tls}${role} in`, 32);
  return packetKeys({ ...INITIAL, label: version.label }, secret);
}

/** The keys derived from a traffic secret (RFC 9001 §5.1). */
export function packetKeys({ hash, cipher, keyLength, open, label }: PacketProtection, secret: Uint8Array): PacketKeys {
  const derive = (name: string, length: number): Uint8Array => expandLabel(hash, secret, `${LABEL_PREFIX.tls}${label} ${name}`, length);
  return { key: derive("key", keyLength), iv: derive("iv", 12), hp: derive("hp", keyLength), open, mask: headerMaskOf(cipher) };
}

/** Removes the protection of the packet at `place`, whose end must lie in `bytes`; `largest` is the largest packet number so far, or -1. */
export function openPacket(keys: PacketKeys, bytes: Uint8Array, place: PacketPlace, largest: number): PacketPayload | null {
  const { start, body, end } = place;
  if (end > bytes.length || end - body < SHORTEST_BODY) return null;
  const mask = keys.mask(keys.hp, bytes.slice(body + 4, body + 20));
  const first = (bytes[start] as number) ^ ((mask[0] as number) & (isLong(bytes, start) ? 0x0f : 0x1f));
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
  const payload = keys.open(keys.key, nonceOf(keys.iv, packetNumber), plain, bytes.subarray(body + octets, end));
  return payload === null ? null : { packetNumber, first, octets: payload };
}

/** The full packet number, from its lowest octets in the header (RFC 9000 Appendix A.3). */
function wholeNumber(truncated: number, octets: number, largest: number): number {
  const window = 2 ** (8 * octets);
  const expected = largest + 1;
  const candidate = expected - (expected % window) + truncated;
  if (candidate + window / 2 <= expected) return candidate + window;
  if (candidate > expected + window / 2 && candidate >= window) return candidate - window;
  return candidate;
}

/** The nonce: the IV XORed with a number at its end (RFC 9846 §5.3, RFC 9001 §5.3). */
export function nonceOf(iv: Uint8Array, number: number): Uint8Array {
  const nonce = iv.slice();
  let rest = number;
  for (let at = nonce.length - 1; rest > 0; at--) {
    nonce[at] = (nonce[at] as number) ^ (rest % 256);
    rest = Math.floor(rest / 256);
  }
  return nonce;
}
