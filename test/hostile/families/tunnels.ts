/** Tunnels in tunnels, deeper than any network has them. */
import { expect } from "vitest";
import { ethernet, ipv4, type Layer, tcp, vlan } from "../../support/packet-writer.ts";
import { gre, vxlan } from "../../support/tunnel-writer.ts";
import type { Family } from "../contract.ts";
import { goodFrames, hello, pcapOf, recordsOf } from "../support.ts";

const DEPTH = 60;

function nested(wrap: (inner: Layer) => Layer): Uint8Array {
  let layer = ipv4(tcp(recordsOf(1, hello())));
  for (let depth = 0; depth < DEPTH; depth++) layer = wrap(layer);
  return ethernet(layer);
}

const frames = [
  nested((inner) => ipv4(gre(inner))),
  nested((inner) => ipv4(inner)),
  nested((inner) => ipv4(vxlan(ethernet(inner)))),
  ethernet(
    vlan(
      Array.from({ length: DEPTH }, () => 7),
      ipv4(tcp("x")),
    ),
  ),
];
const ROUNDS = 100;

export const tunnels: Family = {
  name: "sixty tunnels and VLANs inside each other",
  capture: () => pcapOf(Array.from({ length: ROUNDS }, () => frames).flat()),
  counts: "pcap, 414 packets, 1 handshake",
  told: ["100 packets with headers that contradict themselves", "300 packets inside a tunnel or encryption that is not opened"],
  steps: 1,
  memory: 20_000,
  others: 0,
  bound: ({ summary }) => expect(summary.packets).toBe(ROUNDS * frames.length + goodFrames.length),
};
