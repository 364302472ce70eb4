/** Compressed captures that are thousands of times larger inside. The good handshake comes first: behind the bomb nothing is read. */
import { gzipSync } from "node:zlib";
import { expect } from "vitest";
import { LIMITS } from "../../../src/fault/limits.ts";
import { fields, pcapHeader } from "../../support/capture-writer.ts";
import { join } from "../../support/packet-writer.ts";
import type { Cost, Family } from "../contract.ts";
import { goodFrames, recordOf } from "../support.ts";

const capture = join(pcapHeader(), ...goodFrames.map((frame) => recordOf(frame)));
/** A record that is longer than any other, so that what follows it is one packet. */
const SEGMENT = join(fields("little", [4, 1_700_000_000], [4, 1], [4, 262_144], [4, 262_144]), new Uint8Array(262_144));

function bound({ summary, given }: Cost): void {
  expect(summary.bytes).toBeLessThan(LIMITS.inflatedOctets + 2 * 1_048_576);
  expect(summary.bytes).toBeGreaterThan(LIMITS.inflation * given);
}

const told = /the file holds more than 250 times its own size, and is read no further; decompress it first if that is meant/;

export const gzipBomb: Family = {
  name: "a gzip bomb",
  *capture() {
    yield gzipSync(capture);
    // A member is a file of its own: the same one again and again.
    const member = gzipSync(Buffer.concat(Array.from({ length: 64 }, () => SEGMENT)));
    for (let n = 0; n < 6; n++) yield member;
  },
  told,
  others: 0,
  bound,
};

/** A zstd block (RFC 8878 §3.1.1.2): `type` 0 is as it is, 1 repeats one octet. */
function block(type: 0 | 1, length: number, content: Uint8Array, isLast = false): Uint8Array {
  const header = (length << 3) | (type << 1) | (isLast ? 1 : 0);
  return join([header & 255, (header >> 8) & 255, header >> 16], content);
}

const FRAME = [0x28, 0xb5, 0x2f, 0xfd, 0, 10 << 3];
const ZERO = new Uint8Array(1);

export const zstdBomb: Family = {
  name: "a zstd bomb",
  *capture() {
    yield join(FRAME, block(0, capture.length, capture));
    for (let n = 0; n < 500; n++) {
      yield block(0, 16, SEGMENT.subarray(0, 16));
      yield block(1, 131_072, ZERO);
      yield block(1, 131_072, ZERO);
    }
  },
  told,
  others: 0,
  bound: ({ summary }) => expect(summary.bytes).toBeLessThan(LIMITS.inflatedOctets + 2 * 1_048_576),
};
