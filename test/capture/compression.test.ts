import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { sniffCompression } from "../../src/capture/compression.ts";
import { Inflation } from "../../src/capture/inflation.ts";
import { pcap, simplePcapng } from "../support/capture-writer.ts";

describe("compression", () => {
  it.each([
    ["gzip", gzipSync("anything"), "gzip"],
    ["a zstd frame", Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x24), "zstd"],
    ["a skippable zstd frame", Uint8Array.of(0x5a, 0x2a, 0x4d, 0x18), "zstd"],
    ["a plain pcap file", pcap([]), undefined],
    ["a plain pcapng file", simplePcapng([]), undefined],
    ["zlib", deflateSync("anything"), undefined],
    ["half of zstd's mark", Uint8Array.of(0x28, 0xb5), undefined],
    ["one octet of gzip's mark", Uint8Array.of(0x1f), undefined],
    ["nothing", new Uint8Array(0), undefined],
  ])("is told by the first octets: %s", (_, head, compression) => {
    expect(sniffCompression(head)).toBe(compression);
  });
});

describe("what decompressing may cost", () => {
  it("is a zstd block of 128 KiB at most", () => {
    expect(excessOf(repeated(131_072))).toBeUndefined();
    expect(excessOf(repeated(131_073))).toBe(
      "holds a zstd block of 131073 octets, which exceeds the maximum of 131072, and is read no further",
    );
  });
});

/** A frame with one block that is an octet so many times. */
function repeated(octets: number): Uint8Array {
  return Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, ((octets << 3) & 0xff) | 0x03, (octets >> 5) & 0xff, octets >> 13, 0x41);
}

function excessOf(zstd: Uint8Array): string | undefined {
  const inflation = new Inflation("zstd");
  inflation.store(zstd);
  return inflation.excess;
}
