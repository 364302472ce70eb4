import { describe, expect, it } from "vitest";
import { decodePacket } from "../support/decode-packet.ts";
import { ethernet, ipv4, ipv6, join, type Layer, tcp, u16, vlan } from "../support/packet-writer.ts";

const four = ipv4(tcp("hello"));
const six = ipv6(tcp("hello"));

/** LLC with SNAP before what has an Ethernet type. */
function snap(payload: Layer, organisation = [0, 0, 0]): Uint8Array {
  return join([0xaa, 0xaa, 3, ...organisation, ...u16(payload.etherType ?? 0)], payload.octets);
}

function ieee8023(llc: Uint8Array): Uint8Array {
  return ethernet({ octets: llc, etherType: llc.length });
}

function cooked(protocol: number, octets: Uint8Array): Uint8Array {
  return join(u16(0), u16(1), u16(6), new Uint8Array(8), u16(protocol), octets);
}

function cooked2(protocol: number, octets: Uint8Array): Uint8Array {
  return join(u16(protocol), new Uint8Array(18), octets);
}

function mpls(labels: number, payload: Uint8Array, etherType = 0x8847): Layer {
  const stack = Array.from({ length: labels }, (_, index) => [0, 1, index === labels - 1 ? 0x01 : 0x00, 64]).flat();
  return { octets: join(stack, payload), etherType };
}

function pppoe(protocol: readonly number[], payload: Uint8Array, length = protocol.length + payload.length, code = 0): Layer {
  return { octets: join([0x11, code, 0, 1, ...u16(length), ...protocol], payload), etherType: 0x8864 };
}

function nflog(family: number, order: "little" | "big", payload: Uint8Array): Uint8Array {
  const field = (value: number): number[] => (order === "big" ? u16(value) : u16(value).toReversed());
  const attributes: [number, Uint8Array][] = [
    [1, new Uint8Array(4)],
    [10, new Uint8Array(5)],
    [9, payload],
    [3, new Uint8Array(4)],
  ];
  const written = attributes.map(([type, value]) => join(field(4 + value.length), field(type), value, new Uint8Array(-value.length & 3)));
  return join([family, 0, 0, 1], ...written);
}

function pktap(linkType: number, payload: Uint8Array, type = 1): Uint8Array {
  return join([108, 0, 0, 0, type, 0, 0, 0, linkType, 0, 0, 0], new Uint8Array(96), payload);
}

function ppi(linkType: number, payload: Uint8Array): Uint8Array {
  return join([0, 0, 12, 0, linkType, 0, 0, 0, 1, 2, 3, 4], payload);
}

/** The header of Prism chips, whose length is written in the order of the machine. */
function prism(length: readonly number[], code: readonly number[], payload: Uint8Array): Uint8Array {
  return join(code, length, new Uint8Array(136), payload);
}

function avs(payload: Uint8Array): Uint8Array {
  return join([0x80, 0x21, 0x10, 1, 0, 0, 0, 64], new Uint8Array(56), payload);
}

/** A record of a card with extension headers, and padding behind what was on the wire. */
function erf(type: number, payload: Uint8Array, extensions = 0): Uint8Array {
  const more = Array.from({ length: extensions }, (_, index) => [index < extensions - 1 ? 0x85 : 5, 0, 0, 0, 0, 0, 0, 0]).flat();
  const aligned = [2, 11, 16, 20].includes(type) ? [0, 0] : [];
  const head = [type | (extensions > 0 ? 0x80 : 0), 4, ...u16(0), ...u16(0), ...u16(payload.length)];
  return join(new Uint8Array(8), head, more, aligned, payload, [0, 0, 0, 0]);
}

function pflog(family: number, payload: Uint8Array): Uint8Array {
  return join([61, family, 0, 0], new Uint8Array(60), payload);
}

function juniper(flags: number, payload: Uint8Array, extensions: readonly number[] = []): Uint8Array {
  return join([0x4d, 0x47, 0x43, flags], (flags & 0x80) === 0 ? [] : [...u16(extensions.length), ...extensions], payload);
}

