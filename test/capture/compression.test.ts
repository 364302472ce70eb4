import { deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { sniffCompression } from "../../src/capture/compression.ts";
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
