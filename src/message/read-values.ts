/**
 * Reads the values of which messages and extensions consist into what the model
 * carries: hex, safe text, code points, lengths. The cursor throws its fault for what does not fit.
 */
import type { Cursor } from "../bytes/cursor.ts";
import { hexNumber, toHex } from "../bytes/hex.ts";
import { toText } from "../bytes/text.ts";
import { type CodePoint, codePoint, type RegistryName } from "../registry/codepoint.ts";

/** The next `length` octets in hex. */
export function readHex(cursor: Cursor, length: number): string {
  const window = cursor.sub(length);
  return toHex(window.bytes, window.position, window.end);
}

/** Everything that is left, in hex. */
export function readHexRest(cursor: Cursor): string {
  return readHex(cursor, cursor.remaining);
}

/** An `opaque<0..2^8-1>` in hex. */
export function readHex8(cursor: Cursor): string {
  return readHex(cursor, cursor.u8());
}

/** An `opaque<0..2^16-1>` in hex. */
export function readHex16(cursor: Cursor): string {
  return readHex(cursor, cursor.u16());
}

/** An `opaque<0..2^8-1>` as safe text. */
export function readText8(cursor: Cursor): string {
  const window = cursor.vector8();
  return toText(window.bytes, window.position, window.end);
}

/** An `opaque<0..2^16-1>` as safe text. */
export function readText16(cursor: Cursor): string {
  const window = cursor.vector16();
  return toText(window.bytes, window.position, window.end);
}

/** Skips an `opaque<0..2^8-1>`; returns its length in octets. */
export function readLength8(cursor: Cursor): number {
  const length = cursor.u8();
  cursor.skip(length);
  return length;
}

/** Skips an `opaque<0..2^16-1>`; returns its length in octets. */
export function readLength16(cursor: Cursor): number {
  const length = cursor.u16();
  cursor.skip(length);
  return length;
}

/** Skips an `opaque<0..2^24-1>`; returns its length in octets. */
export function readLength24(cursor: Cursor): number {
  const length = cursor.u24();
  cursor.skip(length);
  return length;
}

/** Reads the whole window as numbers of one octet in `registry`. */
export function readPoints8(window: Cursor, registry: RegistryName): CodePoint[] {
  const list: CodePoint[] = [];
  while (window.remaining > 0) list.push(codePoint(registry, window.u8()));
  return list;
}

/** Reads the whole window as numbers of two octets in `registry`. */
export function readPoints16(window: Cursor, registry: RegistryName): CodePoint[] {
  const list: CodePoint[] = [];
  while (window.remaining > 0) list.push(codePoint(registry, window.u16()));
  return list;
}

/** Reads the whole window as texts with a one-octet length each. */
export function readTexts8(window: Cursor): string[] {
  const list: string[] = [];
  while (window.remaining > 0) list.push(readText8(window));
  return list;
}

/** Reads the whole window as octet strings with a two-octet length each, in hex. */
export function readHexes16(window: Cursor): string[] {
  const list: string[] = [];
  while (window.remaining > 0) list.push(readHex16(window));
  return list;
}

/** Names of the values of a field that has no registry. */
export type FieldNames = Readonly<Record<number, string>>;

/** The code point of a value of such a field. */
export function fieldPoint(names: FieldNames, value: number, octets = 1): CodePoint {
  return { id: hexNumber(value, octets), name: names[value] ?? null };
}

/** Bits of the unsigned integer in a window, without leading zeros. */
export function bitsOf(window: Cursor): number {
  let at = window.position;
  while (at < window.end && window.bytes[at] === 0) at++;
  return at === window.end ? 0 : 8 * (window.end - at) - (Math.clz32(window.bytes[at] as number) - 24);
}

/** Do the two octets at `at` give the exact number of octets after them, as the length of a vector that fills the rest of a body does? */
export function isVector16ToEnd({ bytes, end }: Cursor, at: number): boolean {
  return end - at >= 2 && (((bytes[at] as number) << 8) | (bytes[at + 1] as number)) === end - at - 2;
}
