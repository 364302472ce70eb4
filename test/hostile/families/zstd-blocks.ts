/** zstd blocks of one octet under a window of eight megabytes, which a decoder moves for each of them. */
import { expect } from "vitest";
import { ZstdFrames } from "../../../src/capture/zstd-frames.ts";
import { pcapHeader } from "../../support/capture-writer.ts";
import { join } from "../../support/packet-writer.ts";
import type { Family } from "../contract.ts";
import { goodFrames, recordOf } from "../support.ts";

const capture = join(pcapHeader(), ...goodFrames.map((frame) => recordOf(frame)));
const BLOCKS = 30_000;

/** A frame with a window of 8 MiB, a block with the capture, and one of each octet that follows. */
function* blocks(): Generator<Uint8Array> {
  const length = capture.length << 3;
  yield join([0x28, 0xb5, 0x2f, 0xfd, 0, 13 << 3, length & 255, (length >> 8) & 255, length >> 16], capture);
  for (let n = 0; n < BLOCKS; n++) yield new Uint8Array([0x0a, 0, 0, 0]);
}

export const zstdBlocks: Family = {
  name: "zstd in blocks of one octet under a large window",
  capture: blocks,
  last: "what is behind costs as much as what is before, until somebody says stop",
  counts: "pcap in zstd, 23 packets, 1 handshake",
  told: [
    "the file ends inside packet 24, at offset 3648",
    "9 packets with headers that contradict themselves",
    "the file holds zstd data in more and smaller blocks than any capture, and is read no further; decompress it first if that is intended",
  ],
  steps: 1,
  memory: 20_000,
  others: 0,
  bound({ given }) {
    const frames = new ZstdFrames();
    let pushed = 0;
    for (const part of blocks()) {
      frames.push(part);
      pushed += part.length;
      if (frames.moved > 2_147_483_648) break;
    }
    // What was given to the decoder, to the end of a chunk, is what may be moved for nothing.
    expect(given).toBeLessThan(pushed + 65_536 + 4_096);
  },
};
