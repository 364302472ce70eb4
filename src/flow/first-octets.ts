/**
 * The first octets of each direction as they were delivered, to be compared with octets that are sent again: whoever sends different
 * contents for the same place wants two readers to see two different things. All directions write into one ring, so a connection
 * costs a copy but no memory of its own; what has been overwritten in the meantime is not compared.
 */
import { LIMITS } from "../fault/limits.ts";

/** A buffer of fixed size in which new octets overwrite the oldest. */
export class Ring {
  #octets: Uint8Array | null = null;
  #written = 0;

  /** Writes `[start, end)`; returns where. */
  write(bytes: Uint8Array, start: number, end: number): number {
    const octets = (this.#octets ??= new Uint8Array(LIMITS.ringOctets));
    const rest = octets.length - (this.#written % octets.length);
    // What does not fit before the end of the ring stands at its beginning.
    if (end - start > rest) this.#written += rest;
    const at = this.#written;
    octets.set(bytes.subarray(start, end), at % octets.length);
    this.#written += end - start;
    return at;
  }

  /** Does any octet of `[start, end)` differ from those kept from place `at` on? False if they have been overwritten. */
  differs(at: number, bytes: Uint8Array, start: number, end: number): boolean {
    const octets = this.#octets;
    if (octets === null || this.#written - at > octets.length) return false;
    const first = at % octets.length;
    for (let offset = 0; offset < end - start; offset++) if (octets[first + offset] !== bytes[start + offset]) return true;
    return false;
  }
}

/** Numbers of a piece: its place in the ring, its sequence number and its length. */
const PIECE = 3;
/** Pieces kept for each direction: enough for a hello. */
const PIECES = 8;

/** The first octets of one direction, as far as the ring still has them. */
export class FirstOctets {
  readonly #ring: Ring;
  readonly #pieces: number[] = [];
  #length = 0;

  constructor(ring: Ring) {
    this.#ring = ring;
  }

  /** Keeps `[start, end)`, delivered as the octets from `sequence` on, as long as there is room. */
  keep(sequence: number, bytes: Uint8Array, start: number, end: number): void {
    const length = Math.min(end - start, LIMITS.comparedOctets - this.#length);
    if (length <= 0 || this.#pieces.length === PIECE * PIECES) return;
    this.#pieces.push(this.#ring.write(bytes, start, start + length), sequence, length);
    this.#length += length;
  }

  /** Does any octet of `[start, end)`, sent again from `sequence` on, differ from what came before? */
  differs(sequence: number, bytes: Uint8Array, start: number, end: number): boolean {
    const pieces = this.#pieces;
    for (let piece = 0; piece < pieces.length; piece += PIECE) {
      const ahead = ((pieces[piece + 1] as number) - sequence) | 0;
      const from = Math.max(start, start + ahead);
      const until = Math.min(end, start + ahead + (pieces[piece + 2] as number));
      const place = (pieces[piece] as number) + from - start - ahead;
      if (until > from && this.#ring.differs(place, bytes, from, until)) return true;
    }
    return false;
  }
}
