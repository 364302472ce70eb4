/**
 * The keys of TLS up to 1.2 and DTLS up to 1.2 (RFC 5246 §6.3): a master secret and both randoms come in, functions that open
 * the records of each side go out. Everything is authenticated by a MAC or tag, so wrong keys open nothing.
 */
import { joinOctets } from "../bytes/join.ts";
import { aeadOf, cbcOf, type Decipher, type DecryptCbc, type OpenAead } from "../crypto/cipher.ts";
import { type Hash, hashNamed } from "../crypto/hash.ts";
import { macOf } from "../crypto/mac.ts";
import { prf } from "../crypto/prf.ts";
import { nonceOf } from "../record/quic-keys.ts";
import type { Sealed } from "../record/sealed.ts";
import { type SuiteParts, suiteParts } from "../registry/suite.ts";
import type { ServerTerms } from "./hello.ts";
import type { OpenRecord } from "./opened.ts";

/** The functions that open the records of each side. */
export interface SessionKeys {
  readonly client: OpenRecord;
  readonly server: OpenRecord;
}

const TLS10 = 0x0301;
const TLS12 = 0x0303;
const TLS12_CID = 25;
/** Takes the place of the sequence number (RFC 9146 §5.3). */
const CID_HEAD = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, TLS12_CID] as const;

/** The master secret from the premaster secret (RFC 5246 §8.1). */
export function masterSecret(premaster: Uint8Array, clientRandom: Uint8Array, terms: ServerTerms, version: number): Uint8Array {
  return prf(hashOf(suiteParts(terms.cipherSuite), version), premaster, "master secret", joinOctets(clientRandom, terms.random), 48);
}

/** The keys of a connection; `undefined` if the suite or the version is not supported. `version` is that of TLS, also for DTLS. */
export function sessionKeys(
  master: Uint8Array,
  clientRandom: Uint8Array,
  terms: ServerTerms,
  version: number,
  decipher?: Decipher,
): SessionKeys | undefined {
  const parts = suiteParts(terms.cipherSuite);
  if (parts === undefined || parts.export || version < TLS10 || version > TLS12) return undefined;
  const kind = kindOf(parts, terms, version, decipher);
  if (kind === undefined) return undefined;
  const { keyLength = 0 } = parts;
  const lengths = [kind.macLength, kind.macLength, keyLength, keyLength, kind.ivLength, kind.ivLength];
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const block = prf(hashOf(parts, version), master, "key expansion", joinOctets(terms.random, clientRandom), total);
  let at = 0;
  const [clientMac, serverMac, clientKey, serverKey, clientIv, serverIv] = lengths.map((length) => block.subarray(at, (at += length)));
  const make = (mac: unknown, key: unknown, iv: unknown): OpenRecord => kind.make(mac as Uint8Array, key as Uint8Array, iv as Uint8Array);
  return { client: make(clientMac, clientKey, clientIv), server: make(serverMac, serverKey, serverIv) };
}

/** The hash of the PRF; `undefined` before TLS 1.2, where it is MD5 and SHA-1. */
function hashOf(parts: SuiteParts | undefined, version: number): Hash | undefined {
  return version < TLS12 ? undefined : (hashNamed(parts?.hash) ?? hashNamed("SHA256"));
}

/** A kind of record protection: how many octets of the key block it needs besides the key, and the function it makes of them. */
interface Kind {
  readonly macLength: number;
  readonly ivLength: number;
  readonly make: (mac: Uint8Array, key: Uint8Array, iv: Uint8Array) => OpenRecord;
}

function kindOf(parts: SuiteParts, terms: ServerTerms, version: number, decipher: Decipher | undefined): Kind | undefined {
  const { cipher, mode = "", blockLength = 0, tagLength = 0, macLength = 0 } = parts;
  if (cipher === null) return undefined;
  if (tagLength > 0) {
    const open = aeadOf(cipher, mode, tagLength, decipher);
    if (open === undefined || version !== TLS12) return undefined;
    const explicit = mode === "poly1305" ? 0 : 8;
    return { macLength: 0, ivLength: 12 - explicit, make: (_mac, key, iv) => aeadRecords(open, key, iv, tagLength, explicit) };
  }
  const hash = hashNamed(parts.mac);
  if (hash === undefined) return undefined;
  const makeMac = (key: Uint8Array): Mac => ({ hash, key, length: terms.truncatesMac ? 10 : macLength });
  if (mode === "null") return { macLength, ivLength: 0, make: (mac) => plainRecords(makeMac(mac)) };
  const decrypt = mode === "cbc" ? cbcOf(cipher, decipher) : undefined;
  if (decrypt === undefined) return undefined;
  return {
    macLength,
    ivLength: blockLength,
    make: (mac, key, iv) => {
      const block = { decrypt, key, length: blockLength, ...(version === TLS10 ? { iv } : {}) };
      return terms.macsCiphertext ? macThenOpen(block, makeMac(mac)) : openThenMac(block, makeMac(mac));
    },
  };
}

/** RFC 5246 §6.2.3.3, RFC 7905 §2; with a connection id RFC 9146 §5.3. */
function aeadRecords(open: OpenAead, key: Uint8Array, iv: Uint8Array, tagLength: number, explicit: number): OpenRecord {
  return (record, sequence) => {
    const { octets, header } = record;
    const length = octets.length - header - explicit - tagLength;
    if (length < 0) return null;
    const number = sequenceOctets(record, sequence);
    const shift = header + explicit;
    const nonce = explicit === 0 ? nonceWith(iv, number) : joinOctets(iv, octets.subarray(header, shift));
    const plain = open(key, nonce, authenticated(record, number, length), octets.subarray(shift));
    if (plain === null) return null;
    return octets[0] === TLS12_CID ? innerOf(plain, shift) : { content: octets[0] as number, octets: plain, shift };
  };
}

