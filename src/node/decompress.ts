/** Decompression of inputs. The decompressors are loaded only for an input that needs one. */

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

/** The decompressed octets of an input; what precedes damage is given before `DecompressionError` is thrown. */
export async function* decompress(chunks: Chunks, compression: "gzip" | "zstd" | undefined): Chunks {
  if (compression === undefined) {
    yield* chunks;
  } else {
    const { inflate } = await import("./inflate.ts");
    yield* inflate(chunks, compression);
  }
}
