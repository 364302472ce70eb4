/** Segments and IP fragments that send the same place twice with other contents: two readers are to see two names. */
import { expect } from "vitest";
import { ethernet, fragmentsOfIpv4, ipv4, tcp } from "../../support/packet-writer.ts";
import type { Family } from "../contract.ts";
import { hello, pcapOf, recordsOf, segment } from "../support.ts";

const first = recordsOf(1, hello([], { name: new TextEncoder().encode("first.example") }));
const other = recordsOf(1, hello([], { name: new TextEncoder().encode("other.example") }));

function fragments(): Uint8Array[] {
  const fields = { source: [10, 9, 0, 1], target: [10, 9, 0, 2], id: 77 };
  const [real, wrong] = [first, other].map((octets) => fragmentsOfIpv4(tcp(octets, { sequence: 1 }), 24, fields)) as [
    ReturnType<typeof fragmentsOfIpv4>,
    ReturnType<typeof fragmentsOfIpv4>,
  ];
  // The first piece comes last: until then both copies of the others wait.
  return [...real.slice(1), ...wrong.slice(1), ...real.slice(0, 1)].map((layer) => ethernet(layer));
}

export const rewriting: Family = {
  name: "octets that are sent again with other contents, over TCP in order and out of order, and in IP fragments",
  capture: () =>
    pcapOf([
      segment(first.subarray(0, 60), { host: 1, sequence: 1 }),
      segment(other, { host: 1, sequence: 1 }),
      segment(first.subarray(60), { host: 1, sequence: 61 }),
      // The beginning comes last: until then both copies wait.
      segment(new Uint8Array(0), { host: 2, sequence: 1, flags: 2 }),
      segment(first.subarray(40), { host: 2, sequence: 42 }),
      segment(other.subarray(20), { host: 2, sequence: 22 }),
      segment(first.subarray(0, 40), { host: 2, sequence: 2 }),
      ...fragments(),
      ethernet(ipv4(tcp(first), { source: [10, 8, 0, 1] })),
    ]),
  counts: "pcap, 29 packets, 5 handshakes",
  line: "1 ≈ 2 22:13:20.000Z 10.0.0.1:40000 10.1.0.9:443 other.example incomplete",
  told: [
    "6 packets with a fragment of an IP datagram whose rest had not come yet",
    "1 IP fragment with octets that differ from those that came first in its place; the first ones count",
    "handshake 1: 1 segment with octets that differ from those that came first in its place; the first ones count; similarly in 1 more",
  ],
  steps: 10,
  memory: 100_000,
  bound({ handshakes }) {
    const byClient = new Map(handshakes.map((handshake) => [handshake.transport.client.address, handshake]));
    for (const client of ["10.0.0.2", "10.9.0.1"]) expect(byClient.get(client)?.serverName).toBe("first.example");
    expect(byClient.get("10.0.0.1")?.notes).toEqual([
      {
        code: "rewritten",
        count: 1,
        message: "1 segment with octets that differ from those that came first in its place; the first ones count",
      },
    ]);
    expect(byClient.get("10.0.0.2")?.notes?.[0]?.code).toBe("rewritten");
    expect(byClient.get("10.8.0.1")?.notes).toBeUndefined();
  },
};
