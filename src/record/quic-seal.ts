/**
 * Makes the parts of QUIC whose keys are public: Initial packets, and the tag of a Retry packet (RFC 9001 §5). Both have
 * to be made anew when redaction changes a connection id, a token or the contents of a hello.
 */
import { joinOctets } from "../bytes/join.ts";
import { sealGcm } from "../crypto/cipher.ts";
import { nonceOf, type PacketKeys, type PacketPayload, type PacketPlace } from "./quic-keys.ts";
import type { QuicVersion } from "./quic-versions.ts";

/** Octets of a Retry packet's tag. */
export const RETRY_TAG = 16;

/**
 * Writes the Initial packet at `place`, whose header is there already up to the packet number, with the frames of `payload`, which must
 * have as many octets as before. Of the packet number, as many of the lowest octets are written as `first` says.
 */
export function sealInitial(keys: PacketKeys, bytes: Uint8Array, place: PacketPlace, payload: PacketPayload): void {
  const { start, body } = place;
  const { first, packetNumber, octets } = payload;
  const frames = body + (first & 3) + 1;
  bytes[start] = first;
  for (let at = frames - 1, rest = packetNumber; at >= body; at--) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes.set(sealGcm(keys.key, nonceOf(keys.iv, packetNumber), bytes.slice(start, frames), octets), frames);
  const mask = keys.mask(keys.hp, bytes.slice(body + 4, body + 20));
  bytes[start] = first ^ ((mask[0] as number) & 0x0f);
  for (let at = body; at < frames; at++) bytes[at] = (bytes[at] as number) ^ (mask[1 + at - body] as number);
}

/**
 * The Retry Integrity Tag (RFC 9001 §5.8) of `packet` (without the tag), which answers a packet sent to `target`; `null`
 * if the version has none.
 */
export function retryTag({ retry }: QuicVersion, target: Uint8Array, packet: Uint8Array): Uint8Array | null {
  if (retry === null) return null;
  const pseudoPacket = joinOctets(Uint8Array.of(target.length), target, packet);
  return sealGcm(retry.key, retry.nonce, pseudoPacket, new Uint8Array(0));
}
