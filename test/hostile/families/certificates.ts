/** Certificate messages of empty entries, DER without bottom, and compressed ones that are a thousand times larger inside. */
import { deflateSync } from "node:zlib";
import { expect } from "vitest";
import { enhancedPacket } from "../../support/capture-writer.ts";
import { join } from "../../support/packet-writer.ts";
import { wire } from "../../support/wire.ts";
import type { Family } from "../contract.ts";
import { hello, pcapngOf, recordsOf, segmentsFrom } from "../support.ts";

/** A chain of entries of no octets. */
function emptyEntries(count: number): Uint8Array {
  return wire((body) => body.vector24((list) => list.raw(new Uint8Array(3 * count))));
}

/** SEQUENCEs in SEQUENCEs. */
function deepDer(depth: number): Uint8Array {
  const headers: number[] = [];
  for (let level = depth; level > 0; level--) headers.push(0x30, 0x83, 0, ((level - 1) * 5) >> 8, ((level - 1) * 5) & 255);
  return Uint8Array.from(headers);
}

function compressed(length: number): Uint8Array {
  const inside = deflateSync(new Uint8Array(length));
  return wire((body) =>
    body
      .u16(1)
      .u24(length)
      .vector24((octets) => octets.raw(inside)),
  );
}

const deep = wire((body) => body.vector24((list) => list.vector24((entry) => entry.raw(deepDer(12_000)))));

export const certificates: Family = {
  name: "certificates: a hundred thousand empty ones, DER without bottom, and a hundred compressed messages of a megabyte",
  *capture() {
    const streams = [
      join(recordsOf(1, hello()), recordsOf(11, emptyEntries(100_000))),
      join(recordsOf(1, hello()), recordsOf(11, deep)),
      join(recordsOf(1, hello()), ...Array.from({ length: 100 }, () => recordsOf(25, compressed(1_000_000)))),
    ];
    // What is compressed is read only where it may have been decrypted, and a pcapng file can hold the secrets for that.
    const frames = streams.flatMap((octets, host) => [...segmentsFrom(octets, 1_400, { host })]);
    yield* pcapngOf(frames.map((octets) => enhancedPacket({ octets })));
  },
  // A list reads no certificates; whoever asks for one of them is told.
  counts: "pcapng, 345 packets, 4 handshakes",
  line: "1 ≈ 1 22:13:20.123Z 10.0.0.0:40000 10.1.0.9:443 incomplete",
  told: [],
  shown: { 1: "more than 1024 certificates; the rest is not read", 2: "not a certificate", 3: "cannot be decompressed" },
  steps: 15,
  memory: 3_000_000,
  others: 3,
  bound({ handshakes, answer }) {
    const malformed = handshakes.flatMap(({ messages }) => messages.map(({ malformed: why }) => why ?? ""));
    expect(malformed).toContain("more than 1024 certificates; the rest is not read");
    expect(malformed.filter((why) => why.includes("cannot be decompressed")).length).toBeGreaterThanOrEqual(98);
    expect(JSON.stringify(handshakes)).toContain("not a certificate");
    expect(answer).toBeLessThan(2_000_000);
  },
};
