/** IP fragments of datagrams that never become whole: many datagrams, many holes. */
import { expect } from "vitest";
import { ethernet, ipv4 } from "../../support/packet-writer.ts";
import type { Family } from "../contract.ts";
import { goodFrames, pcapOf } from "../support.ts";

const EIGHT = new Uint8Array(8);
const DATAGRAMS = 5_000;
const HOLES = 4_000;

function* fragments(): Generator<Uint8Array> {
  for (let id = 0; id < DATAGRAMS; id++) yield ethernet(ipv4(EIGHT, { id, protocol: 6, fragmentOffset: 60_000, moreFragments: true }));
  for (let n = HOLES; n > 0; n--) yield ethernet(ipv4(EIGHT, { id: 1, protocol: 6, fragmentOffset: 16 * n, moreFragments: true }));
}

export const fragmentBomb: Family = {
  name: "fragments of IP datagrams that never become whole",
  capture: () => pcapOf(fragments()),
  counts: "pcap, 9,014 packets, 1 handshake",
  told: ["9000 packets with a fragment of an IP datagram whose rest had not come yet"],
  steps: 80,
  memory: 20_000,
  others: 0,
  bound: ({ summary }) => expect(summary.packets).toBe(DATAGRAMS + HOLES + goodFrames.length),
};
