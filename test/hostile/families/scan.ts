/** A scan of a million ports. */
import { expect } from "vitest";
import { TCP_FLAG } from "../../../src/packet/layers.ts";
import { join } from "../../support/packet-writer.ts";
import type { Family } from "../contract.ts";
import { pcapOf, recordOf, segment } from "../support.ts";

const CONNECTIONS = 1_000_000;
/** Probes that are made at once: each is a copy of one, with another address and port. */
const TOGETHER = 1_000;

/** The records of probes, many in one piece: they are made in a moment. */
function* scan(): Generator<Uint8Array> {
  const probe = recordOf(segment(new Uint8Array(0), { flags: TCP_FLAG.syn }));
  const some = join(...Array.from({ length: TOGETHER }, () => probe));
  for (let n = 0; n < CONNECTIONS; n += TOGETHER) {
    const records = some.slice();
    const view = new DataView(records.buffer);
    for (let each = 0; each < TOGETHER; each++) {
      const at = each * probe.length + 16;
      view.setUint32(at + 26, 0x0b00_0000 + ((n + each) >>> 4));
      view.setUint16(at + 34, 1_024 + ((n + each) & 15));
    }
    yield records;
  }
}

export const portScan: Family = {
  name: "a scan of a million connections",
  *capture() {
    const [header, ...good] = pcapOf([]);
    yield header as Uint8Array;
    yield* scan();
    yield* good;
  },
  counts: "pcap, 1,000,014 packets, 1 handshake",
  told: ["934465 connections given up because too many were open, or they held too much"],
  steps: 5,
  memory: 65_536 * 4_096,
  bound: ({ summary, most }) => {
    expect(summary.packets).toBeGreaterThan(CONNECTIONS);
    expect(most.evicted).toBeGreaterThan(CONNECTIONS - 2 * 65_536 - 1);
  },
};
