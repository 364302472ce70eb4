import { describe, expect, it } from "vitest";
import {
  type Block,
  block,
  enhancedPacket,
  fields,
  interfaceDescription,
  obsoletePacket,
  option,
  type Order,
  pcapng,
  secretsBlock,
  sectionHeader,
  simplePacket,
  simplePcapng,
  type TestPacket,
  TIME,
} from "../support/capture-writer.ts";
import { ethernet, ipv4, join, tcp } from "../support/packet-writer.ts";
import { codesOf, readCapture } from "../support/read-capture.ts";

const packet: TestPacket = { octets: ethernet(ipv4(tcp("hello"))), time: TIME, nanos: 789 };
const hex = Buffer.from(packet.octets).toString("hex");
const start = [sectionHeader(), interfaceDescription()];

/** Its clock is in nanoseconds: what follows the end of the options does not count. */
const interfaceWithOptions: Block = (order) =>
  block(
    1,
    join(
      fields(order, [2, 1], [2, 0], [4, 0]),
      option(order, 2, new TextEncoder().encode("eth0")),
      option(order, 9, Uint8Array.of(9)),
      option(order, 0, new Uint8Array(0)),
      option(order, 9, Uint8Array.of(3)),
    ),
  )(order);

function messagesOf(file: Uint8Array): string[] {
  return readCapture(file).notes.map(({ message }) => message);
}

describe.each<Order>(["little", "big"])("pcapng, %s-endian", (order) => {
  const head = [sectionHeader(order), interfaceDescription()];

  it.each<[string, Block]>([
    ["an enhanced packet", enhancedPacket(packet)],
    ["the obsolete packet block", obsoletePacket(packet)],
  ])("reads %s", (_, written) => {
    const capture = readCapture(pcapng([...head, written]));
    expect(capture).toMatchObject({ format: "pcapng", count: 1, linkTypes: [1], notes: [] });
    expect(capture.packets).toEqual([
      { number: 1, time: TIME, nanos: 0, digits: 6, linkType: 1, wireLength: packet.octets.length, octets: hex },
    ]);
  });

  it("reads a simple packet with the time of the packet before it, and notes that", () => {
    const capture = readCapture(pcapng([...head, simplePacket(packet), enhancedPacket(packet), simplePacket(packet)]));
    expect(capture.packets.map(({ time, octets }) => [time, octets])).toEqual([
      [0, hex],
      [TIME, hex],
      [TIME, hex],
    ]);
    expect(capture.notes).toEqual([{ code: "no-time", count: 2, message: "2 packets without a time of their own (simple packets)" }]);
  });

  it("cuts a simple packet at the snapshot length of its interface", () => {
    const file = pcapng([
      sectionHeader(order),
      interfaceDescription({ snapshot: 30 }),
      simplePacket({ octets: packet.octets.subarray(0, 30), wireLength: 59 }),
    ]);
    expect(readCapture(file).packets[0]).toMatchObject({ wireLength: 59, octets: hex.slice(0, 60) });
  });

  it("hands on the secrets, and passes over the blocks that hold no packets", () => {
    const keys = new TextEncoder().encode("CLIENT_RANDOM 00 11");
    const body = new Uint8Array(12);
    const passed = [block(4, body), block(5, body), block(0x42, body), block(0xbad, body), block(0x4000_0bad, body), block(9, body)];
    const capture = readCapture(pcapng([...head, secretsBlock(keys), ...passed, enhancedPacket(packet)]));
    expect(capture.secrets).toEqual([{ type: 0x544c534b, octets: Buffer.from(keys).toString("hex") }]);
    expect(capture.notes).toEqual([{ code: "passed-blocks", count: 4, message: "4 blocks of unknown or private kinds passed over" }]);
  });
});

