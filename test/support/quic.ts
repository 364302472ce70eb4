/** QUIC datagrams as octets, for the tests of the record room: Initial packets protected as RFC 9001 §5 says. */
import { ecb, gcm } from "@noble/ciphers/aes.js";
import { initialKeys, type QuicRole } from "../../src/record/quic-keys.ts";
import { quicVersions, type QuicVersion } from "../../src/record/quic-versions.ts";
import { join } from "./records.ts";

const u16 = (value: number): number[] => [(value >> 8) & 255, value & 255];
const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value)];

/** A variable-length integer in two octets, or in `octets` (RFC 9000 §16). */
export function varint(value: number, octets: 1 | 2 | 4 = 2): number[] {
  if (octets === 1) return [value];
  return octets === 2 ? [0x40 | (value >> 8), value & 255] : [0x80 | (value >>> 24), ...u32(value).slice(1)];
}

/** A CRYPTO frame with the octets `[start, end)` of what a side says. */
export function crypto(stream: Uint8Array, start = 0, end = stream.length): Uint8Array {
  return join([6], varint(start), varint(end - start), stream.subarray(start, end));
}

/** A CONNECTION_CLOSE frame. */
export function close(code: number, reason = ""): Uint8Array {
  return join([0x1c], varint(code), [6], varint(reason.length), new TextEncoder().encode(reason));
}

export interface InitialSpec {
  readonly role: QuicRole;
  /** Destination Connection ID of the client's first packet, from which the keys follow. */
  readonly keysFrom: readonly number[];
  readonly target: readonly number[];
  readonly source: readonly number[];
  readonly frames: Uint8Array;
  readonly packetNumber?: number;
  readonly version?: number;
  /** Whose salt and labels, where the version does not say it. */
  readonly like?: number;
  readonly token?: readonly number[];
}

/** A protected Initial packet; frames are padded so that there is something to sample. */
export function initial({
  role,
  keysFrom,
  target,
  source,
  frames,
  packetNumber = 0,
  version = 1,
  like = version,
  token = [],
}: InitialSpec): Uint8Array {
  const how = quicVersions(like)[0] as QuicVersion;
  const keys = initialKeys(how, Uint8Array.from(keysFrom), role);
  const payload = join(frames, new Uint8Array(Math.max(0, 4 - frames.length)));
  const type = how.types.indexOf("initial");
  const header = join(
    [0xc1 | (type << 4), ...u32(version), target.length, ...target, source.length, ...source],
    [...varint(token.length), ...token, ...varint(2 + payload.length + 16), ...u16(packetNumber)],
  );
  const nonce = keys.iv.slice();
  u16(packetNumber).forEach((octet, index) => ((nonce[10 + index] as number) ^= octet));
  const sealed = gcm(keys.key, nonce, header).encrypt(payload);
  const mask = ecb(keys.hp, { disablePadding: true }).encrypt(sealed.slice(2, 18));
  const packet = join(header, sealed);
  (packet[0] as number) ^= (mask[0] as number) & 0x0f;
  (packet[header.length - 2] as number) ^= mask[1] as number;
  (packet[header.length - 1] as number) ^= mask[2] as number;
  return packet;
}

/** A long-header packet that nobody can read: 0-RTT is type 1, Handshake type 2. */
export function sealedLong(type: 1 | 2, target: readonly number[], source: readonly number[], length = 40): Uint8Array {
  return join(
    [0xc0 | (type << 4), ...u32(1), target.length, ...target, source.length, ...source, ...varint(length)],
    new Uint8Array(length).fill(0xee),
  );
}

/** A 1-RTT packet. */
export function sealedShort(target: readonly number[], length = 40): Uint8Array {
  return join([0x41], target, new Uint8Array(length).fill(0xee));
}

/** Retry (RFC 9000 §17.2.5); its integrity tag is filling. */
export function retry(target: readonly number[], source: readonly number[]): Uint8Array {
  return join([0xf0, ...u32(1), target.length, ...target, source.length, ...source], new Uint8Array(24).fill(5));
}

/** Version Negotiation (RFC 9000 §17.2.1). */
export function negotiation(target: readonly number[], source: readonly number[], versions: readonly number[]): Uint8Array {
  return join([0x80, ...u32(0), target.length, ...target, source.length, ...source, ...versions.flatMap(u32)]);
}
