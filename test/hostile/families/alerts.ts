/** Thousands of connections with hundreds of the smallest messages each: what a message takes is more than its octets. */
import { expect } from "vitest";
import { join } from "../../support/packet-writer.ts";
import { record } from "../../support/records.ts";
import type { Family } from "../contract.ts";
import { hello, pcapOf, recordsOf, segmentsFrom } from "../support.ts";

const CONNECTIONS = 100;
const ALERTS = 1_000;

export const alerts: Family = {
  name: "a thousand alerts in each of a hundred connections, which stay open",
  *capture() {
    const octets = join(recordsOf(1, hello()), ...Array.from({ length: ALERTS }, () => record(21, [1, 0])));
    yield* pcapOf(Array.from({ length: CONNECTIONS }, (_, host) => [...segmentsFrom(octets, 1_400, { host })]).flat());
  },
  counts: "pcap, 614 packets, 101 handshakes",
  line: "1 ≈ 1 22:13:20.000Z 10.0.0.0:40000 10.1.0.9:443 incomplete",
  told: ["handshake 1: 745 more messages not read: the limit for one connection was reached; similarly in 99 more"],
  steps: 10,
  memory: CONNECTIONS * (256 * 1_024 + 40_000),
  others: CONNECTIONS,
  bound({ handshakes }) {
    const notes = handshakes.flatMap(({ notes: own }) => own ?? []).filter(({ code }) => code === "left-out");
    expect(notes).toHaveLength(CONNECTIONS);
    expect(notes[0]?.count).toBe(ALERTS + 1 - 256);
  },
};
