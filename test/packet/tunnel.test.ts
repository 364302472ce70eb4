import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FragmentTable } from "../../src/packet/fragments.ts";
import { MAX_TUNNELS } from "../../src/packet/tunnel.ts";
import { decodePacket } from "../support/decode-packet.ts";
import {
  ethernet,
  fragmentsOfIpv4,
  fragmentsOfIpv6,
  ipv4,
  ipv6,
  join,
  type Layer,
  octetsOf,
  tcp,
  u16,
  udp,
  vlan,
} from "../support/packet-writer.ts";
import {
  capwap,
  erspan,
  etherIp,
  geneve,
  gre,
  gtpU,
  l2tp,
  l2tp3,
  l2tp3OverIp,
  mpls,
  mplsInUdp,
  nsh,
  ppp,
  pptp,
  teredo,
  tzsp,
  vxlan,
  vxlanGpe,
  wireless,
} from "../support/tunnel-writer.ts";

const INNER = { source: [192, 168, 7, 1], target: [192, 168, 7, 2], ttl: 33 };
const four = ipv4(tcp("hello"), INNER);
const six = ipv6(tcp("hello"));
const frame = ethernet(four);
const frame6 = ethernet(vlan([4], six));
const teredoAddress = [0x20, 0x01, 0, 0, ...Array.from({ length: 12 }, () => 7)];
const linkLocal = [0xfe, 0x80, ...Array.from({ length: 14 }, () => 1)];
const sixOfTeredo = ipv6(tcp("hello"), { target: teredoAddress });
const pppoe: Layer = { octets: join([0x11, 0, 0, 1, ...u16(2 + four.octets.length), 0, 0x21], four.octets), etherType: 0x8864 };

const EIGHT = [0x80, 0, 0, 1, 0, 0, 0, 1];

/** An identity of 16 octets and a signature of 20 stand before the packet. */
function ayiya(nextHeader: number, packet: Layer, operation = 1): Layer {
  return udp(join([0x44, 0x52, 0x10 | operation, nextHeader], new Uint8Array(40), packet.octets), { targetPort: 5072 });
}

function gtp0(packet: Layer, type = 0xff): Layer {
  const head = [0x1e, type, ...u16(packet.octets.length), 0, 1, 0, 2, 0xff, 0xff, 0xff, 0xff];
  return udp(join(head, new Uint8Array(8), packet.octets), { targetPort: 3386 });
}

