/** Compressed captures: damage is told in a sentence, and what is whole is the same whatever the chunks. */
import { deflateRawSync, gzipSync } from "node:zlib";
import { sniffCompression } from "../../../src/capture/compression.ts";
import { decompress, DecompressionError } from "../../../src/node/decompress.ts";
import { demand, demandSame, type Target } from "../contract.ts";
import { inChunks } from "../input.ts";
import { isPrintable } from "../material.ts";

const TEXT = Buffer.from("a capture, more or less ".repeat(20));
/** A zstd frame with one raw block, and one with an octet many times. */
const ZSTD = [
  [0x28, 0xb5, 0x2f, 0xfd, 0x20, 5, 0x29, 0, 0, 104, 101, 108, 108, 111],
  [0x28, 0xb5, 0x2f, 0xfd, 0x60, 0, 1, 3, 8, 0, 65],
];
/** Octets that one block of zstd, or one of deflate, can hold in two of its own. */
const EXPANSION = 131_072;

export const compressed: Target = {
  name: "compressed",
  isAsync: true,
  longest: 300,
  bound: (length) => 2_000_000 + 4 * EXPANSION * length,
  seeds: () => [
    new Uint8Array(gzipSync(TEXT)),
    new Uint8Array(gzipSync(new Uint8Array(9_000))),
    Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, ...deflateRawSync(TEXT)]),
    ...ZSTD.map((frame) => Uint8Array.from(frame)),
  ],
  async run(octets) {
    const compression = sniffCompression(octets);
    const whole = await unpacked([octets], compression);
    const inPieces = await unpacked(inChunks(octets, [1, 7]), compression);
    // Of the chunk in which gzip data is damaged zlib gives nothing.
    if (!whole.isDamaged) demandSame(inPieces, whole, "chunks make a difference");
  },
};

async function unpacked(
  chunks: readonly Uint8Array[],
  compression: "gzip" | "zstd" | undefined,
): Promise<{ length: number; sum: number; isDamaged: boolean }> {
  let length = 0;
  let sum = 0;
  let isDamaged = false;
  try {
    for await (const octets of decompress(each(chunks), compression)) {
      length += octets.length;
      for (const octet of octets) sum = (Math.imul(sum, 31) + octet) | 0;
    }
  } catch (error) {
    if (!(error instanceof DecompressionError)) throw error;
    demand(isPrintable(error.message), "an error is not printable");
    isDamaged = true;
  }
  return { length, sum, isDamaged };
}

async function* each(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void, undefined> {
  for (const chunk of chunks) yield await Promise.resolve(chunk.slice());
}
