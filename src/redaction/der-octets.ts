/**
 * Replaces the contents of certificates, names and responses in DER (X.690) and keeps their shape: texts, addresses,
 * serial numbers, keys, signatures and identifiers become others; lengths, object identifiers, flags and dates stay,
 * and so do words in names that show an authority's place in a chain: the diagnosis of a refused chain depends on them.
 */
import { tellsPlace } from "../diagnosis/issuer.ts";
import type { Pseudonyms } from "./pseudonym.ts";
import { isSctList, redactSctList } from "./sct-octets.ts";

const DEPTH = 32;
/** Numbers and bit strings of fewer octets are versions, exponents and flags. */
const SHORT = 4;

const TEXTS: ReadonlySet<number> = new Set([0x0c, 0x12, 0x13, 0x14, 0x16, 0x1a, 0x1c, 0x1e]);
/** In a GeneralName (RFC 5280 §4.2.1.6): e-mail address, host name, URI. */
const NAMES: ReadonlySet<number> = new Set([0x81, 0x82, 0x86]);
const IP_ADDRESS = 0x87;

/** Replaces in `[start, end)`; octets that are not DER are replaced as a whole. With `keepNames` texts and addresses stay. */
export function redactDer(bytes: Uint8Array, start: number, end: number, names: Pseudonyms, keepNames: boolean, depth = 0): void {
  if (!isDer(bytes, start, end) || depth > DEPTH) {
    names.replace(bytes, start, end);
    return;
  }
  for (let at = start; at < end;) {
    const tag = bytes[at] as number;
    const [from, to] = contents(bytes, at, end) as [number, number];
    if ((tag & 0x20) !== 0) redactDer(bytes, from, to, names, keepNames, depth + 1);
    else redactPrimitive(bytes, tag, from, to, names, keepNames, depth);
    at = to;
  }
}

function redactPrimitive(
  bytes: Uint8Array,
  tag: number,
  from: number,
  to: number,
  names: Pseudonyms,
  keepNames: boolean,
  depth: number,
): void {
  if (TEXTS.has(tag) || NAMES.has(tag)) {
    if (!keepNames) names.replaceWords(bytes, from, to, tellsPlace);
  } else if (tag === IP_ADDRESS) {
    if (!keepNames && (to - from === 4 || to - from === 16)) bytes.set(names.address(bytes.slice(from, to)), from);
  } else if (tag === 0x02) {
    // The first octets have the sign and the number of bits.
    if (to - from > SHORT) names.replace(bytes, from, to, 2);
  } else if (tag === 0x03) {
    if (isDer(bytes, from + 1, to)) redactDer(bytes, from + 1, to, names, keepNames, depth + 1);
    else if (to - from > SHORT) names.replace(bytes, from, to, 2);
  } else if (tag === 0x04) {
    if (isDer(bytes, from, to)) redactDer(bytes, from, to, names, keepNames, depth + 1);
    else if (isSctList(bytes, from, to)) redactSctList(bytes, from, to, names);
    else names.replace(bytes, from, to);
  } else if (tag >= 0x80 && to - from > SHORT) {
    names.replace(bytes, from, to);
  }
}

/** Is it a sequence of DER values that fills the range exactly? */
function isDer(bytes: Uint8Array, start: number, end: number): boolean {
  if (start >= end) return start === end;
  for (let at = start; at < end;) {
    const found = contents(bytes, at, end);
    if (found === null || !isKnownTag(bytes[at] as number)) return false;
    at = found[1];
  }
  return true;
}

/** Universal types of X.509, and context-specific ones. */
function isKnownTag(tag: number): boolean {
  return (tag >= 0x01 && tag <= 0x1e) || tag === 0x30 || tag === 0x31 || (tag >= 0x80 && tag <= 0x88) || (tag >= 0xa0 && tag <= 0xa8);
}

function contents(bytes: Uint8Array, at: number, end: number): [from: number, to: number] | null {
  let from = at + 2;
  let length = bytes[at + 1] ?? -1;
  if (from > end || length < 0 || ((bytes[at] as number) & 0x1f) === 0x1f) return null;
  if (length >= 0x80) {
    const octets = length & 0x7f;
    if (octets === 0 || octets > 3 || from + octets > end) return null;
    length = 0;
    for (let index = 0; index < octets; index++) length = length * 256 + (bytes[from + index] as number);
    from += octets;
  }
  return from + length <= end ? [from, from + length] : null;
}
