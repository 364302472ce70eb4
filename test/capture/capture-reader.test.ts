import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/capture-reader.ts";
import { Notes } from "../../src/fault/note.ts";
import { cutsOf, writtenCapture } from "../support/capture-arbitraries.ts";
import {
  block,
  enhancedPacket,
  interfaceDescription,
  pcap,
  pcapng,
  pcapRecord,
  sectionHeader,
  simplePacket,
  simplePcapng,
  snoop,
  snoopRecord,
  type TestPacket,
  TIME,
} from "../support/capture-writer.ts";
import { ethernet, ipv4, join, tcp } from "../support/packet-writer.ts";
import { codesOf, readCapture } from "../support/read-capture.ts";

const packets: readonly TestPacket[] = Array.from({ length: 4 }, (_, index) => ({
  octets: ethernet(ipv4(tcp("x".repeat(9 * index)))),
  time: TIME + index,
}));

const noise = new Uint8Array(37).fill(0xcc);

/** A file of each kind, with the octets after which each of its packets is whole. */
const FILES: [string, Uint8Array, number[]][] = [
  [
    "pcap",
    pcap(packets),
    ends(
      24,
      packets.map((packet) => pcapRecord(packet)),
    ),
  ],
  [
    "pcap in nanoseconds, big-endian",
    pcap(packets, { nanoseconds: true, order: "big" }),
    ends(
      24,
      packets.map((packet) => pcapRecord(packet)),
    ),
  ],
  [
    "pcapng",
    simplePcapng(packets),
    ends(
      48,
      packets.map((packet) => enhancedPacket(packet)("little")),
    ),
  ],
  ["snoop", snoop(packets), ends(16, packets.map(snoopRecord))],
];

function ends(start: number, records: readonly Uint8Array[]): number[] {
  let at = start;
  return records.map(({ length }) => (at += length));
}

