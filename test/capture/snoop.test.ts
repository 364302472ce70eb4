import { describe, expect, it } from "vitest";
import { snoop, snoopRecord, type TestPacket, TIME } from "../support/capture-writer.ts";
import { ethernet, ipv4, join, tcp, u32 } from "../support/packet-writer.ts";
import { codesOf, readCapture } from "../support/read-capture.ts";

const packets: readonly TestPacket[] = Array.from({ length: 4 }, (_, index) => ({
  octets: ethernet(ipv4(tcp("x".repeat(index)))),
  time: TIME + index,
  wireLength: 70 + index,
}));

describe("snoop", () => {
  it("is read, its padding left out", () => {
    const capture = readCapture(snoop(packets));
    expect(capture).toMatchObject({ format: "snoop", count: 4, linkTypes: [1], notes: [] });
    expect(capture.packets).toEqual(
      packets.map(({ octets, time, wireLength }, index) => ({
        number: index + 1,
        time,
        nanos: 0,
        digits: 6,
        linkType: 1,
        wireLength,
        octets: Buffer.from(octets).toString("hex"),
      })),
    );
  });

  it.each([
    [0, 1],
    [2, 6],
    [4, 1],
    [8, 10],
    [14, 0],
    [18, 123],
    [0x8000_0005, 226],
  ])("of data link %d has the link type %d", (link, linkType) => {
    expect(readCapture(snoop(packets, { link })).linkTypes).toEqual([linkType]);
  });

  it.each([
    ["of version 1", snoop([], { version: 1 }), "unsupported", "is of version 1 of the snoop format, which cannot be read"],
    ["of an unknown data link", snoop([], { link: 7 }), "unsupported", "is a snoop file of data link 7, which cannot be read"],
    ["with half of its mark", new TextEncoder().encode("snoopy is a dog "), "not-a-capture", undefined],
    ["cut inside its header", snoop([]).subarray(0, 15), "cut-header", "is cut inside its header, after 15 octets"],
  ])("%s is an error", (_, file, code, message) => {
    const { error } = readCapture(file);
    expect(error?.code).toBe(code);
    if (message !== undefined) expect(error?.message).toBe(message);
  });

  it.each([
    ["shorter than its packet", [60, 60, 24, 0]],
    ["with 65 octets of padding", [60, 60, 149, 0]],
    ["of 2^32 − 1 octets", [60, 60, 0xffff_ffff, 0]],
    ["with a packet of 2^32 − 1 octets", [60, 0xffff_ffff, 24, 0]],
  ])("is read behind a record %s", (_, numbers) => {
    const bad = join(...numbers.map(u32), new Uint8Array(30));
    const [first, ...rest] = packets.map(snoopRecord) as [Uint8Array, ...Uint8Array[]];
    const capture = readCapture(join(snoop([]), first, bad, ...rest));
    expect(capture.count).toBe(4);
    expect(codesOf(capture)).toEqual(["damaged-capture"]);
  });

  it("that ends inside a packet tells the cut", () => {
    const file = snoop(packets);
    expect(readCapture(file.subarray(0, -1)).notes[0]?.message).toBe(`the file ends inside packet 4, at offset ${file.length - 1}`);
  });
});