/** Two addresses of a ring, the first bit of the source's telling of a route. */
const STATIONS = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2];
const ROUTED = [...STATIONS.slice(0, 6), 0x82, ...STATIONS.slice(7)];

function tagged(etherType: number, tag: readonly number[], payload: Layer): Uint8Array {
  return ethernet({ octets: join(tag, u16(payload.etherType ?? 0), payload.octets), etherType });
}

/** A data frame from an access point; `control` is the frame control field. */
function wireless(control: readonly [number, number], extra: number, llc: Uint8Array): Uint8Array {
  return join(control, new Uint8Array(22 + extra), llc);
}

describe("a packet on the link", () => {
  const good: [string, number, Uint8Array][] = [
    ["Ethernet", 1, ethernet(four)],
    ["Ethernet with IPv6", 1, ethernet(six)],
    ["Ethernet with padding", 1, ethernet(four, { padding: 9 })],
    ["a VLAN", 1, ethernet(vlan([5], four))],
    ["a VLAN in a VLAN", 1, ethernet(vlan([5, 6], six, [0x88a8, 0x8100]))],
    ["tags of before the standard", 1, ethernet(vlan([5, 6, 7], four, [0x9100, 0x9200, 0x8100]))],
    ["a VN-Tag", 1, ethernet({ octets: join([0, 0, 0, 0, 8, 0], four.octets), etherType: 0x8926 })],
    ["IEEE 802.3 with SNAP", 1, ieee8023(snap(four))],
    ["IEEE 802.3 with SNAP for bridges", 1, ieee8023(snap(four, [0, 0, 0xf8]))],
    ["IEEE 802.3 with IP's own access point", 1, ieee8023(join([6, 6, 3], four.octets))],
    ["a tag in SNAP", 1, ieee8023(snap(vlan([3], six)))],
    ["MPLS", 1, ethernet(mpls(1, four.octets))],
    ["a stack of MPLS labels", 1, ethernet(mpls(4, six.octets, 0x8848))],
    ["PPPoE", 1, ethernet(pppoe([0, 0x21], four.octets))],
    ["PPPoE in a VLAN", 1, ethernet(vlan([5], pppoe([0, 0x57], six.octets)))],
    ["PPPoE with a compressed protocol and padding", 1, join(ethernet(pppoe([0x21], four.octets)), [0, 0, 0])],
    ["Linux cooked", 113, cooked(0x0800, four.octets)],
    ["Linux cooked with a VLAN", 113, cooked(0x8100, vlan([3], six).octets)],
    ["Linux cooked with LLC", 113, cooked(4, snap(four))],
    ["Linux cooked version 2", 276, cooked2(0x86dd, six.octets)],
    ["Linux cooked version 2 with a VLAN", 276, cooked2(0x8100, vlan([3], four).octets)],
    ["raw IP (101)", 101, four.octets],
    ["raw IPv6 (101)", 101, six.octets],
    ["raw IP (12)", 12, four.octets],
    ["raw IP (14)", 14, six.octets],
    ["IPv4", 228, four.octets],
    ["IPv6", 229, six.octets],
    ["NULL, little-endian", 0, join([2, 0, 0, 0], four.octets)],
    ["NULL, big-endian", 0, join([0, 0, 0, 2], four.octets)],
    ...[10, 23, 24, 28, 30].map((family): [string, number, Uint8Array] => [
      `NULL with family ${family}`,
      0,
      join([family, 0, 0, 0], six.octets),
    ]),
    ["LOOP", 108, join([0, 0, 0, 30], six.octets)],
    ["LOOP in the wrong order", 108, join([2, 0, 0, 0], four.octets)],
    ["PPP", 9, join([0, 0x21], four.octets)],
    ["PPP with address and control", 9, join([0xff, 3, 0, 0x57], six.octets)],
    ["PPP with everything compressed", 9, join([0x21], four.octets)],
    ["PPP with MPLS", 9, join([0x02, 0x81], mpls(2, four.octets).octets)],
    ["PPP in HDLC", 50, join([0xff, 3, 0, 0x21], four.octets)],
    ["Cisco HDLC in PPP's place", 50, join([0x0f, 0, 8, 0], four.octets)],
    ["Cisco HDLC", 104, join([0x8f, 0, 0x86, 0xdd], six.octets)],
    ["PPPoE without Ethernet", 51, pppoe([0, 0x21], four.octets).octets],
    ["netfilter's log, little-endian", 239, nflog(2, "little", four.octets)],
    ["netfilter's log with an attribute behind the packet", 239, nflog(2, "little", ipv4(tcp("hello"), { totalLength: 0 }).octets)],
    ["netfilter's log, big-endian", 239, nflog(10, "big", six.octets)],
    ["Darwin's header before Ethernet", 258, pktap(1, ethernet(four))],
    ["Darwin's header before raw IP", 149, pktap(12, six.octets)],
    ["a switch's tag by Broadcom", 281, join(STATIONS, [0x2c, 0, 0, 0x80, 8, 0], four.octets)],
    ["a switch's tag by Broadcom before the frame", 282, join([0, 0, 0x20, 5], ethernet(four))],
    ["a switch's tag by Marvell", 284, join(STATIONS, [0xc0, 0x0a, 0, 0, 0x86, 0xdd], six.octets)],
    ["a switch's tag by Marvell with a type", 285, join(STATIONS, [0xda, 0xda, 0, 0, 0xc0, 0, 0, 0, 8, 0], four.octets)],
    ["Solaris between its zones", 226, join([1, 2, 0, 0], new Uint8Array(20), four.octets)],
    ["a wireless frame", 105, wireless([0x08, 0x02], 0, snap(four))],
    ["a wireless frame between access points", 105, wireless([0x08, 0x03], 6, snap(six))],
    ["a wireless frame with quality of service", 105, wireless([0x88, 0x01], 2, snap(four))],
    ["a wireless frame with quality of service and control", 105, wireless([0x88, 0x81], 6, snap(four))],
    ["radiotap", 127, join([0, 0, 8, 0, 0, 0, 0, 0], wireless([0x08, 0x02], 0, snap(four)))],
    [
      "radiotap that tells of padding, behind two words and a timer",
      127,
      join([0, 0, 25, 0, 0x03, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0], new Uint8Array(8), [0x20], wireless([0x88, 0x02], 4, snap(four))),
    ],
    ["a tag of Cisco's security groups", 1, tagged(0x8909, [1, 1, 0, 1, 0, 9], four)],
    ["a tag of a redundant ring", 1, tagged(0x892f, [0x10, 60, 0, 1], six)],
    ["a tag of redundant paths", 1, tagged(0xf1c1, [0, 0, 0, 1], four)],
    ["MACsec that does not encrypt", 1, tagged(0x88e5, [0, 0, 0, 0, 0, 1], four)],
    ["MACsec with a channel, in front of a VLAN", 1, tagged(0x88e5, [0x20, 0, 0, 0, 0, 1, ...STATIONS.slice(0, 8)], vlan([5], six))],
    ["NULL with an Ethernet type", 0, join([0xdd, 0x86, 0, 0], six.octets)],
    ["NULL with PPP", 0, join([0xff, 3, 0, 0x21], four.octets)],
    ["PPP with its direction", 204, join([1, 0xff, 3, 0, 0x21], four.octets)],
    ["PPP with its direction, without address and control", 204, join([0, 0x57], six.octets)],
    ["PPP with its direction in the address's place", 166, join([0, 3, 0, 0x21], four.octets)],
    ["per-packet information before Ethernet", 192, ppi(1, ethernet(four))],
    ["per-packet information before a wireless frame", 192, ppi(105, wireless([0x08, 0x02], 0, snap(six)))],
    ["the header of Prism chips", 119, prism([0, 0, 0, 144], [0, 0, 0, 0x44], wireless([0x08, 0x02], 0, snap(four)))],
    ["the header of Prism chips, little-endian", 119, prism([144, 0, 0, 0], [0x44, 0, 0, 0], wireless([0x08, 0x01], 0, snap(six)))],
    ["the header of AVS", 163, avs(wireless([0x08, 0x02], 0, snap(four)))],
    ["the header of AVS in the place of Prism's", 119, avs(wireless([0x08, 0x02], 0, snap(four)))],
    ...[2, 11, 16, 20].map((type): [string, number, Uint8Array] => [
      `a card's record of Ethernet (${type})`,
      197,
      erf(type, ethernet(four)),
    ]),
    ...[1, 10, 15, 19].map((type): [string, number, Uint8Array] => [
      `a card's record of a serial line (${type})`,
      197,
      erf(type, join([0xff, 3, 0, 0x57], six.octets)),
    ]),
    ["a card's record of Cisco HDLC", 197, erf(1, join([0x0f, 0, 8, 0], four.octets))],
    ["a card's record of IPv4", 197, erf(22, ipv4(tcp("hello"), { totalLength: 0 }).octets)],
    ["a card's record of IPv6 with extension headers", 197, erf(23, six.octets, 2)],
    ["what OpenBSD decapsulated", 109, join([2, 0, 0, 0], new Uint8Array(8), four.octets)],
    ["what OpenBSD decapsulated, big-endian", 109, join([0, 0, 0, 24], new Uint8Array(8), six.octets)],
    ["a firewall's log", 117, pflog(2, four.octets)],
    ["a firewall's log of IPv6", 117, pflog(28, six.octets)],
    ["Juniper's header before Ethernet", 178, juniper(1, ethernet(four))],
    ["Juniper's header with extensions", 178, juniper(0x81, ethernet(six), [1, 1, 4, 2, 1, 1])],
    ["Juniper's header before IP alone", 178, juniper(3, join([2, 0, 0, 0], four.octets))],
    ["Juniper's header before PPP", 179, juniper(0, join([0xff, 3, 0, 0x21], four.octets))],
    ["Juniper's header before Frame Relay", 180, juniper(0, join([4, 1, 3, 0xcc], four.octets))],
    ["Juniper's header before Cisco HDLC", 181, juniper(0, join([0x0f, 0, 8, 0], four.octets))],
    ["FDDI", 10, join([0x50], STATIONS, snap(four))],
    ["Token Ring", 6, join([0x10, 0x40], STATIONS, snap(six))],
    ["Token Ring with a route", 6, join([0x10, 0x40], ROUTED, [0x06, 0x30, 0, 1, 0, 2], snap(four))],
    ["IP over Fibre Channel", 122, join([0x10, 0], STATIONS.slice(0, 6), [0, 0], STATIONS.slice(6), snap(four))],
    ["ATM (100)", 100, snap(four)],
    ["ATM (11)", 11, snap(six)],
    ["IP over ATM", 106, four.octets],
    ["Solaris' ATM", 123, join([2, 0, 0, 32], snap(four))],
    ["Solaris' ATM with LAN emulation", 123, join([1, 0, 0, 32, 0, 1], ethernet(six))],
    ["Frame Relay", 107, join([4, 1, 3, 0xcc], four.octets)],
    ["Frame Relay with a longer address and padding", 107, join([4, 0, 2, 1, 3, 0, 0x8e], six.octets)],
    ["Frame Relay with SNAP", 107, join([4, 1, 3, 0, 0x80, 0, 0, 0, 8, 0], four.octets)],
    ["Frame Relay of Cisco", 107, join([4, 1, 0x86, 0xdd], six.octets)],
    ["IP over InfiniBand", 242, join(new Uint8Array(40), [8, 0, 0, 0], four.octets)],
  ];

  it.each(good)("is read down to TCP: %s", (_, linkType, octets) => {
    expect(decodePacket(octets, { linkType })).toMatchObject({ verdict: "tcp", payload: "hello", missing: 0, ports: [40_000, 443] });
  });

  it.each(good)("cut at any octet is cut, or read as far as it was captured: %s", (_, linkType, octets) => {
    for (let length = 0; length < octets.length; length++) {
      const { verdict, payload, missing } = decodePacket(octets.subarray(0, length), { linkType, wireLength: octets.length });
      if (verdict === "tcp") expect([payload.length + missing, "hello".startsWith(payload)]).toEqual([5, true]);
      else expect([verdict, payload]).toEqual([verdict === "notIp" ? "notIp" : "snapped", payload]);
    }
  });

  it.each(good)("that ends at any octet is malformed, not cut: %s", (_, linkType, octets) => {
    for (let length = 0; length < octets.length; length++) {
      const { verdict, missing } = decodePacket(octets.subarray(0, length), { linkType });
      expect(["tcp", "malformed", "notIp"]).toContain(verdict);
      expect(missing).toBe(0);
    }
  });

  it.each<[string, number, Uint8Array, string]>([
    ["a link type that is not decoded", 147, ethernet(four), "linkType"],
    ["ARP", 1, ethernet({ octets: new Uint8Array(28), etherType: 0x0806 }), "notIp"],
    ["ARP in a VLAN", 1, ethernet(vlan([1], { octets: new Uint8Array(28), etherType: 0x0806 })), "notIp"],
    ["PPPoE discovery", 1, ethernet({ octets: new Uint8Array(28), etherType: 0x8863 }), "notIp"],
    ["PPPoE with a code", 1, ethernet(pppoe([0, 0x21], four.octets, undefined, 9)), "notIp"],
    ["spanning tree", 1, ieee8023(Uint8Array.of(0x42, 0x42, 3, 0, 0, 0)), "notIp"],
    ["SNAP of another organisation", 1, ieee8023(snap(four, [0, 0, 0x0c])), "notIp"],
    ["IPX in raw IEEE 802.3", 1, ieee8023(Uint8Array.of(0xff, 0xff, 0, 30)), "notIp"],
    ["MACsec", 1, ethernet({ octets: new Uint8Array(28), etherType: 0x88e5 }), "encapsulated"],
    ["something else in MPLS", 1, ethernet(mpls(1, new Uint8Array(40))), "encapsulated"],
    ["MPLS without a bottom", 1, ethernet({ octets: new Uint8Array(16), etherType: 0x8847 }), "malformed"],
    ["AppleTalk in NULL", 0, join([16, 0, 0, 0], four.octets), "notIp"],
    ["no address family in NULL", 0, join([1, 2, 3, 4], four.octets), "notIp"],
    ["PPP's own control", 9, Uint8Array.of(0xc0, 0x21, 1, 1), "notIp"],
    ["compressed PPP", 9, Uint8Array.of(0, 0xfd, 1, 1), "encapsulated"],
    ["raw IP of version 5", 101, Uint8Array.of(0x50, 0, 0, 0), "notIp"],
    ["IPv6 where IPv4 is announced", 228, six.octets, "malformed"],
    ["IPv4 where IPv6 is announced", 229, join(four.octets, new Uint8Array(20)), "malformed"],
    ["netfilter's log with an attribute of no length", 239, Uint8Array.of(2, 0, 0, 1, 0, 0, 1, 0), "malformed"],
    ["netfilter's log without a packet", 239, Uint8Array.of(2, 0, 0, 1, 8, 0, 1, 0, 0, 0, 0, 0), "malformed"],
    ["netfilter's log of another version", 239, Uint8Array.of(2, 1, 0, 1, 8, 0, 9, 0, 0, 0, 0, 0), "notIp"],
    ["Darwin's header before no packet", 258, pktap(1, ethernet(four), 0), "linkType"],
    [
      "Darwin's header before itself, again and again",
      258,
      join(...Array.from({ length: 40 }, () => pktap(0, new Uint8Array(0)))),
      "notIp",
    ],
    ["a user's own link type that is not Darwin's", 149, new Uint8Array(64).fill(7), "linkType"],
    ["a wireless management frame", 105, wireless([0x80, 0], 0, snap(four)), "notIp"],
    ["a wireless data frame without data", 105, wireless([0x48, 0x02], 0, snap(four)), "notIp"],
    ["a wireless acknowledgement", 105, join([0xd4, 0], new Uint8Array(8)), "notIp"],
    ["a wireless frame of which nothing is left", 105, Uint8Array.of(0x08), "malformed"],
    ["an encrypted wireless frame", 105, wireless([0x08, 0x42], 0, snap(four)), "encapsulated"],
    ["wireless frames put together", 105, join([0x88, 0x02], new Uint8Array(22), [0x80, 0], snap(four)), "encapsulated"],
    ["encrypted MACsec", 1, tagged(0x88e5, [0x0c, 0, 0, 0, 0, 1], four), "encapsulated"],
    ["multilink PPP in pieces", 9, join([0, 0x3d, 0x80, 0, 0, 1, 0, 0x21], four.octets), "encapsulated"],
    ["multilink PPP with something else", 9, join([0, 0x3d, 0xc0, 0, 0, 1], new Uint8Array(40)), "encapsulated"],
    ["per-packet information shorter than its header", 192, Uint8Array.of(0, 0, 7, 0, 1, 0, 0, 0), "malformed"],
    ["per-packet information longer than the packet", 192, Uint8Array.of(0, 0, 9, 0, 1, 0, 0, 0), "malformed"],
    ["per-packet information before an unknown link", 192, ppi(147, ethernet(four)), "linkType"],
    ["the header of Prism chips without room for anything", 119, Uint8Array.of(0, 0, 0, 0x44, 0, 0, 0, 8), "malformed"],
    ["the header of AVS without room for anything", 163, Uint8Array.of(0x80, 0x21, 0x10, 1, 0, 0, 0, 7), "malformed"],
    ["a card's record of ATM", 197, erf(3, four.octets), "linkType"],
    ["what OpenBSD decapsulated of another family", 109, join([7, 0, 0, 0], new Uint8Array(8), four.octets), "notIp"],
    ["a firewall's log without a header", 117, Uint8Array.of(3, 2, 0, 0), "malformed"],
    ["Juniper's header without its magic number", 178, new Uint8Array(60), "notIp"],
    ["what a ring tells itself (FDDI)", 10, join([0xc1], STATIONS, snap(four)), "notIp"],
    ["what a ring tells itself (Token Ring)", 6, join([0x10, 0x02], STATIONS, snap(four)), "notIp"],
    ["signalling of Solaris' ATM", 123, join([6, 0, 0, 5], snap(four)), "notIp"],
    ["Frame Relay's own control", 107, join([0, 1, 3, 8, 0, 0x75], new Uint8Array(20)), "notIp"],
    ["Frame Relay with SNAP of another organisation", 107, join([4, 1, 3, 0x80, 0, 0x80, 0xc2, 0, 7], four.octets), "notIp"],
    ["radiotap shorter than its header", 127, Uint8Array.of(0, 0, 7, 0, 0, 0, 0, 0, 0), "malformed"],
  ])("is not read: %s", (_, linkType, octets, verdict) => {
    expect(decodePacket(octets, { linkType }).verdict).toBe(verdict);
  });

  it.each<[string, Uint8Array]>([
    ["long numbers", join([0xff, 3, 0, 0x3d, 0xc0, 0, 0, 1, 0, 0x21], four.octets)],
    ["short numbers", join([0x3d, 0xc0, 1, 0x57], six.octets)],
  ])("in one piece of multilink PPP is read: %s", (_, octets) => {
    expect(decodePacket(octets, { linkType: 9 })).toMatchObject({ verdict: "tcp", payload: "hello", missing: 0 });
    const cut = octets.subarray(0, 30);
    expect(decodePacket(cut, { linkType: 9, wireLength: octets.length }).verdict).toBe("snapped");
    expect(decodePacket(cut, { linkType: 9 }).verdict).toBe("encapsulated");
  });

  it("with more headers than any honest one is malformed", () => {
    expect(
      decodePacket(
        ethernet(
          vlan(
            Array.from({ length: 20 }, () => 1),
            four,
          ),
        ),
      ).verdict,
    ).toBe("tcp");
    expect(
      decodePacket(
        ethernet(
          vlan(
            Array.from({ length: 60 }, () => 1),
            four,
          ),
        ),
      ).verdict,
    ).toBe("malformed");
  });
});
