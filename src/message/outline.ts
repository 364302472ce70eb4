/**
 * The outline of a ClientHello: what its sender's software and settings put into it, as a text that is a key for caches. It leaves
 * out what differs per connection: random, session id, server name, keys, tickets, and which GREASE values were drawn.
 * Whatever depends on the outline alone, like fingerprints, needs to be made only once for each.
 */

/** Extensions whose presence alone is in the outline: server_name, padding, session_ticket, pre_shared_key, cookie, QUIC's parameters, ECH. */
const APART: ReadonlySet<number> = new Set([0, 21, 35, 41, 44, 57, 0xffa5, 0xfe0d]);
/** Extensions whose bodies are lists of two-octet numbers, by the octets of the length before the list. */
const LISTS: ReadonlyMap<number, number> = new Map([
  [10, 2],
  [43, 1],
]);
const KEY_SHARE = 51;
/** Stands for every GREASE value. */
const GREASE = 0x0a0a;
/** 16-bit words of the longest outline. */
const LONGEST = 2_048;

const written = new Uint16Array(LONGEST);

/** The outline of a ClientHello's body; `undefined` if its lengths do not add up, or it is absurdly long. */
export function outlineOf(body: Uint8Array, isDtls = false): string | undefined {
  const end = body.length;
  let at = 35 + (body[34] ?? end);
  if (isDtls) at += 1 + (body[at] ?? end);
  if (at + 2 > end) return undefined;
  let length = put(0, u16(body, 0));
  const suitesEnd = at + 2 + u16(body, at);
  if (suitesEnd >= end || (suitesEnd - at) % 2 !== 0) return undefined;
  length = putWords(length, body, at, suitesEnd);
  const compressionEnd = suitesEnd + 1 + (body[suitesEnd] as number);
  if (compressionEnd > end) return undefined;
  length = putOctets(length, body, suitesEnd, compressionEnd);
  if (compressionEnd === end) return textOf(length);
  if (compressionEnd + 2 > end || compressionEnd + 2 + u16(body, compressionEnd) !== end) return undefined;
  for (at = compressionEnd + 2; at < end;) {
    if (at + 4 > end) return undefined;
    const type = u16(body, at);
    const start = at + 4;
    at = start + u16(body, at + 2);
    if (at > end) return undefined;
    length = put(length, withoutGrease(type));
    if (type === KEY_SHARE) length = putShares(length, body, start, at);
    else if (!APART.has(type)) length = putBody(length, type, body, start, at);
  }
  return textOf(length);
}

function putBody(length: number, type: number, body: Uint8Array, start: number, end: number): number {
  const before = LISTS.get(type);
  const after = put(length, end - start);
  return before === undefined || (end - start - before) % 2 !== 0
    ? putOctets(after, body, start, end)
    : putWords(putOctets(after, body, start, start + before), body, start + before, end);
}

/** The groups of the shares, without the keys; all octets if their lengths do not add up. */
function putShares(length: number, body: Uint8Array, start: number, end: number): number {
  let count = 0;
  let after = length + 2;
  let at = start + 2;
  for (; at + 4 <= end; at += 4 + u16(body, at + 2)) {
    after = put(after, withoutGrease(u16(body, at)));
    count++;
  }
  if (at !== end || u16(body, start) !== end - start - 2) return putOctets(put(put(length, 0), end - start), body, start, end);
  put(put(length, 1), count);
  return after;
}

/** Like all functions here that add something, returns the new length, which may exceed the room there was. */
function put(length: number, word: number): number {
  if (length < LONGEST) written[length] = word;
  return length + 1;
}

function putWords(length: number, body: Uint8Array, start: number, end: number): number {
  let after = length;
  for (let at = start; at < end; at += 2) after = put(after, withoutGrease(u16(body, at)));
  return after;
}

function putOctets(length: number, body: Uint8Array, start: number, end: number): number {
  let after = length;
  for (let at = start; at < end; at++) after = put(after, body[at] as number);
  return after;
}

/** An outline that was made recently. */
interface Known {
  readonly words: Uint16Array;
  readonly text: string;
}

/** Recent outlines by a hash of their words: most connections have one of a few, whose text can be reused. */
const lately: (Known | undefined)[] = Array.from({ length: 256 }, () => undefined);

function textOf(length: number): string | undefined {
  if (length > LONGEST) return undefined;
  let hash = length;
  for (let at = 0; at < length; at++) hash = Math.imul(hash ^ (written[at] as number), 0x01000193);
  const place = (hash ^ (hash >>> 15)) & (lately.length - 1);
  const known = lately[place];
  if (known !== undefined && isWritten(known.words, length)) return known.text;
  const words = written.slice(0, length);
  const text = String.fromCharCode.apply(null, words as unknown as number[]);
  lately[place] = { words, text };
  return text;
}

function isWritten(words: Uint16Array, length: number): boolean {
  if (words.length !== length) return false;
  for (let at = 0; at < length; at++) if (words[at] !== written[at]) return false;
  return true;
}

function withoutGrease(value: number): number {
  return (value & 0x0f0f) === GREASE && value >>> 8 === (value & 0xff) ? GREASE : value;
}

function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
}
