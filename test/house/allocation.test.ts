import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { CaptureReader } from "../../src/capture/capture-reader.ts";
import type { Frame } from "../../src/capture/frame.ts";
import { Notes } from "../../src/fault/note.ts";
import type { StreamListener } from "../../src/flow/flow.ts";
import { FlowTable } from "../../src/flow/flow-table.ts";
import { decodeFrame } from "../../src/packet/decode-frame.ts";
import { FragmentTable } from "../../src/packet/fragments.ts";
import { newLayers } from "../../src/packet/layers.ts";
import { VERDICT } from "../../src/packet/verdict.ts";
import { pcap, simplePcapng, snoop, type TestPacket, TIME } from "../support/capture-writer.ts";
import { ethernet, ipv4, ipv6, tcp, udp, vlan } from "../support/packet-writer.ts";
import { gre, gtpU, vxlan } from "../support/tunnel-writer.ts";

setFlagsFromString("--expose-gc");
// Compiled where it is due, not when a busy machine has time for it: until then every number above 2^31 is an object.
setFlagsFromString("--no-concurrent-recompilation");
const collectGarbage = runInNewContext("gc") as () => void;

const FRAMES = 200_000;
/** Frames before the measurement, in which the loop is compiled. */
const WARM_UP = 400_000;

/** The frames come in so many rounds, each so short that no collection falls into it. */
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

/** A connection of which everything was read that is of interest. */
const READ: StreamListener = { octets: () => {}, gap: () => {}, done: true };

/** Puts each packet through capture and packet room, as the pipeline does; `also` sees it too. */
class PacketLoop {
  readonly notes = new Notes();
  tcp = 0;
  readonly #layers = newLayers();
  readonly #fragments = new FragmentTable();

  readonly #flows: FlowTable<StreamListener> | null;
  readonly #also: (frame: Frame) => void;

  constructor(also: (frame: Frame) => void, isFollowed: boolean) {
    this.#also = also;
    this.#flows = isFollowed
      ? new FlowTable(
          () => READ,
          () => {},
        )
      : null;
  }

  frame(frame: Frame): void {
    this.#also(frame);
    if (decodeFrame(frame, this.#layers, this.#fragments) !== VERDICT.tcp) return;
    this.tcp++;
    this.#flows?.packet(this.#layers, frame);
  }

  secrets(): void {}
}

/** Octets by which the heap grows for each frame once the loop is compiled: in half of the rounds at most. */
function growth(header: Uint8Array, chunk: Uint8Array, also: (frame: Frame) => void = () => {}, isFollowed = false): number {
  const loop = new PacketLoop(also, isFollowed);
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
  return rounds.toSorted((a, b) => a - b)[ROUNDS / 2] as number;
}

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
  ])("allocates less than an octet for each frame of %s", (_, header, file) => {
    expect(growth(header, file.subarray(header.length))).toBeLessThan(1);
  });

  it("allocates less than an octet for each frame where connections are followed that have been read", () => {
    expect(growth(pcap([]), pcap(PACKETS).subarray(24), () => {}, true)).toBeLessThan(1);
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
