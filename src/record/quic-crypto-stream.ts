/**
 * What one side says in CRYPTO frames (RFC 9000 §7.5, §19.6): pieces by offset come in, in any order and any number
 * of times; complete handshake messages go out, each once.
 */
import { LIMITS } from "../fault/limits.ts";
import type { Hold } from "../flow/budget.ts";
import { type Moment, momentOf } from "../flow/moment.ts";
import type { HandshakeOctets } from "./defragment.ts";

/** Octets of a handshake message's header. */
const HEADER = 4;

/** Octets `[start, end)` of the stream, and the packet that brought them first. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly carrier: number;
}

/** The CRYPTO stream of one side and kind of packet. */
export class QuicCryptoStream {
  readonly #emit: (message: HandshakeOctets) => void;
  readonly #limit: number;
  readonly #hold: Hold;
  #octets = new Uint8Array(0);
  /** What has come, ascending, without overlap. */
  #pieces: Piece[] = [];
  /** Where the next message begins. */
  #next = 0;
  #moment: Moment | null = null;

  /** `limit` is the greatest number of octets of the stream; `hold` counts the memory for what is collected. */
  constructor(emit: (message: HandshakeOctets) => void, limit: number = LIMITS.cryptoOctets, hold: Hold = () => undefined) {
    this.#emit = emit;
    this.#hold = hold;
    this.#limit = limit;
  }

  /** Takes octets `[start, end)` of `bytes`, which belong at `offset` of the stream; returns whether any of them is new. */
  piece(offset: number, bytes: Uint8Array, start: number, end: number, moment: Moment): boolean {
    const until = offset + end - start;
    if (until > this.#limit || this.#pieces.length >= LIMITS.queuedSegments) return false;
    const holes = this.#holes(Math.max(offset, this.#next), until, moment.number);
    if (holes.length === 0) return false;
    this.#grow(until);
    for (const hole of holes) this.#octets.set(bytes.subarray(start + hole.start - offset, start + hole.end - offset), hole.start);
    this.#pieces = joined([...this.#pieces, ...holes].sort((a, b) => a.start - b.start));
    this.#moment = momentOf(moment);
    this.#extract(this.#moment);
    return true;
  }

  /** No more will come: emits what there is of an incomplete message. */
  end(): void {
    const reached = this.#reached;
    if (this.#moment === null || reached - this.#next < HEADER) return;
    this.#message(reached, this.#moment);
    this.#next = reached;
  }

  /** The parts of `[from, until)` that are not there yet. */
  #holes(from: number, until: number, carrier: number): Piece[] {
    const holes: Piece[] = [];
    let start = from;
    for (const piece of this.#pieces) {
      if (piece.end <= start) continue;
      if (piece.start >= until) break;
      if (piece.start > start) holes.push({ start, end: piece.start, carrier });
      start = piece.end;
    }
    if (start < until) holes.push({ start, end: until, carrier });
    return holes;
  }

  #grow(until: number): void {
    if (until <= this.#octets.length) return;
    const grown = new Uint8Array(Math.max(until, Math.min(2 * this.#octets.length, this.#limit)));
    this.#hold(grown.length - this.#octets.length);
    grown.set(this.#octets);
    this.#octets = grown;
  }

  /** The end of what is there without a hole. */
  get #reached(): number {
    let reached = this.#next;
    for (const piece of this.#pieces) {
      if (piece.start > reached) break;
      reached = Math.max(reached, piece.end);
    }
    return reached;
  }

  #extract(moment: Moment): void {
    const reached = this.#reached;
    while (reached - this.#next >= HEADER) {
      const end = this.#next + HEADER + this.#length;
      if (end > reached) return;
      this.#message(end, moment);
      this.#next = end;
      this.#pieces = this.#pieces.filter((piece) => piece.end > end);
    }
  }

  /** Octets that the header of the next message announces. */
  get #length(): number {
    const at = this.#next + 1;
    return ((this.#octets[at] as number) << 16) | ((this.#octets[at + 1] as number) << 8) | (this.#octets[at + 2] as number);
  }

  #message(end: number, moment: Moment): void {
    const start = this.#next;
    const carriers = this.#pieces.filter((piece) => piece.start < end && piece.end > start).map((piece) => piece.carrier);
    this.#emit({
      handshakeType: this.#octets[start] as number,
      body: this.#octets.slice(start + HEADER, end),
      length: this.#length,
      packets: [...new Set(carriers)].sort((a, b) => a - b),
      moment,
    });
  }
}

/** Joins adjacent pieces from the same packet. */
function joined(pieces: readonly Piece[]): Piece[] {
  const list: Piece[] = [];
  for (const piece of pieces) {
    const last = list.at(-1);
    if (last !== undefined && last.end === piece.start && last.carrier === piece.carrier)
      list[list.length - 1] = { ...last, end: piece.end };
    else list.push(piece);
  }
  return list;
}
