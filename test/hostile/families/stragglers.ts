/** A connection that was reset and goes on talking, before thousands that were reset, too. */
import { expect } from "vitest";
import { TCP_FLAG } from "../../../src/packet/layers.ts";
import type { Family } from "../contract.ts";
import { pcapOf, segment } from "../support.ts";

const CONNECTIONS = 20_000;
const WORD = new Uint8Array([0x41, 0x42]);

function* packets(): Generator<Uint8Array> {
  const talks = segment(WORD, { host: 65_535, sequence: 3 });
  const [word, reset] = [segment(WORD, { sequence: 1 }), segment(new Uint8Array(0), { sequence: 3, flags: TCP_FLAG.rst })];
  yield segment(WORD, { host: 65_535, sequence: 1 });
  yield segment(new Uint8Array(0), { host: 65_535, sequence: 3, flags: TCP_FLAG.rst });
  for (let host = 0; host < CONNECTIONS; host++) {
    for (const frame of [word, reset]) {
      new DataView(frame.buffer).setUint16(28, host);
      yield frame;
    }
    if (host % 100 === 0) yield talks;
  }
}

export const stragglers: Family = {
  name: "a connection that was reset and goes on talking, before thousands of others",
  capture: () => pcapOf(packets()),
  // Nothing is damaged, and none of them speaks TLS.
  counts: "pcap, 40,216 packets, 1 handshake",
  told: [],
  steps: 8,
  memory: 2_500 * 4_096,
  bound: ({ most }) => {
    // Those that ended in the last thousand packets, and once more as many that were looked at again.
    expect(most.closing).toBeLessThan(2_500);
  },
};
