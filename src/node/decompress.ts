/** Inputs without their compression. What undoes it is loaded where there is one. */

/** Octets of a file as they come. */
export type Chunks = AsyncGenerator<Uint8Array, void, undefined>;

/** The compressed input is damaged or cut. */
export class DecompressionError extends Error {}

/** The octets of an input without its compression; what lies before damage is given before `DecompressionError` is thrown. */
export async function* decompress(chunks: Chunks, compression: "gzip" | "zstd" | undefined): Chunks {
  if (compression === undefined) {
    yield* chunks;
  } else {
    const { gunzip, unzstd } = await import("./inflate.ts");
    yield* compression === "gzip" ? gunzip(chunks) : unzstd(chunks);
  }
}
