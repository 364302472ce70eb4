/** Compressed inputs as they are read: gzip by Node itself, zstd by a library, because Node 20 lacks it. */
import { safeText } from "../bytes/text.ts";
import { Inflation } from "../capture/inflation.ts";

/** Octets of a file as they come. */
export type Chunks = AsyncGenerator<Uint8Array, void, undefined>;

/** The compressed input is damaged, cut, or larger inside than it may be. */
export class DecompressionError extends Error {
  readonly code: "cut-compression" | "inflated";

  constructor(code: DecompressionError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Octets that zstd is given at once: they may become 32,768 times as many before anybody can say stop. */
const PIECE = 4_096;

/** The octets of an input without its compression; what lies before damage is given before `DecompressionError` is thrown. */
export async function* decompress(chunks: Chunks, compression: "gzip" | "zstd" | undefined): Chunks {
  if (compression === undefined) {
    yield* chunks;
    return;
  }
  const inflation = new Inflation(compression);
  for await (const octets of compression === "gzip" ? gunzip(chunks, inflation) : unzstd(chunks, inflation)) {
    inflation.give(octets.length);
    check(inflation);
    yield octets;
  }
}

function check({ excess }: Inflation): void {
  if (excess !== undefined) throw new DecompressionError("inflated", excess);
}

async function* gunzip(chunks: Chunks, inflation: Inflation): Chunks {
  const [{ Readable }, { createGunzip, constants: zlib }] = await Promise.all([import("node:stream"), import("node:zlib")]);
  const copies = (async function* (): Chunks {
    for await (const chunk of chunks) {
      inflation.store(chunk);
      yield chunk.slice();
    }
  })();
  // A cut file gives everything before the cut.
  const gunzipper = Readable.from(copies).pipe(createGunzip({ chunkSize: 1 << 16, finishFlush: zlib.Z_SYNC_FLUSH }));
  try {
    for await (const octets of gunzipper) yield octets as Uint8Array;
  } catch (error) {
    const why = safeText((error as Error).message);
    throw new DecompressionError("cut-compression", `holds gzip data that is damaged: ${why}`, { cause: error });
  }
}

async function* unzstd(chunks: Chunks, inflation: Inflation): Chunks {
  const { Decompress } = await import("fzstd");
  let out: Uint8Array[] = [];
  const stream = new Decompress((octets) => out.push(octets));
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += PIECE) {
        const piece = chunk.slice(at, at + PIECE);
        inflation.store(piece);
        check(inflation);
        stream.push(piece);
        yield* out;
        out = [];
      }
    }
    stream.push(new Uint8Array(0), true);
  } catch (error) {
    if (error instanceof DecompressionError) throw error;
    yield* out;
    const why = safeText((error as Error).message);
    throw new DecompressionError("cut-compression", `holds zstd data that is damaged or cut: ${why}`, { cause: error });
  }
  yield* out;
}
