/** One-octet segments out of order, in many connections, that wait for an octet which never comes. */
import type { Family } from "../contract.ts";
import { pcapOf, segment } from "../support.ts";

const CONNECTIONS = 150;
const SEGMENTS = 1_100;
const OCTET = new Uint8Array([0x41]);

/** One packet, changed in place. */
function* segments(): Generator<Uint8Array> {
  const frame = segment(OCTET, { sequence: 1 });
  const view = new DataView(frame.buffer);
  for (let host = 0; host < CONNECTIONS; host++) {
    view.setUint16(28, host);
    view.setUint32(38, 1);
    yield frame;
    // Backwards, so that each has to be put in front of all others.
    for (let n = SEGMENTS; n > 0; n--) {
      view.setUint32(38, 10 + 2 * n);
      yield frame;
    }
  }
}

export const tinySegments: Family = {
  name: "endless segments of one octet that wait for octets which never come",
  capture: () => pcapOf(segments()),
  counts: "pcap, 165,164 packets, 1 handshake",
  told: ["23189 gaps given up, because too much was queued behind them"],
  steps: 30,
  // Each counts with the memory that it takes, and all together have a cap.
  memory: 33_554_432 + CONNECTIONS * 40_000,
};
