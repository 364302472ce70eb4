/** Ten thousand extensions, and lists that fill a whole hello, on both sides of nothing. */
import { expect } from "vitest";
import type { Family } from "../contract.ts";
import { hello, pcapOf, recordsOf, segmentsFrom } from "../support.ts";

const COUNT = 10_000;
const EMPTY = new Uint8Array(0);

export const extensions: Family = {
  name: "hellos of ten thousand extensions, all of one kind or all different, and of 32,000 cipher suites",
  *capture() {
    const hellos = [
      hello(Array.from({ length: COUNT }, () => ({ type: 0x1234, body: EMPTY }))),
      hello(Array.from({ length: COUNT }, (_, type) => ({ type: type + 100, body: EMPTY }))),
      hello([], { cipherSuites: Array.from({ length: 32_000 }, (_, suite) => suite) }),
    ];
    yield* pcapOf(hellos.flatMap((body, host) => [...segmentsFrom(recordsOf(1, body), 1_400, { host })]));
  },
  counts: "pcap, 118 packets, 4 handshakes",
  line: "1 ≈ 29 22:13:20.000Z 10.0.0.0:40000 10.1.0.9:443 incomplete",
  told: ["handshake 1: extension 0x1234 occurs in client_hello more than once"],
  steps: 40,
  memory: 1_000_000,
  others: 3,
  bound({ handshakes, given, answer }) {
    const counts = handshakes
      .flatMap(({ messages }) => messages)
      .flatMap((message) => ("extensions" in message ? [message.extensions?.length ?? 0] : []));
    expect(counts.filter((count) => count === COUNT)).toHaveLength(2);
    // Nothing is told more than once: an extension of four octets takes so many signs.
    expect(answer).toBeLessThan(60 * given);
  },
};