/** What lies in the outer IP packet, and the names of the tunnels that it passes. */
const TUNNELS: readonly [string, Layer, string[]][] = [
  ["GRE", gre(four), ["gre"]],
  ["GRE with IPv6", gre(six), ["gre"]],
  ["GRE with a checksum", gre(four, { checksum: true }), ["gre"]],
  ["GRE with a key", gre(four, { key: 0xffff_ffff }), ["gre"]],
  ["GRE with a sequence number", gre(four, { sequence: 1 }), ["gre"]],
  ["GRE with all of them", gre(six, { checksum: true, key: 1, sequence: 2 }), ["gre"]],
  ["GRE with source routes", gre(four, { routes: [4, 8], key: 1 }), ["gre"]],
  ["GRE with Ethernet", gre(frame), ["gre"]],
  ["GRE with Ethernet and a key", gre(frame6, { key: 3 }), ["gre"]],
  ["GRE with MPLS", gre(mpls(2, four.octets)), ["gre", "mpls"]],
  ["GRE with PPP", gre(ppp([0xff, 3, 0, 0x21], four), { protocol: 0x880b }), ["gre"]],
  ["GRE with a service header", gre(nsh(2, six.octets)), ["gre", "nsh"]],
  ["GRE of WCCP", gre(four, { protocol: 0x883e }), ["gre"]],
  ["GRE of WCCP version 2", gre(join([1, 2, 3, 4], four.octets), { protocol: 0x883e }), ["gre"]],
  ["PPTP", pptp(ppp([0xff, 3, 0, 0x21], four)), ["pptp"]],
  ["PPTP with an acknowledgment", pptp(ppp([0x57], six), 5), ["pptp"]],
  ["ERSPAN I", erspan(1, frame), ["erspan"]],
  ["ERSPAN II", erspan(2, frame6), ["erspan"]],
  ["ERSPAN III", erspan(3, frame), ["erspan"]],
  ["ERSPAN III with a subheader", erspan(3, frame6, { subheader: true }), ["erspan"]],
  ["ERSPAN III with IP", erspan(3, six.octets, { frameType: 2 }), ["erspan"]],
  ["VXLAN", vxlan(frame), ["vxlan"]],
  ["VXLAN with a tag", vxlan(frame6), ["vxlan"]],
  ["VXLAN on Linux's old port", vxlan(frame, undefined, 8472), ["vxlan"]],
  ["VXLAN with a group policy", vxlan(frame, [0x88, 0x48, 0x12, 0x34]), ["vxlan"]],
  ["VXLAN with reserved flags", vxlan(frame, [0xfb, 0, 0, 0]), ["vxlan"]],
  ["VXLAN with reserved octets", udp(join([8, 1, 2, 3, 0, 0, 42, 4], frame), { targetPort: 4789 }), ["vxlan"]],
  ["VXLAN with padding", vxlan(ethernet(four, { padding: 9 })), ["vxlan"]],
  ["VXLAN with MPLS", vxlan(ethernet(mpls(1, six.octets))), ["vxlan", "mpls"]],
  ["VXLAN with PPPoE", vxlan(ethernet(pppoe)), ["vxlan", "pppoe"]],
  ["VXLAN-GPE with IPv4", vxlanGpe(1, four.octets), ["vxlan-gpe"]],
  ["VXLAN-GPE with IPv6", vxlanGpe(2, six.octets, 4789), ["vxlan-gpe"]],
  ["VXLAN-GPE with Ethernet", vxlanGpe(3, frame), ["vxlan-gpe"]],
  ["VXLAN-GPE with a service header", vxlanGpe(4, nsh(3, frame).octets), ["vxlan-gpe", "nsh"]],
  ["VXLAN-GPE with MPLS", vxlanGpe(5, mpls(3, four.octets).octets), ["vxlan-gpe", "mpls"]],
  ["Geneve", geneve(0x6558, frame), ["geneve"]],
  ["Geneve with options", geneve(0x6558, frame6, [4, 0, 124]), ["geneve"]],
  ["Geneve with reserved bits", udp(join([0, 0x3f, 0x65, 0x58, 0, 0, 1, 9], frame), { targetPort: 6081 }), ["geneve"]],
  ["Geneve with IPv4", geneve(0x0800, four.octets), ["geneve"]],
  ["Geneve with IPv6", geneve(0x86dd, six.octets, [8]), ["geneve"]],
  ["Geneve with a service header", geneve(0x894f, nsh(1, four.octets, 2).octets), ["geneve", "nsh"]],
  ["GTP-U", gtpU(four.octets), ["gtp-u"]],
  ["GTP-U with a sequence number", gtpU(six.octets, { sequence: true }), ["gtp-u"]],
  ["GTP-U with extension headers", gtpU(four.octets, { extensions: [1, 3, 2] }), ["gtp-u"]],
  ["GTP-U with Ethernet", gtpU(frame, { extensions: [1], sequence: true }), ["gtp-u"]],
  ["Teredo", teredo(sixOfTeredo.octets), ["teredo"]],
  ["Teredo from a link-local address", teredo(ipv6(tcp("hello"), { source: linkLocal }).octets), ["teredo"]],
  ["Teredo with an authentication", teredo(sixOfTeredo.octets, { authentication: 0 }), ["teredo"]],
  ["Teredo with everything", teredo(sixOfTeredo.octets, { authentication: 5, origin: true }), ["teredo"]],
  ["Teredo with an origin", teredo(sixOfTeredo.octets, { origin: true }), ["teredo"]],
  ["L2TP", l2tp(ppp([0xff, 3, 0, 0x21], four)), ["l2tp"]],
  ["L2TP without a length", l2tp(ppp([0, 0x57], six), 0), ["l2tp"]],
  ["L2TP with everything", l2tp(ppp([0x21], four), 0x4b00), ["l2tp"]],
  ["L2TP with reserved bits", l2tp(ppp([0, 0x21], four), 0x74f0), ["l2tp"]],
  ["L2TP version 3", l2tp3(frame), ["l2tp"]],
  ["L2TP version 3 with reserved bits", udp(join([0x7f, 0xf3, 9, 9, 0, 0, 0, 1], frame), { targetPort: 1701 }), ["l2tp"]],
  ["L2TP version 3 with a cookie and a header", l2tp3(frame6, [1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 1]), ["l2tp"]],
  ["L2TP version 3 over IP", l2tp3OverIp(frame, [9, 9, 9, 9]), ["l2tp"]],
  ["L2TP version 3 over IP with PPP", l2tp3OverIp(ppp([0xff, 3, 0, 0x21], four)), ["l2tp"]],
  ["Ethernet in IP", etherIp(frame), ["etherip"]],
  ["MPLS in IP", mpls(2, six.octets), ["mpls"]],
  ["MPLS in UDP", mplsInUdp(1, four.octets), ["mpls"]],
  ["MPLS in UDP with Ethernet", mplsInUdp(3, frame), ["mpls"]],
  ["MPLS in UDP with Ethernet and a control word", mplsInUdp(2, join([0, 0, 0, 7], frame6)), ["mpls"]],
  ["CAPWAP", capwap(wireless(four)), ["capwap"]],
  ["CAPWAP with the control field in the wrong order", capwap(wireless(six, [0x02, 0x08]), { information: 8, flags: 0x20 }), ["capwap"]],
  ["CAPWAP with quality of service", capwap(wireless(four, [0x88, 0x01], 2)), ["capwap"]],
  ["CAPWAP with quality of service in the wrong order", capwap(wireless(four, [0x01, 0x88], 2)), ["capwap"]],
  ["CAPWAP with Ethernet", capwap(frame6, { native: false }), ["capwap"]],
  ["GRE of Aruba", gre(wireless(four), { protocol: 0x8200 }), ["gre"]],
  ["GRE in UDP", udp(gre(four, { key: 9, checksum: true, sequence: 1 }).octets, { targetPort: 4754 }), ["gre"]],
  ["GRE in UDP with Ethernet", udp(gre(frame6).octets, { targetPort: 4754 }), ["gre"]],
  ["LISP", udp(join(EIGHT, four.octets), { targetPort: 4341 }), ["lisp"]],
  ["LISP with IPv6", udp(join(EIGHT, six.octets), { targetPort: 4341 }), ["lisp"]],
  ["Juniper's mirror", udp(join(EIGHT, six.octets), { targetPort: 30_030 }), ["jmirror"]],
  ["AYIYA", ayiya(41, six), ["ayiya"]],
  ["AYIYA with IPv4", ayiya(4, four), ["ayiya"]],
  ["GTP version 0", gtp0(four), ["gtp-u"]],
  ["a sniffer's stream", tzsp(frame), ["tzsp"]],
  ["a sniffer's stream of wireless frames", tzsp(wireless(four), 18), ["tzsp"]],
];

