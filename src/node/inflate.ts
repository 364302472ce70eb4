/** Compressed inputs as they are read: gzip by Node itself, zstd by a library, because Node 20 lacks it. */
import { Decompress } from "fzstd";
import { Readable } from "node:stream";
import { createGunzip, constants as zlib } from "node:zlib";
import { safeText } from "../bytes/text.ts";
import { type Chunks, DecompressionError } from "./decompress.ts";

/** The octets of gzip data. A cut file gives everything before the cut, then throws `DecompressionError`. */
export async function* gunzip(chunks: Chunks): Chunks {
  const copies = (async function* (): Chunks {
    for await (const chunk of chunks) yield chunk.slice();
  })();
  const gunzipper = Readable.from(copies).pipe(createGunzip({ chunkSize: 1 << 16, finishFlush: zlib.Z_SYNC_FLUSH }));
  try {
    for await (const octets of gunzipper) yield octets as Uint8Array;
  } catch (error) {
    throw new DecompressionError(`holds gzip data that is damaged: ${safeText((error as Error).message)}`, { cause: error });
  }
}

/** The octets of zstd data; what lies before damage is given before `DecompressionError` is thrown. */
export async function* unzstd(chunks: Chunks): Chunks {
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
