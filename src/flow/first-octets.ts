/**
 * The first octets of one direction as they were delivered, so that octets which come again can be held against them: whoever
 * sends the same place twice with other contents wants two readers to see two things.
 */
import { LIMITS } from "../fault/limits.ts";
import type { Budget } from "./budget.ts";

interface Piece {
  readonly sequence: number;
  readonly octets: Uint8Array;
}

/** Pieces that are kept: enough for a hello that comes in small segments. */
const PIECES = 16;

export class FirstOctets {
  readonly #budget: Budget;
  #pieces: Piece[] = [];
  #length = 0;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** Takes `[start, end)`, which were delivered as the octets from `sequence` on, as long as there is room. */
  keep(sequence: number, bytes: Uint8Array, start: number, end: number): void {
    const length = Math.min(end - start, LIMITS.comparedOctets - this.#length);
    if (length <= 0 || this.#pieces.length === PIECES || this.#budget.compared + length > LIMITS.comparedOctetsInAll) return;
    this.#pieces.push({ sequence, octets: bytes.slice(start, start + length) });
    this.#length += length;
    this.#budget.compared += length;
  }

  /** Has any octet of `[start, end)`, which come again as those from `sequence` on, another value than before? */
  differs(sequence: number, bytes: Uint8Array, start: number, end: number): boolean {
    return this.#pieces.some((piece) => {
      const ahead = (piece.sequence - sequence) | 0;
      const until = Math.min(end, start + ahead + piece.octets.length);
      for (let at = Math.max(start, start + ahead); at < until; at++) if (bytes[at] !== piece.octets[at - start - ahead]) return true;
      return false;
    });
  }

  /** Forgets them. */
  drop(): void {
    this.#budget.compared -= this.#length;
    this.#length = 0;
    this.#pieces = [];
  }
}