const IN_IP: readonly [string, Layer, string][] = [
  ["IPv4 in IPv4", ipv4(four), "ipip"],
  ["IPv4 in IPv6", ipv6(four), "4in6"],
  ["IPv6 in IPv4", ipv4(six), "6in4"],
  ["IPv6 in IPv6", ipv6(six), "6in6"],
];

const ON_LINK: readonly [string, Layer, string[]][] = [
  ...IN_IP.map(([name, packet, tunnel]): [string, Layer, string[]] => [name, packet, [tunnel]]),
  ["MPLS", mpls(1, four.octets), ["mpls"]],
  ["Ethernet in MPLS", mpls(2, join([0, 0, 0, 0], frame)), ["mpls"]],
  ["PPPoE", pppoe, ["pppoe"]],
  ["a service header", nsh(3, frame), ["nsh"]],
  ["backbone bridges", { octets: join([0, 0, 0, 5], frame6), etherType: 0x88e7 }, ["pbb"]],
  ["TRILL", { octets: join([0, 1, 0, 2, 0, 3], frame), etherType: 0x22f3 }, ["trill"]],
  ["TRILL with options", { octets: join([0, 0x41, 0, 2, 0, 3, 0, 0, 0, 0], frame6), etherType: 0x22f3 }, ["trill"]],
  ["Ethernet in Ethernet", { octets: frame, etherType: 0x6558 }, []],
];

