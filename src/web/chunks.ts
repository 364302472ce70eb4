/** The octets of a file in the browser, in chunks, decompressed. */
import { Decompress } from "fzstd";
import { Inflation } from "../capture/inflation.ts";

/** Octets of a file as they are read. */
export type Chunks = AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>;

/** Octets of one read: the page stays responsive between two of them. */
const CHUNK = 1 << 20;
/** Octets given to zstd at once: they may become 32,768 times as many before the limit can be checked. */
const PIECE = 4_096;

/** The decompressed file is too large; the message is a clause about it. */
export class Inflated extends Error {}

/** The chunks of `file`; `tell` is called with the share of the file read so far, from 0 to 1. */
export function chunksOf(file: Blob, compression: "gzip" | "zstd" | undefined, tell: (share: number) => void): Chunks {
  const stored = storedChunks(file, tell);
  return compression === undefined ? stored : bounded(stored, compression);
}

async function* bounded(stored: Chunks, compression: "gzip" | "zstd"): Chunks {
  const inflation = new Inflation(compression);
  const pieces = piecesOf(stored, compression === "zstd" ? PIECE : CHUNK, inflation);
  for await (const octets of compression === "gzip" ? inflated(pieces, "gzip") : unzstd(pieces)) {
    inflation.give(octets.length);
    if (inflation.excess !== undefined) throw new Inflated(inflation.excess);
    yield octets;
  }
}

async function* piecesOf(chunks: Chunks, length: number, inflation: Inflation): Chunks {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += length) {
      const piece = chunk.slice(at, at + length);
      inflation.store(piece);
      if (inflation.excess !== undefined) throw new Inflated(inflation.excess);
      yield piece;
    }
  }
}

async function* storedChunks(file: Blob, tell: (share: number) => void): Chunks {
  for (let at = 0; at < file.size; at += CHUNK) {
    yield new Uint8Array(await file.slice(at, at + CHUNK).arrayBuffer());
    tell(Math.min(1, (at + CHUNK) / file.size));
  }
}

/** Decompressed by the browser; what precedes damage is given before the error is thrown. */
export async function* inflated(chunks: Chunks, format: CompressionFormat): Chunks {
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
  });
  const reader = source.pipeThrough(new DecompressionStream(format)).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function* unzstd(chunks: Chunks): Chunks {
  let out: Uint8Array<ArrayBuffer>[] = [];
  const stream = new Decompress((octets) => out.push(octets as Uint8Array<ArrayBuffer>));
  try {
    for await (const chunk of chunks) {
      stream.push(chunk);
      yield* out;
      out = [];
    }
    stream.push(new Uint8Array(0), true);
  } finally {
    yield* out;
  }
}
