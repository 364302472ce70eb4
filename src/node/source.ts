/** The octets of files, pipes and standard input as they come, and what their first ones tell. */
import { readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { Chunks } from "./decompress.ts";

/** Octets of one read: few enough to stay in the processor's cache until they are decoded. */
const CHUNK = 1 << 17;
/** Reads between two turns of the event loop. */
const READS = 64;

/**
 * The octets of a regular file from where its descriptor stands, in a buffer that is reused for the next read. It is read
 * synchronously, and without a turn of the event loop for each read, which would cost as much as what is done with it.
 */
export async function eachRead(
  descriptor: number,
  push: (octets: Uint8Array) => Promise<void> | undefined,
  isInterrupted: () => boolean,
): Promise<void> {
  const buffer = new Uint8Array(CHUNK);
  while (!isInterrupted()) {
    for (let reads = 0; reads < READS; reads++) {
      const octets = readSync(descriptor, buffer, 0, CHUNK, null);
      if (octets === 0) return;
      const waiting = push(octets === CHUNK ? buffer : buffer.subarray(0, octets));
      if (waiting !== undefined) await waiting;
    }
    // Signals and timers want their turn, too.
    await nextTurn();
  }
}

/** The octets of a file that is open, or of a pipe, in a buffer that is reused for the next read. */
export async function* fileChunks(handle: FileHandle, isRegular: boolean): Chunks {
  const buffer = new Uint8Array(CHUNK);
  for (let reads = 1; ; reads++) {
    const octets = isRegular ? readSync(handle.fd, buffer, 0, CHUNK, null) : (await handle.read(buffer, 0, CHUNK, null)).bytesRead;
    if (octets === 0) return;
    yield buffer.subarray(0, octets);
    if (isRegular && reads % READS === 0) await nextTurn();
  }
}

async function nextTurn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** The octets of something that gives them by itself, as standard input does. */
export async function* stdinChunks(stdin: AsyncIterable<Uint8Array | string>): Chunks {
  for await (const chunk of stdin) yield chunk as Uint8Array;
}

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

/** The octets of `first`, if there are any, before those of `source`. */
export async function* prepend(first: Uint8Array, source: Chunks): Chunks {
  if (first.length > 0) yield first;
  yield* source;
}

/** The same chunks; `tell` gets the length of each. */
export async function* tally(chunks: Chunks, tell: (octets: number) => void): Chunks {
  for await (const chunk of chunks) {
    tell(chunk.length);
    yield chunk;
  }
}

/** Only pcapng files can carry secrets. */
export function isPcapng(first: Uint8Array): boolean {
  return [0x0a, 0x0d, 0x0d, 0x0a].every((octet, index) => first[index] === octet);
}

/** Do the octets begin an object of JSON? */
export function isJson(first: Uint8Array): boolean {
  const begin = first.find((octet) => octet !== 0x20 && octet !== 0x0a && octet !== 0x0d && octet !== 0x09);
  return begin === 0x7b;
}