const ALL: readonly [string, Uint8Array, string[]][] = [
  ...TUNNELS.flatMap(([name, layer, names]): [string, Uint8Array, string[]][] => [
    [`${name} in IPv4`, ethernet(ipv4(layer)), names],
    [`${name} in IPv6`, ethernet(vlan([7], ipv6(layer))), names],
  ]),
  ...ON_LINK.map(([name, layer, names]): [string, Uint8Array, string[]] => [name, ethernet(layer), names]),
];

describe("a tunnel", () => {
  it.each(ALL)("is named, and read to the innermost endpoints: %s", (_, octets, names) => {
    const decoded = decodePacket(octets);
    expect(decoded).toMatchObject({ verdict: "tcp", payload: "hello", missing: 0, ports: [40_000, 443], tunnels: names });
    if (decoded.version === 4) expect(decoded).toMatchObject(INNER);
    else expect(decoded.source.slice(0, 1)).not.toEqual([10]);
  });

  it.each(ALL)("cut at any octet by the snapshot length is cut, or read as far as it was captured: %s", (_, octets) => {
    for (let length = 0; length < octets.length; length++) {
      const { verdict, payload, missing } = decodePacket(octets.subarray(0, length), { wireLength: octets.length });
      if (verdict === "tcp") expect(["hello".startsWith(payload), payload.length + missing]).toEqual([true, 5]);
      else expect(verdict).toBe("snapped");
    }
  });

  it.each(ALL)("that ends at any octet gives a verdict, and nothing but its own payload: %s", (_, octets) => {
    for (let length = 0; length < octets.length; length++) {
      const { verdict, payload, missing } = decodePacket(octets.subarray(0, length));
      expect(["tcp", "udp", "malformed", "encapsulated", "notIp"]).toContain(verdict);
      if (verdict === "tcp") expect("hello".startsWith(payload)).toBe(true);
      expect(missing).toBe(0);
    }
  });

  it.each(ALL)("with lies anywhere gives a verdict, and a payload inside of the packet: %s", (_, octets) => {
    const lies = fc.array(fc.tuple(fc.nat(octets.length - 1), fc.nat(255)), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(lies, fc.nat(20), (changes, cut) => {
        const changed = octets.slice();
        for (const [at, octet] of changes) changed[at] = octet;
        const { payload, missing, verdict } = decodePacket(changed, { wireLength: octets.length + cut });
        if (verdict !== "tcp" && verdict !== "udp") return;
        expect(payload.length).toBeLessThan(octets.length);
        expect(missing).toBeLessThanOrEqual(cut);
      }),
      { numRuns: 60 },
    );
  });
});

