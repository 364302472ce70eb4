/** QUIC: hundreds of connections under one empty id, octets far ahead of all others, and Initial packets that nothing opens. */
import { expect } from "vitest";
import { LIMITS } from "../../../src/fault/limits.ts";
import { crypto, initial } from "../../support/quic.ts";
import { handshake, join } from "../../support/records.ts";
import type { Family } from "../contract.ts";
import { datagram, dice, hello, pcapOf } from "../support.ts";

const CONNECTIONS = 300;
const GARBAGE = 400;
/** Connections of the other two endpoints, and Initial packets under the empty id that all of them have. */
const FEW = 3;
const FAILURES = 2_000;
/** Name of the server that is asked for after all that. */
const LATE = "late.example.test";

/** A first packet under an id of the client's that is empty. */
function first(id: readonly number[], frames: Uint8Array): Uint8Array {
  return initial({ role: "client", keysFrom: id, target: id, source: [], frames });
}

/** Initial packets to `target` that look right by their headers. */
function* noise(count: number, target: readonly number[]): Generator<Uint8Array> {
  const random = dice(7);
  for (let n = 0; n < count; n++) {
    const octets = new Uint8Array(1_200).map(() => random() >>> 24);
    octets.set([0xc3, 0, 0, 0, 1, 8, ...target, 0, 0, 0x44, 0x80]);
    yield octets;
  }
}

function* datagrams(): Generator<Uint8Array> {
  const stream = handshake(1, hello());
  for (let n = 0; n < CONNECTIONS; n++) {
    const id = [1, 2, 3, 4, 5, 6, n >> 8, n & 255];
    const frames = n % 2 === 0 ? crypto(stream) : join([6, 0x80, 0, 0xff, 0x00, 0x41, 0], new Uint8Array(256));
    yield datagram(first(id, frames));
    yield datagram(initial({ role: "server", keysFrom: id, target: [], source: [9, n >> 8, n & 255], frames: new Uint8Array([1]) }), {
      back: true,
    });
  }
  for (const octets of noise(GARBAGE, [1, 2, 3, 4, 5, 6, 7, 8])) yield datagram(octets);
  // Each of these is held against the keys of all, until so many have failed that it is tried with one connection's alone.
  for (let n = 0; n < FEW; n++) yield datagram(first([9, 9, 9, 9, 9, 9, 9, n], crypto(stream)), { host: 6 });
  for (const octets of noise(FAILURES, [9, 9, 9, 9, 9, 9, 8, 8])) yield datagram(octets, { host: 6 });
  const late = handshake(1, hello([], { name: new TextEncoder().encode(LATE) }));
  yield datagram(first([7, 7, 7, 7, 7, 7, 7, 7], crypto(late)), { host: 6 });
}

export const quicGarbage: Family = {
  name: "QUIC packets that nothing opens, and connections that share one empty id",
  capture: () => pcapOf(datagrams()),
  counts: "pcap, 3,018 packets, 133 handshakes",
  line: "1 ≈ 1 22:13:20.000Z 10.0.0.5:40000 10.1.0.9:443 QUIC incomplete",
  told: [
    "2488 UDP packets without a handshake",
    "1292 QUIC Initial packets not tried with every connection's keys, because thousands before had matched none",
  ],
  steps: 15,
  // Two streams of 64 KiB each at most, whatever the offset that a packet names.
  memory: (LIMITS.associations + FEW + 1) * (2 * LIMITS.cryptoOctets + 16_384),
  bound({ handshakes }) {
    expect(handshakes.filter(({ protocol }) => protocol === "quic").length).toBeLessThanOrEqual(LIMITS.associations + FEW + 1);
    expect(handshakes.filter(({ serverName }) => serverName === LATE)).toHaveLength(1);
  },
};
