/** A capture of nothing but packets of one octet, or of none. */
import { expect } from "vitest";
import type { Family } from "../contract.ts";
import { goodFrames, pcapOf } from "../support.ts";

const PACKETS = 200_000;

function* crumbs(): Generator<Uint8Array> {
  const [none, one] = [new Uint8Array(0), new Uint8Array(1)];
  for (let n = 0; n < PACKETS; n++) yield n % 2 === 0 ? one : none;
}

export const oneOctetPackets: Family = {
  name: "packets of one octet, and of none, without end",
  capture: () => pcapOf(crumbs()),
  counts: "pcap, 200,014 packets, 1 handshake",
  told: ["200000 packets with headers that contradict themselves"],
  steps: 2,
  memory: 200_000,
  others: 0,
  bound: ({ summary }) => expect(summary.packets).toBe(PACKETS + goodFrames.length),
};
