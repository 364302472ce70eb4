/**
 * The keys of TLS 1.3 and DTLS 1.3 for the records of one side (RFC 9846 §7.3, RFC 9147 §4): they change during the
 * handshake, and nothing in a TLS record says which keys it uses. A record that the current keys do not open
 * is tried with the next ones, so a hole in the capture, or rejected early data, does no harm.
 */
import { aeadOf, type Decipher, type OpenAead } from "../crypto/cipher.ts";
import { type Hash, hashNamed } from "../crypto/hash.ts";
import { expandLabel } from "../crypto/hkdf.ts";
import { nonceOf } from "../record/quic-keys.ts";
import type { Sealed } from "../record/sealed.ts";
import { suiteParts } from "../registry/suite.ts";
import type { OpenedRecord } from "./opened.ts";

/** The algorithms of a suite of TLS 1.3. */
export interface TrafficSuite {
  readonly hash: Hash;
  /** `AES128`, `AES256`, `CHACHA20`, …. */
  readonly cipher: string;
  /** Octets. */
  readonly keyLength: number;
  readonly open: OpenAead;
}

/** Key and IV derived from a traffic secret. */
export interface TrafficKeys {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

/** The algorithms of suite `value`, or `undefined` if it is not supported. */
export function trafficSuite(value: number, decipher?: Decipher): TrafficSuite | undefined {
  const { cipher, mode, keyLength, tagLength, hash: hashName } = suiteParts(value) ?? {};
  const hash = hashNamed(hashName);
  if (!cipher || mode === undefined || keyLength === undefined || tagLength === undefined || hash === undefined) return undefined;
  const open = aeadOf(cipher, mode, tagLength, decipher);
  return open === undefined ? undefined : { hash, cipher, keyLength, open };
}

/** Derives key and IV; `prefix` is that of the labels. */
export function trafficKeys({ hash, keyLength }: TrafficSuite, secret: Uint8Array, prefix: string): TrafficKeys {
  return { key: expandLabel(hash, secret, `${prefix}key`, keyLength), iv: expandLabel(hash, secret, `${prefix}iv`, 12) };
}

/** The secret after a KeyUpdate (RFC 9846 §7.2). */
export function nextSecret({ hash }: TrafficSuite, secret: Uint8Array, prefix: string): Uint8Array {
  return expandLabel(hash, secret, `${prefix}traffic upd`, secret.length);
}

/** Opens a record whose number is known; `header` is the header as it is authenticated. */
export function openWith(
  suite: TrafficSuite,
  { key, iv }: TrafficKeys,
  sequence: number,
  header: Uint8Array,
  body: Uint8Array,
): Omit<OpenedRecord, "shift"> | null {
  const plain = suite.open(key, nonceOf(iv, sequence), header, body);
  if (plain === null) return null;
  // The content type follows the content, and may be followed by zeros as padding (RFC 9846 §5.2).
  let end = plain.length - 1;
  while (end >= 0 && plain[end] === 0) end--;
  return end < 0 ? null : { content: plain[end] as number, octets: plain.subarray(0, end) };
}

/** The secrets of one side in the order of use; the last one is followed by its updates. */
export class TrafficPhases {
  readonly #suite: TrafficSuite;
  readonly #prefix: string;
  readonly #secrets: Uint8Array[];
  readonly #keys: TrafficKeys[] = [];
  readonly #isUpdated: boolean;
  readonly #authenticatesHeader: boolean;
  #phase = 0;
  #sequence = 0;

  /** `isUpdated`: key updates may follow the last secret. `authenticatesHeader`: false in drafts before 25. */
  constructor(suite: TrafficSuite, prefix: string, secrets: readonly Uint8Array[], isUpdated: boolean, authenticatesHeader = true) {
    this.#suite = suite;
    this.#prefix = prefix;
    this.#secrets = [...secrets];
    this.#isUpdated = isUpdated;
    this.#authenticatesHeader = authenticatesHeader;
  }

  /** Are there no secrets? */
  get isEmpty(): boolean {
    return this.#secrets.length === 0;
  }

  /** Opens the next record of TLS. */
  open(record: Sealed): OpenedRecord | null {
    const { octets, header } = record;
    if (!record.isWhole) {
      this.#sequence++;
      return null;
    }
    const authenticated = this.#authenticatesHeader ? octets.subarray(0, header) : new Uint8Array(0);
    const last = this.#secrets.length - (this.#isUpdated && this.#phase >= this.#secrets.length - 1 ? 0 : 1);
    for (let phase = this.#phase; phase <= last; phase++) {
      const sequence = phase === this.#phase ? this.#sequence : 0;
      const opened = openWith(this.#suite, this.#at(phase), sequence, authenticated, octets.subarray(header));
      if (opened === null) continue;
      this.#phase = phase;
      this.#sequence = sequence + 1;
      return { ...opened, shift: header };
    }
    return null;
  }

  #at(phase: number): TrafficKeys {
    if (phase === this.#secrets.length) this.#secrets.push(nextSecret(this.#suite, this.#secrets.at(-1) as Uint8Array, this.#prefix));
    return (this.#keys[phase] ??= trafficKeys(this.#suite, this.#secrets[phase] as Uint8Array, this.#prefix));
  }
}
