/** The octets of a file in the browser, in chunks, without the compression of the file. */
import { Decompress } from "fzstd";

export type Chunks = AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>;

/** Octets of one read: the page answers between two of them. */
const CHUNK = 1 << 20;

/** `tell` is given the share of the file that has been read, from 0 to 1. */
export function chunksOf(file: Blob, compression: "gzip" | "zstd" | undefined, tell: (share: number) => void): Chunks {
  const stored = storedChunks(file, tell);
  if (compression === undefined) return stored;
  return compression === "gzip" ? inflated(stored, "gzip") : unzstd(stored);
}

async function* storedChunks(file: Blob, tell: (share: number) => void): Chunks {
  for (let at = 0; at < file.size; at += CHUNK) {
    yield new Uint8Array(await file.slice(at, at + CHUNK).arrayBuffer());
    tell(Math.min(1, (at + CHUNK) / file.size));
  }
}

/** Undone by the browser; what lies before damage is given before the error is thrown. */
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
