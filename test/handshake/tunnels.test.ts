import { describe, expect, it } from "vitest";
import { pcap } from "../support/capture-writer.ts";
import { framesOf, readAll, segmentsOf } from "../support/conversation.ts";
import { ethernet, ipv4, ipv6, type Layer } from "../support/packet-writer.ts";
import { handshake, helloBody, record } from "../support/records.ts";
import { gre, gtpU, vxlan } from "../support/tunnel-writer.ts";

const HELLO = record(22, handshake(1, helloBody()));
const spoken = framesOf(segmentsOf([{ from: "client", octets: HELLO }]));
const [opening] = spoken;

/** The packets in tunnels, with the endpoints of a tunnel that differ from packet to packet, as with several paths. */
function carried(packets: typeof spoken, carry: (frame: Uint8Array) => Layer): typeof spoken {
  return packets.map(({ octets, ...when }, index) => ({ ...when, octets: ethernet(ipv4(carry(octets), { source: [10, 1, 0, index] })) }));
}

describe("a handshake in tunnels", () => {
  it.each<[string, (frame: Uint8Array) => Layer, string[]]>([
    ["VXLAN", (frame) => vxlan(frame), ["vxlan"]],
    ["GRE in GTP-U", (frame) => gtpU(ipv6(gre(frame)).octets), ["gtp-u", "gre"]],
  ])("names them and the innermost endpoints: %s", (_, carry, tunnels) => {
    const [read] = readAll(pcap(carried(spoken, carry)));
    expect(read).toMatchObject({
      tunnels,
      transport: { protocol: "tcp", client: { address: "192.0.2.1", port: 40_000 }, server: { address: "192.0.2.2", port: 443 } },
    });
    expect(read?.messages.map(({ type }) => type)).toEqual(["client_hello"]);
  });

  it("names them also where nobody answered", () => {
    if (opening === undefined) throw new Error("no opening");
    const again = { ...opening, time: (opening.time ?? 0) + 4_000_000 };
    expect(readAll(pcap(carried([opening, again], vxlan))).map(({ failure, tunnels }) => [failure?.kind, tunnels])).toEqual([
      ["refused", ["vxlan"]],
    ]);
  });

  it("is without the key where there is no tunnel", () => {
    expect(readAll(pcap(spoken)).map((read) => "tunnels" in read)).toEqual([false]);
  });

  it("is one connection where it is seen inside and outside of a tunnel", () => {
    const twice = spoken.flatMap((packet) => [packet, ...carried([packet], vxlan)]);
    const handshakes = readAll(pcap(twice));
    expect(handshakes.map(({ messages }) => messages.length)).toEqual([1]);
  });
});