describe("a capture", () => {
  it("gives the packets that were written into it", () => {
    fc.assert(
      fc.property(writtenCapture, ({ packets: written, file, name }) => {
        const nanoseconds = !name.startsWith("snoop") && /true|"resolution":(?:9|160)/.test(name);
        const { packets: read, notes } = readCapture(file);
        expect(notes).toEqual([]);
        expect(read.map(({ octets, wireLength }) => [octets, wireLength])).toEqual(
          written.map(({ octets, wireLength }) => [Buffer.from(octets).toString("hex"), wireLength]),
        );
        if (nanoseconds) expect(read.map(({ time, nanos }) => [time, nanos])).toEqual(written.map(({ time, nanos }) => [time, nanos]));
        else for (const [index, { time }] of read.entries()) expect(Math.abs(time - (written[index]?.time ?? 0))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("gives the same whatever the chunks in which it comes", () => {
    const withCuts = writtenCapture.chain(({ file }) => fc.tuple(fc.constant(file), cutsOf(file.length)));
    fc.assert(
      fc.property(withCuts, ([file, cuts]) => {
        expect(readCapture(file, cuts)).toEqual(readCapture(file));
      }),
    );
  });

  it("gives the same whatever the chunks even if it is damaged", () => {
    const damaged = writtenCapture.chain(({ file }) =>
      fc.tuple(fc.constant(file), cutsOf(file.length), fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 6 })),
    );
    fc.assert(
      fc.property(damaged, ([file, cuts, changes]) => {
        const changed = file.slice();
        for (const [at, octet] of changes) changed[at] = octet;
        const whole = readCapture(changed);
        // What an error interrupts depends on the chunk in which it is met.
        fc.pre(whole.error === undefined);
        expect(readCapture(changed, cuts)).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it.each(FILES)("of the format %s comes octet by octet", (_, file) => {
    const cuts = Array.from(file, (__, at) => at);
    expect(readCapture(file, cuts)).toEqual(readCapture(file));
  });

  it.each(FILES)("of the format %s cut at any octet gives every packet that is whole", (_, file, whole) => {
    const all = readCapture(file).packets;
    expect(all).toHaveLength(packets.length);
    for (let length = 0; length <= file.length; length++) {
      const cut = readCapture(file.subarray(0, length));
      const count = whole.filter((end) => end <= length).length;
      expect(cut.packets).toEqual(all.slice(0, count));
      const isEdge = whole.includes(length) || headersOf(file).includes(length);
      if (cut.error === undefined) expect(codesOf(cut)).toEqual(isEdge ? [] : ["cut-file"]);
      if (count > 0) expect(cut.error).toBeUndefined();
    }
  });

  it("of random octets never throws anything but a CaptureError", () => {
    const head = fc.constantFrom(pcap([]), pcap([], { order: "big" }), simplePcapng([]), snoop([]), new Uint8Array(0));
    fc.assert(
      fc.property(head, fc.uint8Array({ maxLength: 400, size: "max" }), (start, octets) => {
        expect(() => readCapture(join(start, octets))).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["pcap", (): Uint8Array => join(pcap([]), ...Array.from({ length: 50 }, () => join(noise, pcapRecord(packets[1] as TestPacket))))],
    ["snoop", (): Uint8Array => join(snoop([]), ...Array.from({ length: 50 }, () => join(noise, snoopRecord(packets[1] as TestPacket))))],
  ])("of the format %s that is damaged before each packet is read to its end", (_, write) => {
    const capture = readCapture(write());
    // A record is believed if the next one makes sense too, or the file ends with it.
    expect(capture.packets).toHaveLength(1);
    expect(codesOf(capture)).toEqual(["damaged-capture"]);
  });

  it("of a packet of the largest size is carried over many chunks", () => {
    const large = { octets: new Uint8Array(262_144).map((_, at) => at * 7) };
    const file = pcap([...packets, large, ...packets]);
    const cuts = Array.from({ length: Math.floor(file.length / 1000) }, (_, index) => (index + 1) * 1000);
    expect(readCapture(file, cuts)).toEqual(readCapture(file));
    expect(readCapture(file).count).toBe(9);
  });

  it("copies no more than the packets that straddle an edge", () => {
    const file = pcap(Array.from({ length: 100 }, () => packets[3] as TestPacket));
    const chunks = [file.slice(0, 5000), file.slice(5000)];
    const seen = new Map<Uint8Array, number>();
    const reader = new CaptureReader({
      notes: new Notes(),
      secrets() {},
      frame: ({ bytes }) => seen.set(bytes, (seen.get(bytes) ?? 0) + 1),
    });
    for (const chunk of chunks) reader.push(chunk);
    reader.end();
    const [fromFirst = 0, fromSecond = 0] = chunks.map((chunk) => seen.get(chunk));
    expect(reader.packets).toBe(100);
    // The first piece that joins the carry is 4096 octets long; everything behind it is read in place.
    expect(fromFirst).toBeGreaterThan(0);
    expect(fromSecond).toBeGreaterThanOrEqual(Math.floor((file.length - 5000 - 4096) / 110) - 1);
  });

  it("counts packets, octets and link types", () => {
    const file = pcapng([
      sectionHeader(),
      interfaceDescription({ linkType: 276 }),
      interfaceDescription({ linkType: 1 }),
      simplePacket(packets[0] as TestPacket),
      ...[1, 0, 1].map((source) => enhancedPacket({ ...(packets[0] as TestPacket), source })),
      block(0x1234, new Uint8Array(0)),
    ]);
    expect(readCapture(file)).toMatchObject({ count: 4, octets: file.length, linkTypes: [276, 1] });
  });
});

describe("an input that is no capture", () => {
  it.each([
    ["nothing", new Uint8Array(0), "empty", "is empty"],
    [
      "text",
      new TextEncoder().encode('{"a":1}'),
      "not-a-capture",
      'is not a capture: it begins with the text "{\\"a\\""; captures are written by tcpdump -w or saved by Wireshark',
    ],
    [
      "three octets",
      Uint8Array.of(0xd4, 0xc3, 0xb2),
      "not-a-capture",
      "is not a capture: it begins with the octets d4c3b2, unlike pcap, pcapng, snoop",
    ],
    ["gzip", Uint8Array.of(0x1f, 0x8b, 8, 0, 0), "compression", "is still compressed with gzip"],
    ["zeros", new Uint8Array(100), "not-a-capture", "is not a capture: it begins with the octets 00000000, unlike pcap, pcapng, snoop"],
  ])("(%s) is an error of one clause", (_, file, code, message) => {
    expect(readCapture(file)).toMatchObject({ error: { code, message }, packets: [], format: undefined });
    expect(readCapture(file, [1, 2, 2])).toMatchObject({ error: { code, message } });
  });
});

/** Where a cut before the first packet leaves a whole file. */
function headersOf(file: Uint8Array): number[] {
  if (file[0] === 0x0a) return [28, 48];
  return file[0] === 0x73 ? [16] : [24];
}
