/** Lengths of Ethernet, IP, TCP and UDP headers that lie. */
import { expect } from "vitest";
import { ethernet, extension, ipv4, ipv6, tcp, udp } from "../../support/packet-writer.ts";
import type { Family } from "../contract.ts";
import { goodFrames, pcapOf } from "../support.ts";

const lying = [
  ethernet(ipv4(tcp("x", { dataOffset: 15 }))),
  ethernet(ipv4(tcp("x", { dataOffset: 1 }))),
  ethernet(ipv4(tcp("x"), { totalLength: 10 })),
  ethernet({ ...ipv4(tcp("x")), octets: ipv4(tcp("x")).octets.map((octet, at) => (at === 0 ? 0x4f : octet)) }),
  ethernet(ipv6({ ...extension(0, tcp("x")), octets: extension(0, tcp("x")).octets.map((octet, at) => (at === 1 ? 255 : octet)) })),
  ethernet(ipv4(udp("x", { length: 3 }))),
];
const ROUNDS = 200;

export const headerLengths: Family = {
  name: "headers of IP, TCP and UDP that are longer than their packets, or shorter than themselves",
  capture: () => pcapOf(Array.from({ length: ROUNDS }, () => lying).flat()),
  counts: "pcap, 1,214 packets, 1 handshake",
  told: ["1200 packets with headers that contradict themselves"],
  steps: 1,
  memory: 20_000,
  others: 0,
  bound: ({ summary }) => {
    expect(summary.packets).toBe(ROUNDS * lying.length + goodFrames.length);
    expect(summary.notes.find(({ code }) => code === "malformed-headers")?.count).toBeGreaterThanOrEqual(ROUNDS * (lying.length - 1));
  },
};
