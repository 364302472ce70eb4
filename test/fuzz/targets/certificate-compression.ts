/** Compressed certificates: exactly as long as announced, or nothing. */
import { brotliCompressSync, deflateSync } from "node:zlib";
import { decompressCertificate } from "../../../src/node/certificate-compression.ts";
import { demand, type Target } from "../contract.ts";
import { Input } from "../input.ts";

const TEXT = Buffer.from("certificate ".repeat(40));
/** A zstd frame with one raw block. */
const RAW_FRAME = [0x28, 0xb5, 0x2f, 0xfd, 0x20, 5, 0x29, 0, 0, 104, 101, 108, 108, 111];
/** And one with a block of one octet, many times. */
const RLE_FRAME = [0x28, 0xb5, 0x2f, 0xfd, 0x60, 0, 1, 3, 8, 0, 65];

export const certificateCompression: Target = {
  name: "certificate-compression",
  isAsync: true,
  longest: 1_024,
  bound: (length) => 200 * length + 600_000,
  seeds: () => [
    Uint8Array.from([1, 1, 224, ...deflateSync(TEXT)]),
    Uint8Array.from([2, 1, 224, ...brotliCompressSync(TEXT)]),
    Uint8Array.from([3, 0, 5, ...RAW_FRAME]),
    Uint8Array.from([3, 2, 0, ...RLE_FRAME]),
  ],
  async run(octets) {
    const input = new Input(octets);
    const algorithm = input.u8() & 3;
    const length = input.u16();
    const read = decompressCertificate(algorithm, input.rest(), length);
    demand(read === null || read.length === length, `${read?.length} octets where ${length} were announced`);
    // Node frees what zlib has used in the next turn of its loop.
    await new Promise((resolve) => setImmediate(resolve));
  },
};
