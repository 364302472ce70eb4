/** The octets of files and pipes, in chunks as they are read. */
import { constants, readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { joinOctets } from "../bytes/join.ts";
import { CaptureError } from "../fault/errors.ts";
import type { Chunks } from "./decompress.ts";
import { orInterrupted } from "./interruptible.ts";

/** Octets of one read: few enough to stay in the processor's cache until they are decoded, and enough that the reads hardly matter. */
const CHUNK = 1 << 19;
/** Reads between two turns of the event loop. */
const READS = 16;

/**
 * Pushes the octets of a regular file from its descriptor's position on, in a buffer that is reused for the next read. It is read
 * synchronously, without a turn of the event loop for each read, which would cost as much as decoding what was read.
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
    await otherTurns();
  }
}

/** The octets of a regular file, in a buffer that is reused for the next read. */
export async function* fileChunks(descriptor: number): Chunks {
  const buffer = new Uint8Array(CHUNK);
  for (let reads = 1; ; reads++) {
    const octets = readSync(descriptor, buffer, 0, CHUNK, null);
    if (octets === 0) return;
    yield buffer.subarray(0, octets);
    if (reads % READS === 0) await otherTurns();
  }
}

/** The octets of a pipe as they arrive, in a buffer that is reused for the next read. */
export async function* pipeChunks(handle: FileHandle, signal?: AbortSignal): Chunks {
  const buffer = new Uint8Array(CHUNK);
  for (;;) {
    const read = await orInterrupted(handle.read(buffer, 0, CHUNK, null), signal);
    if (read === undefined || read.bytesRead === 0) return;
    yield buffer.subarray(0, read.bytesRead);
  }
}

/** Opens a file for asynchronous reads; `node:fs/promises` is loaded only here, as it takes longer to load than a small capture to read. */
export async function openPipe(path: string): Promise<FileHandle> {
  const { open } = await import("node:fs/promises");
  return open(path, constants.O_RDONLY);
}

/** Lets signals and timers have their turn. */
function otherTurns(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** All octets of a file or a pipe. Throws `CaptureError` for more than `limit`. */
export async function readLimited(path: string, limit: number): Promise<Uint8Array> {
  const handle = await openPipe(path);
  try {
    return await joined(pipeChunks(handle), limit, (size) => `is larger than ${size}, as no key log is`);
  } finally {
    await handle.close();
  }
}

/** All octets of `chunks`. Throws `CaptureError`, with the words that `tooMany` makes of the limit, for more than `limit`. */
export async function joined(chunks: AsyncIterable<Uint8Array>, limit: number, tooMany: (limit: string) => string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const octets of chunks) {
    length += octets.length;
    if (length > limit) throw new CaptureError("unsupported", tooMany(`${limit >> 20} MiB`));
    parts.push(octets.slice());
  }
  return joinOctets(...parts);
}

/** The first octets of an input: at least four, if it has so many. */
export async function firstChunk(source: Chunks): Promise<Uint8Array> {
  let first: Uint8Array = new Uint8Array(0);
  while (first.length < 4) {
    const { value, done } = await source.next();
    if (done === true || value === undefined) break;
    if (first.length === 0 && value.length >= 4) return value;
    first = joinOctets(first, value);
  }
  return first;
}

/** `first`, then the rest of `source`. */
export async function* prepend(first: Uint8Array, source: Chunks): Chunks {
  if (first.length > 0) yield first;
  yield* source;
}

/** The chunks as they are; `tell` is called with the length of each. */
export async function* tally(chunks: Chunks, tell: (octets: number) => void): Chunks {
  for await (const chunk of chunks) {
    tell(chunk.length);
    yield chunk;
  }
}
