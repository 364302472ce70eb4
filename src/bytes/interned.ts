/**
 * A bounded cache of values by the octets from which they were made: peers say the same few things in every connection, and finding a
 * value costs less than making it again. A value loses its place only to one that was looked for twice in a row: otherwise names and keys that
 * are seen once would push out what is seen all the time.
 */

/** Places, a power of two. */
const PLACES = 1_024;
/** Octets of the longest key that is kept. */
const LONGEST = 256;

interface Kept<T> {
  readonly kind: number;
  readonly octets: Uint8Array;
  readonly value: T;
}

/** A cache of values that nobody may change, because they are shared. */
export class Interned<T> {
  readonly #places: (Kept<T> | undefined)[] = Array.from({ length: PLACES }, () => undefined);
  /** For each place, the hash of the last key that was looked for there in vain. */
  readonly #missed = new Int32Array(PLACES);
  /** The place for the key that was looked for last; -1 if it is too long, or if the place is taken and the key was looked for only once. */
  #place = -1;

  /** The value kept for the octets `[start, end)` and `kind`, an integer that says what they are. */
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
