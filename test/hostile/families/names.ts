/** Names with controls, escapes and what turns text round, in every place that takes one. */
import { expect } from "vitest";
import { wire } from "../../support/wire.ts";
import type { Family } from "../contract.ts";
import { hello, pcapOf, recordsOf, segment } from "../support.ts";

const NAMES = [
  "\u001b[2J\u001b]0;owned\u0007\u001b[31mred",
  "evil\r\nX-Injected: yes\n::error::x",
  "\u202egro.elpmaxe\u202c.test",
  "\u0000\u0001\u007f\u0080\u009b31m",
  "<script>alert(1)</script>|`$(id)`[x](javascript:1)",
  "\u2066\u200f\u2028",
];

export const names: Family = {
  name: "names with ANSI sequences, controls and bidirectional marks",
  *capture() {
    const encode = new TextEncoder();
    yield* pcapOf(
      NAMES.map((name, host) => {
        const octets = encode.encode(name);
        const alpn = wire((body) => body.vector16((list) => list.vector8((one) => one.raw(octets))));
        return segment(recordsOf(1, hello([{ type: 16, body: alpn }], { name: octets })), { host, sequence: 1 });
      }),
    );
  },
  counts: "pcap, 20 packets, 7 handshakes",
  line: "1 ≈ 1 22:13:20.000Z 10.0.0.0:40000 10.1.0.9:443 \\x1b[2J\\x1b]0;owned\\x07\\x1b[31mred incomplete",
  told: [],
  steps: 10,
  memory: 100_000,
  others: NAMES.length,
  bound: ({ handshakes }) => expect(JSON.stringify(handshakes)).toMatch(/^[\x20-\x7e]*$/),
};
