/** A scan of hundreds of thousands of ports. */
import { expect } from "vitest";
import { TCP_FLAG } from "../../../src/packet/layers.ts";
import type { Family } from "../contract.ts";
import { pcapOf, segment } from "../support.ts";

const CONNECTIONS = 300_000;

/** One packet, changed in place: they are made in a moment. */
function* scan(): Generator<Uint8Array> {
  const probe = segment(new Uint8Array(0), { flags: TCP_FLAG.syn });
  for (let n = 0; n < CONNECTIONS; n++) {
    new DataView(probe.buffer).setUint32(26, 0x0b00_0000 + (n >>> 4));
    new DataView(probe.buffer).setUint16(34, 1_024 + (n & 15));
    yield probe;
  }
}

export const portScan: Family = {
  name: "a scan of three hundred thousand connections",
  capture: () => pcapOf(scan()),
  told: /connections given up because too many were open/,
  bound: ({ summary, most }) => {
    expect(summary.packets).toBeGreaterThan(CONNECTIONS);
    expect(most.held).toBeLessThan(65_536 * 4_096);
    expect(most.evicted).toBeGreaterThan(CONNECTIONS - 2 * 65_536 - 1);
  },
};
