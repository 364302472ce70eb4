/** Endpoints that are made so that a hash without a secret is the same for all of them. */
import { expect } from "vitest";
import type { Family } from "../contract.ts";
import { pcapOf, segment } from "../support.ts";

const CONNECTIONS = 40_000;
/** A factor that many programs multiply ports with, and one that they mix words with. */
const FACTOR = 0x9e3779b1;

function* flood(): Generator<Uint8Array> {
  const frame = segment(new Uint8Array([1, 2, 3]), { sequence: 1 });
  const view = new DataView(frame.buffer);
  for (let round = 0; round < 2; round++) {
    for (let port = 0; port < CONNECTIONS; port++) {
      view.setUint32(26, (0x1234_5678 ^ Math.imul(port, FACTOR)) >>> 0);
      view.setUint16(34, port);
      view.setUint32(38, 1 + 3 * round);
      yield frame;
    }
  }
}

export const hashFlood: Family = {
  name: "forty thousand connections whose hashes were to be the same",
  capture: () => pcapOf(flood()),
  // Nothing is damaged, and none of them speaks TLS: the list is as if they were not there.
  counts: "pcap, 80,014 packets, 1 handshake",
  told: [],
  steps: 10,
  memory: CONNECTIONS * 4_096,
  others: 0,
  bound: ({ most, summary }) => {
    // As many as packets would be passed over if each chain had one entry before the right one; all in one chain they are 1.6 thousand million.
    expect(most.passed).toBeLessThan(2 * summary.packets);
  },
};