describe("tunnels in tunnels", () => {
  it("are named from the outermost to the innermost", () => {
    const packet = ethernet(ipv4(vxlan(ethernet(ipv6(gre(ethernet(ipv4(gtpU(ipv4(six).octets)))))))));
    expect(decodePacket(packet)).toMatchObject({
      verdict: "tcp",
      payload: "hello",
      version: 6,
      tunnels: ["vxlan", "gre", "gtp-u", "6in4"],
    });
  });

  it(`are opened to a depth of ${MAX_TUNNELS}, and stay shut beyond`, () => {
    const nested = (depth: number): Layer => (depth === 0 ? four : ipv4(nested(depth - 1)));
    expect(decodePacket(ethernet(nested(MAX_TUNNELS)))).toMatchObject({
      verdict: "tcp",
      ...INNER,
      tunnels: Array.from({ length: MAX_TUNNELS }, () => "ipip"),
    });
    expect(decodePacket(ethernet(nested(MAX_TUNNELS + 1))).verdict).toBe("encapsulated");
    expect(decodePacket(ethernet(nested(40))).verdict).toBe("encapsulated");
  });

  it("leave no trace in the next packet", () => {
    expect(decodePacket(ethernet(ipv4(gre(four)))).tunnels).toEqual(["gre"]);
    expect(decodePacket(ethernet(four)).tunnels).toEqual([]);
  });
});

describe("fragments and tunnels", () => {
  const long = "0123456789abcdef".repeat(40);
  const big = ethernet(ipv4(tcp(long), INNER));

  const cases: [string, Uint8Array[], string[]][] = [
    ["a tunnel in fragments of IPv4", fragmentsOfIpv4(vxlan(big), 256).map((piece) => ethernet(piece)), ["vxlan"]],
    ["a tunnel in fragments of IPv6", fragmentsOfIpv6(gre(big, { key: 1 }), 256).map((piece) => ethernet(piece)), ["gre"]],
    ["fragments in a tunnel", fragmentsOfIpv4(tcp(long), 256, INNER).map((piece) => ethernet(ipv6(gre(piece)))), ["gre"]],
    [
      "fragments in a tunnel in fragments",
      fragmentsOfIpv4(tcp(long), 512, INNER).flatMap((piece, index) =>
        fragmentsOfIpv4(geneve(0x6558, ethernet(piece)), 128, { id: 10 + index }).map((outer) => ethernet(outer)),
      ),
      ["geneve"],
    ],
    [
      "fragments of CAPWAP",
      [0, 1, 2].map((index) => {
        const whole = wireless(ipv4(tcp(long), INNER));
        const piece = whole.subarray(index * 256, (index + 1) * 256 + (index === 2 ? 512 : 0));
        return ethernet(ipv4(capwap(piece, { flags: index === 2 ? 0xc0 : 0x80, id: 9, offset: index * 256 }), { id: index }));
      }),
      ["capwap"],
    ],
  ];

  it.each(cases)("%s come in any order", (_, packets, names) => {
    for (const order of [packets, packets.toReversed()]) {
      const fragments = new FragmentTable();
      const decoded = order.map((octets) => decodePacket(octets, { fragments }));
      expect(decoded.slice(0, -1).map(({ verdict }) => verdict)).toEqual(decoded.slice(1).map(() => "fragment"));
      expect(decoded.at(-1)).toMatchObject({ verdict: "tcp", payload: long, ...INNER, tunnels: names });
    }
  });
});

