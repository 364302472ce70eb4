/** Compressed inputs as they are read: gzip by Node itself, zstd by a library, because Node 20 lacks it. */
import { Decompress } from "fzstd";
import { Readable } from "node:stream";
import { createGunzip, constants as zlib } from "node:zlib";
import { safeText } from "../bytes/text.ts";
import { Inflation } from "../capture/inflation.ts";
import { type Chunks, DecompressionError } from "./decompress.ts";

/** Octets given to zstd at once: they may become 32,768 times as many before the limit can be checked. */
const PIECE = 4_096;

/** What the compressed `chunks` hold. Throws `DecompressionError` once it comes to damage, or has given too much. */
export async function* inflate(chunks: Chunks, compression: "gzip" | "zstd"): Chunks {
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

/** A cut file gives everything before the cut; one that is damaged, or followed by something else, nearly everything before that. */
async function* gunzip(chunks: Chunks, inflation: Inflation): Chunks {
  let first: Uint8Array | undefined;
  const copies = (async function* (): Chunks {
    for await (const chunk of chunks) {
      inflation.store(chunk);
      first ??= chunk.slice(0, GZIP_PIECE);
      yield* piecesOf(chunk.slice(), GZIP_PIECE);
    }
  })();
  let isAnyThere = false;
  try {
    for await (const octets of gunzipped(copies)) {
      isAnyThere = true;
      yield octets;
    }
  } catch (error) {
    if (!isAnyThere && first !== undefined) yield* beforeDamage(first);
    const why = safeText((error as Error).message);
    throw new DecompressionError("cut-compression", `holds gzip data that is damaged: ${why}`, { cause: error });
  }
}

/** Octets of gzip decompressed at once: what the piece with the damage held before it is lost. */
const GZIP_PIECE = 32_768;

function gunzipped(pieces: Chunks | Generator<Uint8Array>): AsyncIterable<Uint8Array> {
  return Readable.from(pieces).pipe(createGunzip({ chunkSize: 1 << 16, finishFlush: zlib.Z_SYNC_FLUSH }));
}

/** If the damage is in the first piece, everything would be lost: it is decompressed once more, octet by octet. */
async function* beforeDamage(octets: Uint8Array): Chunks {
  try {
    yield* gunzipped(piecesOf(octets, 1));
  } catch {
    // Expected: this is the damage that is being reported already.
  }
}

function* piecesOf(octets: Uint8Array, length: number): Generator<Uint8Array> {
  for (let at = 0; at < octets.length; at += length) yield octets.subarray(at, at + length);
}

async function* unzstd(chunks: Chunks, inflation: Inflation): Chunks {
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
