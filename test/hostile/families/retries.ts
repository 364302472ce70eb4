/** HelloRetryRequests without end, each with its answer. */
import { expect } from "vitest";
import { join } from "../../support/packet-writer.ts";
import { encodeServerHello } from "../../support/wire.ts";
import type { Family } from "../contract.ts";
import { hello, pcapOf, recordsOf, segment } from "../support.ts";

const ROUNDS = 1_000;
const RETRY = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

const retry = encodeServerHello({
  legacyVersion: 0x0303,
  random: Uint8Array.from(Buffer.from(RETRY, "hex")),
  sessionId: new Uint8Array(0),
  cipherSuite: 0x1301,
  compressionMethod: 0,
  extensions: [{ type: 43, body: new Uint8Array([3, 4]) }],
});

export const retries: Family = {
  name: "endless HelloRetryRequests",
  *capture() {
    const [ask, answer] = [recordsOf(2, retry), recordsOf(1, hello())];
    const frames: Uint8Array[] = [segment(answer, { sequence: 1 })];
    for (let round = 0; round < ROUNDS; round++) {
      frames.push(segment(ask, { back: true, sequence: 1 + round * ask.length }));
      frames.push(segment(answer, { sequence: 1 + (round + 1) * answer.length }));
    }
    yield* pcapOf([join(...frames.slice(0, 1)), ...frames.slice(1)]);
  },
  counts: "pcap, 2,015 packets, 2 handshakes",
  line: "1 ≈ 1 22:13:20.000Z 10.0.0.5:40000 10.1.0.9:443 TLS 1.3 incomplete TLS_AES_128_GCM_SHA256",
  told: ["handshake 1: 1745 more messages not read: the limit for one connection was reached"],
  steps: 3,
  memory: 500_000,
  others: 1,
  bound({ handshakes }) {
    const hostile = handshakes.find(({ messages }) => messages.length > 100);
    expect(hostile?.messages).toHaveLength(256);
    expect(hostile?.notes).toEqual([
      { code: "left-out", count: 2 * ROUNDS + 1 - 256, message: expect.stringContaining("more messages not read") as string },
    ]);
  },
};
