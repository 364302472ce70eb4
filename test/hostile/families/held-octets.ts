/** Connections over TCP and UDP that stay open, and hold more together than all may. */
import { expect } from "vitest";
import { dtlsRecord, fragment } from "../../support/dtls.ts";
import { join } from "../../support/packet-writer.ts";
import { record } from "../../support/records.ts";
import type { Family } from "../contract.ts";
import { datagram, hello, pcapOf, recordsOf, segmentsFrom } from "../support.ts";

const CONNECTIONS = 200;
const ASSOCIATIONS = 1_500;
/** Octets, in place of the usual 192 MiB, which it takes long to fill. */
const HELD = 4_000_000;

function* packets(): Generator<Uint8Array> {
  const octets = join(recordsOf(1, hello()), ...Array.from({ length: 200 }, () => record(21, [1, 0])));
  for (let host = 0; host < CONNECTIONS; host++) yield* segmentsFrom(octets, 1_400, { host });
  const said = dtlsRecord(22, fragment({ type: 1, sequence: 0, body: hello([], { cookie: new Uint8Array(0) }) }));
  for (let host = 0; host < ASSOCIATIONS; host++) yield datagram(said, { host });
}

export const heldOctets: Family = {
  name: "connections that stay open and hold more than all may together",
  capture: () => pcapOf(packets()),
  heldOctets: HELD,
  counts: "pcap, 1,914 packets, 1,701 handshakes",
  line: "1 ≈ 1 22:13:20.000Z 10.0.0.0:40000 10.1.0.9:443 incomplete",
  told: ["722 connections given up because too many were open, or they held too much"],
  // What is given up is told as it stands: none is missing.
  others: CONNECTIONS + ASSOCIATIONS,
  steps: 20,
  // What one packet adds comes before anything is given up for it.
  memory: 2 * HELD + 100_000,
  bound: ({ most }) => expect(most.evicted).toBeGreaterThan(0),
};
