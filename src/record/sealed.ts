/**
 * Encrypted records and packets, kept as captured until their connection has ended and a key log may
 * open them. Nothing is kept without a store; the total is bounded.
 */
import { LIMITS } from "../fault/limits.ts";
import { type Moment, momentOf } from "../flow/moment.ts";
import type { Span } from "./defragment.ts";

/** Counts the ciphertext that is kept of all connections together. */
export class SealedStore {
  /** Are any keys known yet? Until then, only as much is kept as a handshake needs. */
  isHopeful = false;
  /** Records and packets that were not kept for lack of room. */
  refused = 0;
  #octets = 0;

  /** Takes room for `octets` more; returns false if there is none. */
  take(octets: number): boolean {
    if (this.#octets + octets > LIMITS.sealedOctetsInAll) {
      this.refused++;
      return false;
    }
    this.#octets += octets;
    return true;
  }

  /** Gives room back. */
  release(octets: number): void {
    this.#octets -= octets;
  }
}

/** Octets of overhead that a record takes. */
const SEALED_COST = 256;

/** What one connection keeps. */
export class SealedShare {
  readonly #store: SealedStore | null;
  #octets = 0;

  /** Without a store (`null`), nothing is kept. */
  constructor(store: SealedStore | null) {
    this.#store = store;
  }

  /** Might what comes after the handshake be decrypted as well? */
  get isHopeful(): boolean {
    return this.#store?.isHopeful === true && this.#octets < LIMITS.sealedOctets;
  }

  /** A place for a record or packet of `length` octets, of which the first `header` are not encrypted, that came after `after` messages; `null` if there is no room. */
  open(length: number, header: number, after: number, version = 0): Sealed | null {
    const cost = length + SEALED_COST;
    if (this.#store === null || this.#octets + cost > LIMITS.sealedOctets || !this.#store.take(cost)) return null;
    this.#octets += cost;
    return new Sealed(length, header, after, version);
  }

  /** The connection has ended, and what it kept has been read. */
  release(): void {
    this.#store?.release(this.#octets);
    this.#octets = 0;
  }
}

/** A record or packet as captured. */
export class Sealed {
  /** As many octets as the header announces; those that the capture lacks, at the end, are zero. */
  readonly octets: Uint8Array;
  /** Octets before the body. */
  readonly header: number;
  /** Messages of both sides that were complete before it. */
  readonly after: number;
  /** QUIC only. */
  readonly version: number;
  readonly spans: Span[] = [];
  /** The packet that brought its last octet; `null` while there is none. */
  moment: Moment | null = null;
  #filled = 0;

  constructor(length: number, header: number, after: number, version: number) {
    this.octets = new Uint8Array(length);
    this.header = header;
    this.after = after;
    this.version = version;
  }

  /** Is all of it there? */
  get isWhole(): boolean {
    return this.#filled === this.octets.length;
  }

  /** Takes its next octets. */
  append(bytes: Uint8Array, start: number, end: number, carrier: number, moment: Moment): void {
    const until = Math.min(end, start + this.octets.length - this.#filled);
    this.octets.set(bytes.subarray(start, until), this.#filled);
    this.#filled += until - start;
    this.spans.push({ end: this.#filled, carrier });
    this.moment = momentOf(moment);
  }
}
