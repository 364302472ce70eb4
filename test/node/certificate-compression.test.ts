import { brotliCompressSync, deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { fromHex } from "../../src/bytes/hex.ts";
import { LIMITS } from "../../src/fault/limits.ts";
import { decompressCertificate } from "../../src/node/certificate-compression.ts";

const MESSAGE = new TextEncoder().encode("certificate ".repeat(20));
/** `MESSAGE` by zstd 1.5.4. */
const ZSTD = fromHex("28b52ffd00689d0000606365727469666963617465200100e1532509");

describe("a compressed certificate", () => {
  it.each([
    ["zlib", 1, new Uint8Array(deflateSync(MESSAGE))],
    ["brotli", 2, new Uint8Array(brotliCompressSync(MESSAGE))],
    ["zstd", 3, ZSTD],
  ])("is read: %s", (_, algorithm, octets) => {
    expect(decompressCertificate(algorithm, octets, MESSAGE.length)).toEqual(MESSAGE);
  });

  it.each([1, 2, 3])("that is damaged gives nothing: algorithm %i", (algorithm) => {
    expect(decompressCertificate(algorithm, new Uint8Array([1, 2, 3, 4]), MESSAGE.length)).toBeNull();
    expect(decompressCertificate(algorithm, new Uint8Array(0), MESSAGE.length)).toBeNull();
  });

  it("that is longer or shorter than announced gives nothing", () => {
    const octets = new Uint8Array(deflateSync(MESSAGE));
    for (const length of [0, 1, MESSAGE.length - 1, MESSAGE.length + 1]) expect(decompressCertificate(1, octets, length)).toBeNull();
  });

  it("that would become larger than any is not made", () => {
    const bomb = new Uint8Array(deflateSync(new Uint8Array(LIMITS.certificateOctets + 1)));
    expect(decompressCertificate(1, bomb, LIMITS.certificateOctets + 1)).toBeNull();
    expect(decompressCertificate(1, bomb, 100)).toBeNull();
  });

  it("by an algorithm that nobody knows gives nothing", () => {
    expect(decompressCertificate(4, MESSAGE, MESSAGE.length)).toBeNull();
  });
});
