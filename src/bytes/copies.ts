/**
 * Copies of octets that outlive the packet they came in. Short ones share blocks of memory: allocating each by itself would take longer
 * than decoding it. A block lives as long as any of its copies, so it is kept small.
 */

/** Octets of a block, and of the longest copy that is put in one. */
const BLOCK = 4_096;
const LONGEST = 512;
/** Up to so many octets, a loop copies faster than a call of `set`. */
const TINY = 64;

let block = new Uint8Array(0);
let used = 0;

/** A copy of the octets `[start, end)`, which nothing will overwrite. */
export function copyOf(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const length = end - start;
  if (length > LONGEST) return new Uint8Array(bytes.subarray(start, end));
  if (used + length > block.length) {
    block = new Uint8Array(BLOCK);
    used = 0;
  }
  const copy = block.subarray(used, used + length);
  if (length > TINY) copy.set(bytes.subarray(start, end));
  else for (let at = 0; at < length; at++) copy[at] = bytes[start + at] as number;
  used += length;
  return copy;
}
