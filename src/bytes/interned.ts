/**
 * Values by the octets from which they were made: peers say the same few things in every connection, and to find what was made of
 * them costs less than to make it again. What is kept is bounded; a value that has lost its place is made anew. It loses it only to one that was
 * looked for twice: names and keys that come once would take the places of what comes always, and stay just long enough to be taken for old.
 */

/** Places, a power of two. */
const PLACES = 1_024;
/** Octets of the longest that is kept. */
const LONGEST = 256;

interface Kept<T> {
  readonly kind: number;
  readonly octets: Uint8Array;
  readonly value: T;
}

/** A cache of values that nobody may change, because they are shared. */
export class Interned<T> {
  readonly #places: (Kept<T> | undefined)[] = Array.from({ length: PLACES }, () => undefined);
  /** The hash of what was looked for in vain at each place, last. */
  readonly #missed = new Int32Array(PLACES);
  /** Where what was looked for last belongs; -1 where it is too long, or where it was not looked for before and the place is taken. */
  #place = -1;

  /** The value that was kept for the octets `[start, end)` and `kind`, an integer that says what they are. */
  find(kind: number, bytes: Uint8Array, start: number, end: number): T | undefined {
    this.#place = -1;
    if (end - start > LONGEST) return undefined;
    let hash = kind;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    this.#place = (hash ^ (hash >>> 16)) & (PLACES - 1);
    const kept = this.#places[this.#place];
    if (kept === undefined) return undefined;
    if (isOf(kept, kind, bytes, start, end)) return kept.value;
    if (this.#missed[this.#place] !== hash) {
      this.#missed[this.#place] = hash;
      this.#place = -1;
    }
    return undefined;
  }

  /** Keeps `value` for the octets and the kind that were looked for last. */
  keep(kind: number, bytes: Uint8Array, start: number, end: number, value: T): void {
    if (this.#place >= 0) this.#places[this.#place] = { kind, octets: bytes.slice(start, end), value };
  }
}

function isOf(kept: Kept<unknown>, kind: number, bytes: Uint8Array, start: number, end: number): boolean {
  if (kept.kind !== kind || kept.octets.length !== end - start) return false;
  for (let at = start; at < end; at++) if (bytes[at] !== kept.octets[at - start]) return false;
  return true;
}
