import { describe, expect, it } from "vitest";
import { fields, pcap, pcapHeader, type PcapOptions, pcapRecord, type TestPacket, TIME } from "../support/capture-writer.ts";
import { ethernet, ipv4, join, tcp } from "../support/packet-writer.ts";
import { codesOf, readCapture } from "../support/read-capture.ts";

const packets: readonly TestPacket[] = Array.from({ length: 5 }, (_, index) => ({
  octets: ethernet(ipv4(tcp("x".repeat(20 + index), { sequence: index }))),
  time: TIME + index * 1500,
  nanos: index * 7,
}));

function expectPackets(file: Uint8Array, wanted: readonly TestPacket[], nanoseconds = false): void {
  const capture = readCapture(file);
  expect(capture.packets.map(({ time, nanos, octets }) => ({ time, nanos, octets }))).toEqual(
    wanted.map(({ octets, time, nanos }) => ({ time, nanos: nanoseconds ? nanos : 0, octets: Buffer.from(octets).toString("hex") })),
  );
  expect(capture.packets.map(({ number }) => number)).toEqual(wanted.map((_, index) => index + 1));
  expect(capture.notes).toEqual([]);
}

/** A record at 1000 seconds and a fraction. */
function recordWith(fraction: number): Uint8Array {
  return fields("little", [4, 1000], [4, fraction], [4, 1], [4, 1], [1, 0xaa]);
}

function timesOf(file: Uint8Array): number[][] {
  return readCapture(file).packets.map(({ time, nanos }) => [time, nanos]);
}

describe("classic pcap", () => {
  const variants: [string, PcapOptions][] = (["little", "big"] as const).flatMap((order): [string, PcapOptions][] => [
    [`${order}-endian microseconds`, { order }],
    [`${order}-endian nanoseconds`, { order, nanoseconds: true }],
    [`${order}-endian modified records behind the plain magic number`, { order, record: 24 }],
    [`${order}-endian modified records behind their own magic number`, { order, record: 24, magic: 0xa1b2cd34 }],
    [`${order}-endian modified records with processor fields`, { order, record: 28 }],
    [`${order}-endian plain records behind the modified magic number`, { order, magic: 0xa1b2cd34 }],
    [`${order}-endian Nokia records`, { order, record: 20 }],
    [`${order}-endian version 2.2 with swapped lengths`, { order, version: [2, 2], swapLengths: true }],
    [`${order}-endian version 2.3`, { order, version: [2, 3] }],
    [`${order}-endian version 543.0`, { order, version: [543, 0], swapLengths: true }],
  ]);
  it.each(variants)("is read: %s", (_, options) => {
    expectPackets(pcap(packets, options), packets, options.nanoseconds);
    expect(readCapture(pcap(packets, options)).format).toBe("pcap");
  });

  it.each([1, 2, 3])("is told apart by its first records even if there are only %d", (count) => {
    for (const record of [16, 20, 24, 28] as const) expectPackets(pcap(packets.slice(0, count), { record }), packets.slice(0, count));
  });

  it("reads Nokia's records even if their extra field is zero", () => {
    const records = packets.map((packet) => {
      const record = pcapRecord(packet);
      return join(record.subarray(0, 16), [0, 0, 0, 0], record.subarray(16));
    });
    expectPackets(join(pcapHeader(), ...records), packets);
  });

  it("may swap single lengths in version 2.3", () => {
    const cut = { ...(packets[0] as TestPacket), wireLength: 999 };
    const file = join(pcapHeader({ version: [2, 3] }), pcapRecord(cut), pcapRecord(cut, { swapLengths: true }));
    expect(readCapture(file).packets.map(({ wireLength, octets }) => [wireLength, octets.length / 2])).toEqual([
      [999, cut.octets.length],
      [999, cut.octets.length],
    ]);
  });

  it("of Ixia has four octets more in its header", () => {
    const file = pcap(packets, { magic: 0x1c0001ab });
    expectPackets(join(file.subarray(0, 24), [0, 0, 0, 0], file.subarray(24)), packets);
    const nanoseconds = pcap(packets, { magic: 0x1c0001ac, nanoseconds: true });
    expectPackets(join(nanoseconds.subarray(0, 24), [0, 0, 0, 0], nanoseconds.subarray(24)), packets, true);
  });

  it("of AIX has interface types for link types, and nanoseconds", () => {
    const file = pcap(packets, { magic: 0xa1b2c3d4, version: [2, 2], swapLengths: true, nanoseconds: true, linkType: 6 });
    expectPackets(file, packets, true);
    expect(readCapture(file).linkTypes).toEqual([1]);
  });

  it("with no packets is a capture", () => {
    expect(readCapture(pcap([]))).toMatchObject({ format: "pcap", packets: [], notes: [], octets: 24 });
  });

  it("keeps the lower 16 bits of the link type, as the length of the check sequence stands in the upper ones", () => {
    expect(readCapture(pcap(packets, { linkType: 0x5400_0071 })).linkTypes).toEqual([0x71]);
  });

  it.each([
    [false, 6],
    [true, 9],
  ])("tells how fine its clock is (nanoseconds: %s)", (nanoseconds, digits) => {
    expect(new Set(readCapture(pcap(packets, { nanoseconds })).packets.map((packet) => packet.digits))).toEqual(new Set([digits]));
  });

  it("carries a fraction of a second that exceeds the second", () => {
    const plain = pcapRecord({ octets: Uint8Array.of(1), time: 1_000_000_000 });
    expect(timesOf(join(pcapHeader(), plain, plain, plain, recordWith(2_500_000)))[3]).toEqual([1_002_500_000, 0]);
    expect(timesOf(join(pcapHeader({ nanoseconds: true }), recordWith(4_000_000_123)))).toEqual([[1_004_000_000, 123]]);
  });

  it("reads times up to the end of 32 bits", () => {
    const time = 0xffff_ffff * 1_000_000 + 999_999;
    expect(readCapture(pcap([{ octets: Uint8Array.of(1), time }])).packets[0]?.time).toBe(time);
  });

  it("never says that fewer octets were on the wire than were captured", () => {
    const record = join(fields("little", [4, 1], [4, 1], [4, 60], [4, 0]), new Uint8Array(60));
    expect(readCapture(join(pcapHeader({ version: [2, 5] }), record)).packets[0]?.wireLength).toBe(60);
  });
});

