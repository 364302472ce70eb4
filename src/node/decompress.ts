/** Compressed inputs as they are read: gzip by Node itself, zstd by a library, because Node 20 lacks it. */
import { safeText } from "../bytes/text.ts";

/** Octets of a file as they come. */
export type Chunks = AsyncGenerator<Uint8Array, void, undefined>;

/** The compressed input is damaged or cut. */
export class DecompressionError extends Error {}

/** The octets of an input without its compression; what lies before damage is given before `DecompressionError` is thrown. */
export async function* decompress(chunks: Chunks, compression: "gzip" | "zstd" | undefined): Chunks {
  if (compression === undefined) {
    yield* chunks;
  } else if (compression === "gzip") {
    yield* gunzip(chunks);
  } else {
    yield* unzstd(chunks);
  }
}

async function* gunzip(chunks: Chunks): Chunks {
  const [{ Readable }, { createGunzip, constants: zlib }] = await Promise.all([import("node:stream"), import("node:zlib")]);
  const copies = (async function* (): Chunks {
    for await (const chunk of chunks) yield chunk.slice();
  })();
  // A cut file gives everything before the cut.
  const gunzipper = Readable.from(copies).pipe(createGunzip({ chunkSize: 1 << 16, finishFlush: zlib.Z_SYNC_FLUSH }));
  try {
    for await (const octets of gunzipper) yield octets as Uint8Array;
  } catch (error) {
    throw new DecompressionError(`holds gzip data that is damaged: ${safeText((error as Error).message)}`, { cause: error });
  }
}

async function* unzstd(chunks: Chunks): Chunks {
  const { Decompress } = await import("fzstd");
  let out: Uint8Array[] = [];
  const stream = new Decompress((octets) => out.push(octets));
  try {
    for await (const chunk of chunks) {
      stream.push(chunk.slice());
      yield* out;
      out = [];
    }
    stream.push(new Uint8Array(0), true);
  } catch (error) {
    yield* out;
    throw new DecompressionError(`holds zstd data that is damaged or cut: ${safeText((error as Error).message)}`, { cause: error });
  }
  yield* out;
}
