/** QUIC: hundreds of connections under one empty id, octets far ahead of all others, and Initial packets that nothing opens. */
import { expect } from "vitest";
import { crypto, initial } from "../../support/quic.ts";
import { handshake, join } from "../../support/records.ts";
import type { Family } from "../contract.ts";
import { datagram, dice, hello, pcapOf } from "../support.ts";

const CONNECTIONS = 300;
const GARBAGE = 400;

function* datagrams(): Generator<Uint8Array> {
  const random = dice(7);
  const stream = handshake(1, hello());
  for (let n = 0; n < CONNECTIONS; n++) {
    const id = [1, 2, 3, 4, 5, 6, n >> 8, n & 255];
    const frames = n % 2 === 0 ? crypto(stream) : join([6, 0x80, 0, 0xff, 0x00, 0x41, 0], new Uint8Array(256));
    yield datagram(initial({ role: "client", keysFrom: id, target: id, source: [], frames }));
    yield datagram(initial({ role: "server", keysFrom: id, target: [], source: [9, n >> 8, n & 255], frames: new Uint8Array([1]) }), {
      back: true,
    });
  }
  for (let n = 0; n < GARBAGE; n++) {
    const noise = new Uint8Array(1_200).map(() => random() >>> 24);
    noise.set([0xc3, 0, 0, 0, 1, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0x44, 0x80]);
    yield datagram(noise);
  }
}

export const quicGarbage: Family = {
  name: "QUIC packets that nothing opens, and connections that share one empty id",
  capture: () => pcapOf(datagrams()),
  told: /UDP packets without a handshake/,
  bound({ most, handshakes, summary }) {
    expect(handshakes.filter(({ protocol }) => protocol === "quic").length).toBeLessThanOrEqual(256);
    // Two streams of 64 KiB each at most, whatever the offset that a packet names.
    expect(most.held).toBeLessThan(256 * (2 * 65_536 + 16_384));
    expect(summary.notes.find(({ code }) => code === "udp")?.count).toBeGreaterThanOrEqual(GARBAGE);
  },
};