describe("a damaged pcap file", () => {
  const [first, second, third] = packets.map((packet) => pcapRecord(packet)) as [Uint8Array, Uint8Array, Uint8Array];

  it.each([
    ["all bits set", 0xffff_ffff],
    ["one more than a packet can have", 262_145],
  ])("is read behind a record whose length is %s", (_, length) => {
    const lie = join(fields("little", [4, 1], [4, 1], [4, length], [4, length]), new Uint8Array(50));
    const capture = readCapture(join(pcapHeader(), first, lie, second, third));
    expect(capture.packets.map(({ octets }) => octets)).toEqual(
      packets.slice(0, 3).map(({ octets }) => Buffer.from(octets).toString("hex")),
    );
    expect(capture.notes).toEqual([
      {
        code: "damaged-capture",
        count: 1,
        message: `damage at offset ${24 + first.length}, after packet 1: a record claims that ${length} octets of a packet follow; 66 octets are passed over`,
      },
    ]);
  });

  it("is read behind each of several damaged records", () => {
    const lie = new Uint8Array(40).fill(0xff);
    const capture = readCapture(join(pcapHeader(), lie, first, second, lie, second, third, lie, third));
    expect(capture.count).toBe(5);
    expect(capture.notes).toMatchObject([{ code: "damaged-capture", count: 3 }]);
    expect(capture.notes[0]?.message).toMatch(/^3 damaged places; the first at offset 24, before the first packet: /);
  });

  it("says so if nothing behind the damage can be read", () => {
    const capture = readCapture(join(pcapHeader(), first, new Uint8Array(100).fill(0xff)));
    expect(capture.count).toBe(1);
    expect(capture.notes[0]?.message).toMatch(/; the rest of the file \(100 octets\) is not read$/);
  });

  it("reads on where two files were put behind each other", () => {
    const capture = readCapture(join(pcap(packets), pcap(packets)));
    expect(capture.packets.slice(-packets.length).map(({ time }) => time)).toEqual(packets.map(({ time }) => time));
    expect(codesOf(capture)).toEqual(["damaged-capture"]);
  });

  it("that ends inside a packet is read up to there, and the cut is told", () => {
    const file = pcap(packets);
    expect(readCapture(file.subarray(0, file.length - 3)).notes).toEqual([
      { code: "cut-file", count: 1, message: `the file ends inside packet 5, at offset ${file.length - 3}` },
    ]);
  });
});

describe("a pcap header", () => {
  it.each([
    ["cut", pcapHeader().subarray(0, 23), "cut-header", "is cut inside its header, after 23 octets"],
    ["of version 1.0", pcapHeader({ version: [1, 0] }), "unsupported", "is of version 1.0 of the pcap format, which cannot be read"],
  ])("%s is an error", (_, file, code, message) => {
    expect(readCapture(file).error).toEqual({ code, message });
  });
});
