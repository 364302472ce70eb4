/**
 * Copies of octets that outlive the packet they came in. Short ones lie behind each other in blocks: memory of their own would cost more
 * time than all that is read from them. A block lives as long as any of its copies, so that it is small.
 */

/** Octets of a block, and of the longest copy that is laid in one. */
const BLOCK = 4_096;
const LONGEST = 512;
/** Octets that are sooner copied one by one than by the engine, which has to be called for it. */
const TINY = 64;

let block = new Uint8Array(0);
let used = 0;

/** The octets `[start, end)`, which nobody else will write over. */
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
