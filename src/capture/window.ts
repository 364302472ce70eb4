/**
 * Octets that wait for the rest of their packet: the part of a packet at the end of one chunk, and as
 * much of the next chunks as completes it. Only what straddles an edge is ever copied; a single
 * buffer serves all edges and grows to the largest packet (or pcapng block) that met one.
 */

/** A queue of octets in one growing buffer: `append` at its end, `drop` from its start. */
export class Window {
  /** The octets are at `[start, end)`; a later `append` may move them. */
  bytes = new Uint8Array(0);
  start = 0;
  end = 0;

  get length(): number {
    return this.end - this.start;
  }

  /** Copies `[from, to)` of `chunk` to the end. */
  append(chunk: Uint8Array, from: number, to: number): void {
    if (this.end + (to - from) > this.bytes.length) this.#makeRoom(to - from);
    this.bytes.set(chunk.subarray(from, to), this.end);
    this.end += to - from;
  }

  /** Forgets the first `count` octets. */
  drop(count: number): void {
    this.start += count;
  }

  /** Forgets everything; the buffer is kept. */
  clear(): void {
    this.start = 0;
    this.end = 0;
  }

  /** At least half of the buffer is free after a move, so each octet is moved a bounded number of times. */
  #makeRoom(count: number): void {
    const wanted = this.length + count;
    if (wanted * 2 <= this.bytes.length) {
      this.bytes.copyWithin(0, this.start, this.end);
    } else {
      const larger = new Uint8Array(Math.max(4096, wanted * 2));
      larger.set(this.bytes.subarray(this.start, this.end));
      this.bytes = larger;
    }
    this.end -= this.start;
    this.start = 0;
  }
}