describe("pcapng", () => {
  it("gives each packet the link type and the clock of its interface", () => {
    const clocks = [{ linkType: 1 }, { linkType: 113, resolution: 9 }, { linkType: 276, resolution: 3, offset: 1_000_000 }];
    const file = pcapng([
      sectionHeader(),
      ...clocks.map((clock) => interfaceDescription(clock)),
      ...clocks.map((clock, source) => enhancedPacket({ ...packet, source }, clock)),
    ]);
    expect(readCapture(file).packets.map(({ linkType, time, nanos, digits }) => [linkType, time, nanos, digits])).toEqual([
      [1, TIME, 0, 6],
      [113, TIME, 789, 9],
      [276, 1_700_000_000_123_000, 0, 3],
    ]);
    expect(readCapture(file).linkTypes).toEqual([1, 113, 276]);
  });

  it("forgets the interfaces at each section, whose byte order may be another", () => {
    const file = pcapng([
      ...start,
      enhancedPacket(packet),
      sectionHeader("big"),
      interfaceDescription({ linkType: 101 }),
      enhancedPacket(packet),
      sectionHeader("little"),
      enhancedPacket(packet),
      interfaceDescription({ linkType: 228 }),
      enhancedPacket(packet),
    ]);
    const capture = readCapture(file);
    expect(capture.packets.map(({ number, linkType, octets }) => [number, linkType, octets])).toEqual([
      [1, 1, hex],
      [2, 101, hex],
      [3, 228, hex],
    ]);
    expect(codesOf(capture)).toEqual(["bad-packets"]);
  });

  it("numbers packets as Wireshark does, which lists custom and journal blocks among them", () => {
    const body = new Uint8Array(8);
    const blocks = [enhancedPacket(packet), block(0xbad, body), block(9, body), block(5, body), enhancedPacket(packet)];
    expect(readCapture(pcapng([...start, ...blocks])).packets.map(({ number }) => number)).toEqual([1, 4]);
    expect(readCapture(pcapng([...start, ...blocks])).count).toBe(2);
  });

  it("passes over options, known and unknown, up to their end", () => {
    expect(
      readCapture(pcapng([sectionHeader(), interfaceWithOptions, enhancedPacket(packet, { resolution: 9 })])).packets[0],
    ).toMatchObject({
      time: TIME,
      nanos: 789,
    });
  });

  it.each<[string, Block[], string]>([
    ["a packet of an interface that is not there", [...start, enhancedPacket({ ...packet, source: 1 })], "bad-packets"],
    ["a packet without any interface", [sectionHeader(), simplePacket(packet)], "bad-packets"],
    ["a packet longer than its block", [...start, block(6, fields("little", [4, 0], [8, 0], [4, 100], [4, 100]))], "bad-packets"],
    ["a packet block without room for its header", [...start, block(6, new Uint8Array(8))], "bad-packets"],
    ["a simple packet block that is empty", [...start, block(3, new Uint8Array(0))], "bad-packets"],
    ["an interface without a link type", [...start, block(1, new Uint8Array(4))], "bad-blocks"],
    ["secrets longer than their block", [...start, block(10, fields("little", [4, 1], [4, 100]))], "bad-blocks"],
    ["secrets without a length", [...start, block(10, new Uint8Array(4))], "bad-blocks"],
    ["a section in version 2", [...start, sectionHeader("big", [2, 0]), enhancedPacket(packet)], "unread-sections"],
    ["a section without a version", [...start, block(0x0a0d0d0a, fields("little", [4, 0x1a2b3c4d]))], "unread-sections"],
    ["a packet in the year 300000", [...start, enhancedPacket({ ...packet, time: 9e18 })], "odd-times"],
    ["a packet before 1970", [sectionHeader(), interfaceDescription({ offset: -9_000_000_000 }), enhancedPacket(packet)], "odd-times"],
  ])("notes %s, and reads on", (_, blocks, code) => {
    const capture = readCapture(pcapng([...blocks, sectionHeader(), interfaceDescription(), enhancedPacket(packet)]));
    expect(codesOf(capture)).toEqual([code]);
    expect(capture.packets.at(-1)?.octets).toBe(hex);
  });
});

describe("a damaged pcapng file", () => {
  const good = enhancedPacket(packet);
  const body = join(fields("little", [4, 0], [8, 0], [4, 20], [4, 20]), new Uint8Array(20));

  it.each<[string, Block]>([
    ["whose two lengths differ", block(6, body, { trailer: 56 })],
    ["whose first length is zero", block(6, body, { length: 0 })],
    ["whose first length is 2^32 − 1", block(6, body, { length: 0xffff_ffff })],
    ["whose first length points into the next block", block(6, body, { length: 60 })],
    ["that is noise", () => new Uint8Array(33).fill(0xaa)],
  ])("is read behind a block %s", (_, bad) => {
    const capture = readCapture(pcapng([...start, good, bad, good, good]));
    expect(capture.packets.map(({ octets }) => octets)).toEqual([hex, hex, hex]);
    expect(codesOf(capture)).toEqual(["damaged-capture"]);
    expect(capture.notes[0]?.message).toMatch(/^damage at offset 140, after packet 1: .*; \d\d octets are passed over$/);
  });

  it("is read behind a section header whose length is wrong, in that section's byte order", () => {
    const section = Object.assign(
      () => join(sectionHeader("big")("big").subarray(0, 4), [9, 9, 9, 9], sectionHeader("big")("big").subarray(8)),
      {
        order: "big" as const,
      },
    );
    const capture = readCapture(pcapng([section, interfaceDescription(), good]));
    expect(capture.packets.map(({ octets }) => octets)).toEqual([hex]);
  });

  it("says so if nothing behind the damage can be read", () => {
    const capture = readCapture(pcapng([...start, good, () => new Uint8Array(100).fill(0xaa)]));
    expect(capture.notes[0]?.message).toMatch(/the rest of the file \(100 octets\) is not read$/);
  });

  it("that ends inside a block is read up to there, and the cut is told", () => {
    const file = simplePcapng([packet, packet]);
    expect(messagesOf(file.subarray(0, file.length - 1))).toEqual([`the file ends inside packet 2, at offset ${file.length - 1}`]);
    expect(messagesOf(file.subarray(0, 40))).toEqual(["the file ends inside a block, at offset 40"]);
  });
});

describe("the first section header of a pcapng file", () => {
  const whole = sectionHeader()("little");

  it.each([
    ["that is cut", whole.subarray(0, 27), "cut-header", "is cut inside its header, after 27 octets"],
    ["in version 2", sectionHeader("big", [2, 0])("big"), "unsupported", "is of version 2 of the pcapng format, which cannot be read"],
    [
      "without a byte order",
      join(whole.subarray(0, 8), [1, 2, 3, 4], whole.subarray(12)),
      "not-a-capture",
      "is not a capture: it begins like a pcapng file, but states no byte order",
    ],
  ])("%s is an error", (_, file, code, message) => {
    expect(readCapture(file).error).toEqual({ code, message });
  });
});
