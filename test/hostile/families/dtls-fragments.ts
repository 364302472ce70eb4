/** Fragments of DTLS messages that contradict each other, announce a megabyte, or come without end. */
import { expect } from "vitest";
import { dtlsHello, dtlsRecord, fragment } from "../../support/dtls.ts";
import { join } from "../../support/records.ts";
import type { Family } from "../contract.ts";
import { datagram, pcapOf } from "../support.ts";

const ROUNDS = 3_000;

function u24(value: number): number[] {
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** A fragment of one octet in the middle of a message of a megabyte. */
function crumb(sequence: number, offset: number): Uint8Array {
  return join([11, ...u24(0x0f_ffff), sequence >> 8, sequence & 255, ...u24(offset), ...u24(1)], [0]);
}

function* datagrams(): Generator<Uint8Array> {
  const random = dtlsHello(1);
  yield datagram(dtlsRecord(22, fragment({ type: 1, sequence: 0, body: random })));
  for (let n = 0; n < ROUNDS; n++) yield datagram(dtlsRecord(22, crumb(1 + (n % 40), 10 + 3 * n)), { back: true });
  // Each says something else at the same place.
  for (let n = 0; n < ROUNDS; n++)
    yield datagram(dtlsRecord(22, fragment({ type: 12, sequence: 50, body: new Uint8Array(80).fill(n & 255) }, 0, 40)), { back: true });
}

export const dtlsFragments: Family = {
  name: "fragments of DTLS messages that never become whole, or contradict each other",
  capture: () => pcapOf(datagrams()),
  counts: "pcap, 6,015 packets, 2 handshakes",
  line: "1 ≈ 1 22:13:20.000Z 10.0.0.5:40000 10.1.0.9:443 DTLS incomplete",
  told: [
    "handshake 1: 4800 more messages not read: the limit for one connection was reached",
    "handshake 1: client_hello could not be read completely: truncated in cipher_suites at offset 52: 1799 octets wanted, 8 left",
  ],
  steps: 2,
  memory: 3_000_000,
  others: 1,
  bound({ handshakes }) {
    const hostile = handshakes.find(({ protocol }) => protocol === "dtls");
    expect(hostile?.messages.length).toBeLessThanOrEqual(256);
    expect(hostile?.notes?.map(({ code }) => code)).toEqual(["left-out"]);
  },
};