interface Mac {
  readonly hash: Hash;
  readonly key: Uint8Array;
  /** Octets; fewer than the hash has if both sides agreed on truncation. */
  readonly length: number;
}

interface Block {
  readonly decrypt: DecryptCbc;
  readonly key: Uint8Array;
  /** Octets. */
  readonly length: number;
  /** TLS 1.0 only: the IV of the first record; that of each later one is the last block of the record before. */
  readonly iv?: Uint8Array;
}

/** No encryption, only a MAC. */
function plainRecords(mac: Mac): OpenRecord {
  return (record, sequence) => {
    const { octets, header } = record;
    const end = octets.length - mac.length;
    if (end < header || !isAuthentic(mac, record, sequence, octets.subarray(header, end), octets.subarray(end))) return null;
    return { content: octets[0] as number, octets: octets.subarray(header, end), shift: header };
  };
}

/** RFC 5246 §6.2.3.2: the MAC and the padding are encrypted, too. */
function openThenMac(block: Block, mac: Mac): OpenRecord {
  let chained = block.iv;
  return (record, sequence) => {
    const { octets, header } = record;
    const shift = header + (chained === undefined ? block.length : 0);
    const plain = openBlocks(block, octets, header, octets.length, chained);
    if (chained !== undefined) chained = octets.slice(-block.length);
    const unpadded = plain === null ? null : withoutPadding(plain);
    if (unpadded === null || unpadded.length < mac.length) return null;
    const end = unpadded.length - mac.length;
    if (!isAuthentic(mac, record, sequence, unpadded.subarray(0, end), unpadded.subarray(end))) return null;
    return { content: octets[0] as number, octets: unpadded.subarray(0, end), shift };
  };
}

/** RFC 7366 §3: the MAC is that of the ciphertext. */
function macThenOpen(block: Block, mac: Mac): OpenRecord {
  let chained = block.iv;
  return (record, sequence) => {
    const { octets, header } = record;
    const end = octets.length - mac.length;
    const shift = header + (chained === undefined ? block.length : 0);
    if (end < header || !isAuthentic(mac, record, sequence, octets.subarray(header, end), octets.subarray(end))) return null;
    const plain = openBlocks(block, octets, header, end, chained);
    if (chained !== undefined) chained = octets.slice(end - block.length, end);
    const unpadded = plain === null ? null : withoutPadding(plain);
    return unpadded === null ? null : { content: octets[0] as number, octets: unpadded, shift };
  };
}

/** Decrypts the blocks of `[start, end)`; without `iv`, the first block is the IV. */
function openBlocks(block: Block, octets: Uint8Array, start: number, end: number, iv: Uint8Array | undefined): Uint8Array | null {
  const from = iv === undefined ? start + block.length : start;
  if (end - from < block.length || (end - from) % block.length !== 0) return null;
  return block.decrypt(block.key, iv ?? octets.subarray(start, from), octets.subarray(from, end));
}

/** The plaintext without its padding, each octet of which is the number of padding octets minus one. */
function withoutPadding(plain: Uint8Array): Uint8Array | null {
  const padding = plain.at(-1) as number;
  const end = plain.length - 1 - padding;
  return end < 0 || plain.subarray(end).some((octet) => octet !== padding) ? null : plain.subarray(0, end);
}

function isAuthentic(mac: Mac, record: Sealed, sequence: number, octets: Uint8Array, tag: Uint8Array): boolean {
  const authentic = macOf(mac.hash, mac.key, joinOctets(authenticated(record, sequenceOctets(record, sequence), octets.length), octets));
  return tag.every((octet, index) => octet === authentic[index]);
}

/** The sequence number as octets: DTLS has epoch and number in each record, TLS counts. */
function sequenceOctets({ octets, header }: Sealed, sequence: number): Uint8Array {
  if (header > 5) return octets.subarray(3, 11);
  const number = new Uint8Array(8);
  new DataView(number.buffer).setBigUint64(0, BigInt(sequence));
  return number;
}

/** The additional data for content of `length` octets. */
function authenticated({ octets, header }: Sealed, number: Uint8Array, length: number): Uint8Array {
  const size = [length >> 8, length & 0xff];
  if (octets[0] !== TLS12_CID) return Uint8Array.from([...number, ...octets.subarray(0, 3), ...size]);
  const id = octets.subarray(11, header - 2);
  return Uint8Array.from([...CID_HEAD, id.length, TLS12_CID, ...octets.subarray(1, 11), ...id, ...size]);
}

function nonceWith(iv: Uint8Array, number: Uint8Array): Uint8Array {
  const nonce = nonceOf(iv, 0);
  for (const [index, octet] of number.entries()) nonce[4 + index] = (nonce[4 + index] as number) ^ octet;
  return nonce;
}

/** The content type follows the content (RFC 9146 §4). */
function innerOf(plain: Uint8Array, shift: number): ReturnType<OpenRecord> {
  const end = plain.findLastIndex((octet) => octet !== 0);
  return end < 0 ? null : { content: plain[end] as number, octets: plain.subarray(0, end), shift };
}
