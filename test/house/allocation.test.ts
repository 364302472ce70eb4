import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/capture-reader.ts";
import type { Frame } from "../../src/capture/frame.ts";
import { Notes } from "../../src/fault/note.ts";
import { decodeFrame } from "../../src/packet/decode-frame.ts";
import { FragmentTable } from "../../src/packet/fragments.ts";
import { newLayers } from "../../src/packet/layers.ts";
import { VERDICT } from "../../src/packet/verdict.ts";
import { pcap, simplePcapng, snoop, type TestPacket, TIME } from "../support/capture-writer.ts";
import { ethernet, ipv4, ipv6, tcp, udp, vlan } from "../support/packet-writer.ts";
import { gre, gtpU, vxlan } from "../support/tunnel-writer.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const FRAMES = 200_000;
/** Frames before the measurement: the compiler works beside the tests of other files. */
const WARM_UP = 800_000;

/** The frames come in so many rounds, each so short that no collection falls into it; a compilation falls into few of them. */
const ROUNDS = 20;

/** One chunk of packets that differ in what they are, in length and in numbers above 2^31. */
const PACKETS: readonly TestPacket[] = Array.from({ length: 500 }, (_, index) => {
  const segment = tcp("x".repeat(20 + (index % 40)), { sequence: index * 8_000_000, acknowledgment: 0xffff_0000 + index });
  const kinds = [
    ipv4(segment),
    ipv6(segment),
    vlan([3], ipv4(segment)),
    ipv4(udp("x".repeat(30))),
    ipv4("ping", { protocol: 1 }),
    ipv4(vxlan(ethernet(ipv6(segment)))),
    ipv6(gre(ipv4(segment), { key: 0xffff_ffff })),
    ipv4(gtpU(ipv6(segment).octets, { extensions: [1] })),
    ipv4(udp("x".repeat(30), { targetPort: 4789 })),
    ipv6(ipv4("ping", { protocol: 1 })),
  ];
  return { octets: ethernet(kinds[index % kinds.length] ?? ipv4(segment)), time: TIME + index * 10, nanos: index };
});

/** Puts each packet through capture and packet room, as the pipeline does; `also` sees it too. */
class PacketLoop {
  readonly notes = new Notes();
  tcp = 0;
  readonly #layers = newLayers();
  readonly #fragments = new FragmentTable();

  readonly #also: (frame: Frame) => void;

  constructor(also: (frame: Frame) => void) {
    this.#also = also;
  }

  frame(frame: Frame): void {
    this.#also(frame);
    if (decodeFrame(frame, this.#layers, this.#fragments) === VERDICT.tcp) this.tcp++;
  }

  secrets(): void {}
}

/**
 * Octets by which the heap grows for each frame once the loop is compiled: in the quarter of the rounds with
 * the least. On a busy machine the compiler comes late, and until then every number above 2^31 is an object.
 */
function growth(header: Uint8Array, chunk: Uint8Array, also: (frame: Frame) => void = () => {}): number {
  const loop = new PacketLoop(also);
  const reader = new CaptureReader(loop);
  reader.push(header);
  const run = (frames: number): void => {
    for (let done = 0; done < frames; done += PACKETS.length) reader.push(chunk);
  };
  run(WARM_UP);
  const rounds = Array.from({ length: ROUNDS }, () => {
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    run(FRAMES / ROUNDS);
    return (process.memoryUsage().heapUsed - before) / (FRAMES / ROUNDS);
  });
  expect(reader.packets).toBe(WARM_UP + FRAMES);
  expect(loop.tcp).toBe(((WARM_UP + FRAMES) * 3) / 5);
  return rounds.toSorted((a, b) => a - b)[ROUNDS / 4] as number;
}

/** What allocates in every frame does so in every try; a compiler that came late does not. */
const COMPILED_BY_THEN = { retry: 4 };

describe("the packet loop", () => {
  it.each([
    ["pcap", pcap([]), pcap(PACKETS)],
    ["pcap in nanoseconds, big-endian", pcap([], { nanoseconds: true, order: "big" }), pcap(PACKETS, { nanoseconds: true, order: "big" })],
    ["pcapng", simplePcapng([]), simplePcapng(PACKETS)],
    [
      "pcapng in nanoseconds, big-endian",
      simplePcapng([], { resolution: 9, order: "big" }),
      simplePcapng(PACKETS, { resolution: 9, order: "big" }),
    ],
    ["snoop", snoop([]), snoop(PACKETS)],
  ])("allocates less than an octet for each frame of %s", COMPILED_BY_THEN, (_, header, file) => {
    expect(growth(header, file.subarray(header.length))).toBeLessThan(1);
  });

  it("would be caught if it made one small object for each frame", () => {
    const kept: { time: number }[] = [];
    const file = pcap(PACKETS);
    const grown = growth(pcap([]), file.subarray(24), ({ time }) => {
      kept[0] = { time };
    });
    expect(grown).toBeGreaterThan(8);
  });
});
