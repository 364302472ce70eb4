/**
 * A fuzz input as a row of choices: each choice takes an octet, and what is not there counts as 0. So any octets
 * are a valid input, and a small change of them is a small change of what is built.
 */
export class Input {
  readonly octets: Uint8Array;
  #at = 0;

  constructor(octets: Uint8Array) {
    this.octets = octets;
  }

  get left(): number {
    return Math.max(0, this.octets.length - this.#at);
  }

  u8(): number {
    return this.octets[this.#at++] ?? 0;
  }

  u16(): number {
    return this.u8() * 256 + this.u8();
  }

  u32(): number {
    return this.u16() * 65_536 + this.u16();
  }

  /** One of a list. */
  pick<T>(list: readonly T[]): T {
    return list[this.u8() % list.length] as T;
  }

  /** True of about one octet in `among`. */
  rarely(among: number): boolean {
    return this.u8() % among === among - 1;
  }

  /** The next octets, as many of `length` as there are. */
  take(length: number): Uint8Array {
    const taken = this.octets.slice(this.#at, this.#at + length);
    this.#at += length;
    return taken;
  }

  /** Everything that is left. */
  rest(): Uint8Array {
    return this.take(this.left);
  }

  /** What is left as pieces, each behind its length in two octets. */
  pieces(most: number): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    while (this.left > 2 && pieces.length < most) pieces.push(this.take(this.u16()));
    return pieces;
  }
}

/** Pieces as {@link Input.pieces} reads them. */
export function inPieces(pieces: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(pieces.flatMap((piece) => [piece.length >> 8, piece.length & 0xff, ...piece]));
}

/** Cuts octets into chunks, their lengths taken by turns from `sizes`. */
export function inChunks(octets: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < octets.length;) {
    const length = Math.max(1, sizes[chunks.length % sizes.length] ?? 1);
    chunks.push(octets.slice(at, at + length));
    at += length;
  }
  return chunks;
}