describe("UDP on a tunnel's port that is no tunnel", () => {
  const ports = [1701, 2152, 3386, 3544, 4341, 4754, 4789, 4790, 8472, 5072, 5247, 6081, 6635, 30_030, 37_008];
  const payloads: [string, Uint8Array][] = [
    ["nothing", new Uint8Array(0)],
    ["one octet", Uint8Array.of(8)],
    ["text", octetsOf("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")],
    ["a DTLS record", join([22, 0xfe, 0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 50, 1], new Uint8Array(49))],
    ["QUIC", join([0xc3, 0, 0, 0, 1, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0], new Uint8Array(60).fill(0x45))],
    ["a DNS query", join([0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 3, 0x77, 0x77, 0x77, 0], new Uint8Array(20))],
    ["zeroes", new Uint8Array(80)],
    ["ones", new Uint8Array(80).fill(0xff)],
  ];
  const cases = ports.flatMap((port) => payloads.map(([name, octets]): [string, number, Uint8Array] => [name, port, octets]));

  it.each(cases)("stays UDP with all of its payload: %s on %d", (_, port, octets) => {
    for (const fields of [{ targetPort: port }, { targetPort: 40_000, sourcePort: port }]) {
      const payload = String.fromCharCode(...octets);
      expect(decodePacket(ethernet(ipv4(udp(octets, fields))))).toMatchObject({ verdict: "udp", payload, tunnels: [], protocol: 17 });
    }
  });

  it.each<[string, Layer]>([
    ["VXLAN without a network", vxlan(frame, [0, 0, 0, 0])],
    ["VXLAN with ARP", vxlan(ethernet({ octets: new Uint8Array(28), etherType: 0x0806 }))],
    ["VXLAN whose IP is longer than it", vxlan(ethernet(ipv4(tcp("hello"), { totalLength: 46 })))],
    ["VXLAN whose IPv6 is longer than it", vxlan(ethernet(ipv6(tcp("hello"), { payloadLength: 26 })))],
    ["VXLAN with PPPoE of another version", vxlan(ethernet({ octets: join([0x12], pppoe.octets.subarray(1)), etherType: 0x8864 }))],
    ["VXLAN-GPE with a version", vxlan(four.octets, [0x1c, 0, 0, 1])],
    ["VXLAN-GPE with another IP than announced", vxlanGpe(3, six.octets)],
    ["VXLAN-GPE with an unknown protocol", vxlanGpe(9, six.octets)],
    ["Geneve of another version", udp(join([0x40, 0, 0x65, 0x58, 0, 0, 1, 0], frame), { targetPort: 6081 })],
    [
      "Geneve whose options do not fill their length",
      udp(join([1, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0], four.octets), { targetPort: 6081 }),
    ],
    ["Geneve with another IP than announced", geneve(0x0800, six.octets)],
    ["Geneve with an unknown type", geneve(0x0806, six.octets)],
    ["an echo of GTP-U", gtpU([], { type: 1, sequence: true })],
    ["GTP-U longer than the packet", udp(join([0x30, 0xff, 0, 46, 0, 0, 0, 1], four.octets), { targetPort: 2152 })],
    ["GTP-U of another version", udp(join([0x50, 0xff, 0, 45, 0, 0, 0, 1], four.octets), { targetPort: 2152 })],
    [
      "GTP-U with an extension header of no length",
      udp(join([0x34, 0xff, 0, 53, 0, 0, 0, 1, 0, 0, 0, 0x85, 0, 0, 0, 0], four.octets), { targetPort: 2152 }),
    ],
    ["GTP-U without IP", gtpU(new Uint8Array(60))],
    ["Teredo of foreign addresses", teredo(six.octets)],
    ["Teredo with IPv4", teredo(four.octets)],
    ["a control message of L2TP", udp(join([0xc8, 2, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0], new Uint8Array(8)), { targetPort: 1701 })],
    ["L2TP longer than the packet", udp(join([0x40, 2, 0, 200, 0, 1, 0, 1], ppp([0, 0x21], four)), { targetPort: 1701 })],
    ["L2TP with PPP's own control", l2tp([0xff, 3, 0xc0, 0x21, 1, 1, 0, 4])],
    ["L2TP version 3 for no session", udp(join([0, 3, 0, 0, 0, 0, 0, 0], frame), { targetPort: 1701 })],
    ["MPLS whose labels are dead", mplsInUdp(2, four.octets, 0)],
    ["MPLS without IP", mplsInUdp(1, new Uint8Array(60))],
    ["a keepalive of CAPWAP", capwap(wireless(four), { flags: 8 })],
    ["CAPWAP inside DTLS", udp(join([1, 0, 0, 0, 22, 0xfe, 0xfd], new Uint8Array(40)), { targetPort: 5247 })],
    ["CAPWAP with a wireless frame without data", capwap(wireless(four, [0x48, 0x01]))],
    ["CAPWAP with an offset but no fragment", capwap(wireless(four), { offset: 8 })],
    ["CAPWAP with an encrypted frame", capwap(join([8, 0x41], new Uint8Array(90).fill(0x99)))],
    ["AYIYA that forwards nothing", ayiya(41, six, 0)],
    ["AYIYA with another IP than announced", ayiya(4, six)],
    ["an echo of GTP version 0", gtp0(four, 1)],
    ["GRE in UDP with another IP than announced", udp(gre(four, { protocol: 0x86dd }).octets, { targetPort: 4754 })],
    ["GRE in UDP with routes", udp(gre(four, { routes: [4] }).octets, { targetPort: 4754 })],
    ["LISP without IP", udp(join(EIGHT, new Uint8Array(40)), { targetPort: 4341 })],
    ["a sniffer's keepalive", udp(Uint8Array.of(1, 4, 0, 1, 1), { targetPort: 37_008 })],
    ["a sniffer's stream of another kind", tzsp(frame, 119)],
  ])("stays UDP: %s", (_, layer) => {
    expect(decodePacket(ethernet(ipv4(layer)))).toMatchObject({ verdict: "udp", tunnels: [], version: 4, source: [10, 0, 0, 5] });
  });
});

