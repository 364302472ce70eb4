/**
 * Rooms for octets that wait for others: they are used again, because what waits is old enough to be freed late, and would pile up
 * until then.
 */

/** Octets of a room: those of the longest usual segment, with some to spare. */
const ROOM = 2_048;
/** Free rooms that are kept. */
const MOST = 256;

export class Rooms {
  readonly #free: ArrayBuffer[] = [];

  /** A copy of `[start, end)`, to be given to `free` when it is no longer used. */
  copy(bytes: Uint8Array, start: number, end: number): Uint8Array {
    if (end - start > ROOM) return bytes.slice(start, end);
    const octets = new Uint8Array(this.#free.pop() ?? new ArrayBuffer(ROOM), 0, end - start);
    octets.set(bytes.subarray(start, end));
    return octets;
  }

  /** Takes back the room of a copy, which must not be used after that. */
  free({ buffer }: Uint8Array): void {
    if (buffer instanceof ArrayBuffer && buffer.byteLength === ROOM && this.#free.length < MOST) this.#free.push(buffer);
  }
}
