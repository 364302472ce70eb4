/** What an input begins with, which says what it is. */
import type { Chunks } from "./decompress.ts";

/** The first octets, at least four where there are so many. */
export async function firstChunk(source: Chunks): Promise<Uint8Array> {
  let first = new Uint8Array(0);
  while (first.length < 4) {
    const { value, done } = await source.next();
    if (done === true || value === undefined) break;
    if (first.length === 0 && value.length >= 4) return value;
    const joined = new Uint8Array(first.length + value.length);
    joined.set(first);
    joined.set(value, first.length);
    first = joined;
  }
  return first;
}

/** Only pcapng files can carry secrets. */
export function isPcapng(first: Uint8Array): boolean {
  return [0x0a, 0x0d, 0x0d, 0x0a].every((octet, index) => first[index] === octet);
}

/** Saved reports are JSON objects. */
export function isJson(first: Uint8Array): boolean {
  const begin = first.find((octet) => octet !== 0x20 && octet !== 0x0a && octet !== 0x0d && octet !== 0x09);
  return begin === 0x7b;
}
