/** Compressed captures that are thousands of times larger inside: more than is read, and nearly as much with something good behind it. */
import { gzipSync } from "node:zlib";
import { expect } from "vitest";
import { LIMITS } from "../../../src/fault/limits.ts";
import { fields, pcapHeader } from "../../support/capture-writer.ts";
import { join } from "../../support/packet-writer.ts";
import type { Cost, Family } from "../contract.ts";
import { goodFrames, recordOf } from "../support.ts";

const good = join(...goodFrames.map((frame) => recordOf(frame)));
const capture = join(pcapHeader(), good);
/** A record that is longer than any other, so that what follows it is one packet. */
const SEGMENT = join(fields("little", [4, 1_700_000_000], [4, 1], [4, 262_144], [4, 262_144]), new Uint8Array(262_144));
/** Such records that are not too much: 63 MiB. */
const ENOUGH = 252;

function bound({ summary, given }: Cost): void {
  expect(summary.bytes).toBeLessThan(LIMITS.inflatedOctets + 2 * 1_048_576);
  expect(summary.bytes).toBeGreaterThan(LIMITS.inflation * given);
}

const TOO_MUCH = "the file holds more than 250 times its own size, and is read no further; decompress it first if that is intended";
const NO_PACKETS = "255 packets other than IP (ARP, LLDP and the like)";

export const gzipBomb: Family = {
  name: "a gzip bomb",
  *capture() {
    yield gzipSync(capture);
    // A member is a file of its own: the same one again and again.
    const member = gzipSync(Buffer.concat(Array.from({ length: 64 }, () => SEGMENT)));
    for (let n = 0; n < 6; n++) yield member;
  },
  last: "a gzip member does not say how long it is: to find its end, all of it has to be decompressed, which is what the bomb wants",
  counts: "pcap in gzip, 269 packets, 1 handshake",
  told: ["the file ends inside packet 270, at offset 67108864", NO_PACKETS, TOO_MUCH],
  others: 0,
  steps: 3,
  memory: 100_000,
  bound,
};

export const gzipMembers: Family = {
  name: "a gzip member that is a thousand times larger inside, before a good one",
  *capture() {
    yield gzipSync(join(pcapHeader(), ...Array.from({ length: ENOUGH }, () => SEGMENT)));
    yield gzipSync(good);
  },
  counts: "pcap in gzip, 266 packets, 1 handshake",
  told: ["252 packets other than IP (ARP, LLDP and the like)"],
  others: 0,
  steps: 3,
  memory: 100_000,
  bound: ({ summary, given }) => expect(summary.bytes).toBeGreaterThan(LIMITS.inflation * given),
};

/** A zstd block (RFC 8878 §3.1.1.2): `type` 0 is as it is, 1 repeats one octet. */
function block(type: 0 | 1, length: number, content: Uint8Array, isLast = false): Uint8Array {
  const header = (length << 3) | (type << 1) | (isLast ? 1 : 0);
  return join([header & 255, (header >> 8) & 255, header >> 16], content);
}

const FRAME = [0x28, 0xb5, 0x2f, 0xfd, 0, 10 << 3];
const ZERO = new Uint8Array(1);

/** The blocks of records of zeros. */
function* zeros(records: number): Generator<Uint8Array> {
  for (let n = 0; n < records; n++) {
    yield block(0, 16, SEGMENT.subarray(0, 16));
    yield block(1, 131_072, ZERO);
    yield block(1, 131_072, ZERO);
  }
}

export const zstdBomb: Family = {
  name: "a zstd bomb",
  *capture() {
    yield join(FRAME, block(0, capture.length, capture));
    yield* zeros(500);
  },
  last: "a frame that is passed over leaves a hole of unknown length in the capture, in which packets have no place and no number",
  counts: "pcap in zstd, 269 packets, 1 handshake",
  told: ["the file ends inside packet 270, at offset 66985390", NO_PACKETS, TOO_MUCH],
  others: 0,
  steps: 3,
  memory: 100_000,
  bound: ({ summary }) => expect(summary.bytes).toBeLessThan(LIMITS.inflatedOctets + 2 * 1_048_576),
};

export const zstdFrames: Family = {
  name: "a zstd frame that is thousands of times larger inside, before a good one",
  *capture() {
    yield join(FRAME, block(0, 24, pcapHeader()));
    yield* zeros(ENOUGH);
    yield block(0, 0, new Uint8Array(0), true);
    yield join(FRAME, block(0, good.length, good, true));
  },
  counts: "pcap in zstd, 266 packets, 1 handshake",
  told: ["252 packets other than IP (ARP, LLDP and the like)"],
  others: 0,
  steps: 3,
  memory: 100_000,
  bound: ({ summary, given }) => expect(summary.bytes).toBeGreaterThan(LIMITS.inflation * given),
};
