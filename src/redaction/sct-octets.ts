/** Replaces logs and signatures in lists of signed certificate timestamps (RFC 6962 §3.3), in a certificate or in an extension of a hello, in place. */
import { Position } from "./position.ts";
import type { Pseudonyms } from "./pseudonym.ts";

const LOG_ID = 32;
const TIMESTAMP = 8;

/** Is `[start, end)` exactly a list of vectors? */
export function isSctList(bytes: Uint8Array, start: number, end: number): boolean {
  const at = new Position(bytes, start, end);
  if (end - start < 4 || at.number(2) !== end - start - 2) return false;
  while (at.end - at.at >= 2) {
    const length = at.number(2);
    if (length === 0 || length > at.end - at.at) return false;
    at.skip(length);
  }
  return !at.isInside;
}

/** Redacts such a list: version, times, lengths and algorithms stay. */
export function redactSctList(bytes: Uint8Array, start: number, end: number, names: Pseudonyms): void {
  const list = new Position(bytes, start + 2, end);
  while (list.isInside) {
    list.vector(2, (from, to) => {
      const at = new Position(bytes, from, to);
      at.skip(1);
      const log = at.at;
      at.skip(LOG_ID);
      names.replace(bytes, log, at.at);
      at.skip(TIMESTAMP);
      for (const skipped of [0, 2]) {
        at.skip(skipped);
        at.vector(2, (one, other) => names.replace(bytes, one, other));
      }
      names.replace(bytes, at.at, to);
    });
  }
}