describe("a tunnel that stays shut", () => {
  it.each<[string, Layer, string]>([
    ["GRE of another version", gre(four, { version: 3 }), "encapsulated"],
    ["GRE with a keepalive", gre(new Uint8Array(0), { protocol: 0 }), "notIp"],
    ["GRE with ARP", gre(new Uint8Array(28), { protocol: 0x0806 }), "notIp"],
    ["GRE whose routes have no end", gre(new Uint8Array(0), { routes: [200], protocol: 0x0800 }), "malformed"],
    ["PPTP with nothing but an acknowledgment", { octets: join([0x20, 0x81, 0x88, 0x0b, 0, 0, 0, 1, 0, 0, 0, 9]), protocol: 47 }, "notIp"],
    ["PPTP with another protocol", gre(four, { version: 1, key: 1 }), "malformed"],
    ["encrypted PPTP", pptp([0xfd, 1, 2, 3, 4]), "encapsulated"],
    ["ERSPAN of another version", gre(join([0x50, 0, 0, 0, 0, 0, 0, 0], frame), { protocol: 0x88be, sequence: 1 }), "encapsulated"],
    ["ERSPAN III with another frame", erspan(3, frame, { frameType: 1 }), "encapsulated"],
    ["Ethernet in IP of another version", etherIp(frame, 2), "malformed"],
    ["L2TP version 3 over IP with something else", l2tp3OverIp(new Uint8Array(80)), "encapsulated"],
    ["L2TP version 3 over IP for control", l2tp3OverIp(frame, [], 0), "encapsulated"],
    ["MPLS in IP with something else", mpls(1, new Uint8Array(40)), "encapsulated"],
    ["a service header shorter than itself", gre(nsh(1, four.octets, 0)), "malformed"],
    ["a service header of another version", gre({ octets: join([0x40, 6], new Uint8Array(60)), etherType: 0x894f }), "malformed"],
    ["a service header with something else", gre(nsh(9, four.octets)), "notIp"],
    ["IPv6 where IPv4 is announced", gre(six, { protocol: 0x0800 }), "malformed"],
    ["ICMP that quotes TCP", gre(ipv4(join([3, 4, 0, 0, 0, 0, 5, 0], four.octets), { protocol: 1 })), "notTransport"],
  ])("%s", (_, layer, verdict) => {
    expect(decodePacket(ethernet(ipv4(layer))).verdict).toBe(verdict);
  });
});
