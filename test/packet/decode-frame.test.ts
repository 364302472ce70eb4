import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noteOf, VERDICT, type Verdict } from "../../src/packet/verdict.ts";
import { decodePacket } from "../support/decode-packet.ts";
import {
  authentication,
  ethernet,
  extension,
  fragmentHeader,
  ipv4,
  ipv6,
  join,
  type Layer,
  tcp,
  u16,
  udp,
  vlan,
} from "../support/packet-writer.ts";

const segment = tcp("hello", { sourcePort: 51_000, targetPort: 8443, sequence: 0xffff_fff0, acknowledgment: 0x8000_0001, flags: 0x19 });

describe("IPv4", () => {
  it("gives addresses, time to live, ports, numbers, flags and payload", () => {
    expect(decodePacket(ethernet(ipv4(segment, { ttl: 57, dontFragment: true })))).toEqual({
      verdict: "tcp",
      version: 4,
      source: [10, 0, 0, 5],
      target: [10, 0, 0, 9],
      ttl: 57,
      protocol: 6,
      ports: [51_000, 8443],
      sequence: 0xffff_fff0,
      acknowledgment: 0x8000_0001,
      flags: 0x19,
      payload: "hello",
      missing: 0,
      tunnels: [],
    });
  });

  it.each<[string, Uint8Array, string, string]>([
    ["options", ethernet(ipv4(segment, { options: [1, 1, 1, 0] })), "tcp", "hello"],
    ["40 octets of options", ethernet(ipv4(segment, { options: Array.from({ length: 40 }, () => 1) })), "tcp", "hello"],
    ["padding of the frame", ethernet(ipv4(segment), { padding: 6 }), "tcp", "hello"],
    ["a total length of zero", ethernet(ipv4(segment, { totalLength: 0 })), "tcp", "hello"],
    ["a total length beyond the frame", ethernet(ipv4(segment, { totalLength: 1500 })), "tcp", "hello"],
    ["an authentication header", ethernet(ipv4(authentication(segment))), "tcp", "hello"],
    ["a total length below the header", ethernet(ipv4(segment, { totalLength: 19 })), "malformed", ""],
    ["a total length that cuts TCP's header", ethernet(ipv4(segment, { totalLength: 39 })), "malformed", ""],
    ["a header of 16 octets", ethernet(change(ipv4(segment), 0, 0x44)), "malformed", ""],
    ["a header beyond the packet", ethernet(change(ipv4(segment), 0, 0x4f), { padding: 0 }), "malformed", ""],
    ["options beyond the packet", ethernet(change(ipv4("ping", { protocol: 1, totalLength: 0 }), 0, 0x4f)), "malformed", ""],
    ["version 5", ethernet(change(ipv4(segment), 0, 0x55)), "malformed", ""],
    ["ICMP", ethernet(ipv4("ping", { protocol: 1 })), "notTransport", ""],
    ["ESP", ethernet(ipv4("....", { protocol: 50 })), "encapsulated", ""],
    ["IPv6's fragment header", ethernet(ipv4(fragmentHeader(segment.octets, 6, 0, false))), "notTransport", ""],
  ])("with %s", (_, octets, verdict, payload) => {
    const decoded = decodePacket(octets);
    expect([decoded.verdict, decoded.verdict === "tcp" ? decoded.payload : ""]).toEqual([verdict, payload]);
  });
});

describe("IPv6", () => {
  it("gives addresses, hop limit, ports, numbers, flags and payload", () => {
    expect(decodePacket(ethernet(ipv6(segment, { ttl: 3 })))).toMatchObject({
      verdict: "tcp",
      version: 6,
      source: [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5],
      target: [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9],
      ttl: 3,
      protocol: 6,
      sequence: 0xffff_fff0,
      payload: "hello",
    });
  });

  it.each<[string, Uint8Array, string, string]>([
    ["hop-by-hop options", ethernet(ipv6(extension(0, segment))), "tcp", "hello"],
    [
      "every extension header that is passed over",
      ethernet(
        ipv6(
          extension(
            0,
            extension(60, extension(43, authentication(extension(135, extension(139, extension(140, segment, 16))), 28), 24)),
            2048,
          ),
        ),
      ),
      "tcp",
      "hello",
    ],
    ["a datagram in one fragment", ethernet(ipv6(fragmentHeader(segment.octets, 6, 0, false))), "tcp", "hello"],
    ["a payload length of zero", ethernet(ipv6(segment, { payloadLength: 0 })), "tcp", "hello"],
    ["a payload length beyond the frame", ethernet(ipv6(segment, { payloadLength: 1400 })), "tcp", "hello"],
    ["padding of the frame", ethernet(ipv6(segment), { padding: 3 }), "tcp", "hello"],
    ["no next header", ethernet(ipv6("", { protocol: 59 })), "notTransport", ""],
    ["ICMPv6", ethernet(ipv6("....", { protocol: 58 })), "notTransport", ""],
    [
      "an extension header beyond the packet",
      ethernet(ipv6({ octets: Uint8Array.of(6, 200, 0, 0, 0, 0, 0, 0), protocol: 60 })),
      "malformed",
      "",
    ],
    ["an authentication header beyond the packet", ethernet(ipv6({ octets: Uint8Array.of(6, 200), protocol: 51 })), "malformed", ""],
    ["an extension header of one octet", ethernet(ipv6({ octets: Uint8Array.of(6), protocol: 0 })), "malformed", ""],
    ["half a fragment header", ethernet(ipv6({ octets: Uint8Array.of(6, 0, 0, 0), protocol: 44 })), "malformed", ""],
    ["version 4", ethernet(change(ipv6(segment), 0, 0x40)), "malformed", ""],
    [
      "forty extension headers",
      ethernet(ipv6(Array.from({ length: 40 }).reduce<Layer>((inner) => extension(60, inner), segment))),
      "malformed",
      "",
    ],
  ])("with %s", (_, octets, verdict, payload) => {
    const decoded = decodePacket(octets);
    expect([decoded.verdict, decoded.verdict === "tcp" ? decoded.payload : ""]).toEqual([verdict, payload]);
  });
});

describe("TCP", () => {
  it.each<[string, Layer, string]>([
    ["no payload", tcp(), ""],
    ["options", tcp("hello", { options: [2, 4, 5, 0xb4, 1, 3, 3, 7] }), "hello"],
    ["40 octets of options", tcp("hello", { options: Array.from({ length: 40 }, () => 1) }), "hello"],
  ])("with %s is read", (_, layer, payload) => {
    expect(decodePacket(ethernet(ipv4(layer)))).toMatchObject({ verdict: "tcp", payload, missing: 0 });
  });

  it.each([
    ["below its fixed header", { dataOffset: 4 }],
    ["of zero", { dataOffset: 0 }],
    ["beyond the packet", { dataOffset: 15 }],
  ])("with a data offset %s is malformed", (_, fields) => {
    expect(decodePacket(ethernet(ipv4(tcp("hello", fields)))).verdict).toBe("malformed");
  });
});

describe("UDP", () => {
  it.each<[string, Layer, string, string]>([
    ["its true length", udp("hello"), "udp", "hello"],
    ["a length of zero", udp("hello", { length: 0 }), "udp", "hello"],
    ["a length that ends before the packet", udp("hello", { length: 10 }), "udp", "he"],
    ["a length beyond the packet", udp("hello", { length: 100 }), "udp", "hello"],
    ["a length below its header", udp("hello", { length: 7 }), "malformed", ""],
  ])("with %s", (_, layer, verdict, payload) => {
    const decoded = decodePacket(ethernet(ipv6(layer)));
    expect([decoded.verdict, decoded.verdict === "udp" ? decoded.payload : ""]).toEqual([verdict, payload]);
    if (verdict === "udp") expect(decoded.ports).toEqual([40_000, 443]);
  });
});

describe("a packet cut by the snapshot length", () => {
  const packets: [string, Uint8Array, number][] = [
    ["IPv4", ethernet(ipv4(tcp("0123456789", { options: [1, 1, 1, 0] }))), 14 + 20 + 20],
    ["IPv4 and padding", ethernet(ipv4(tcp("0123456789", { options: [1, 1, 1, 0] })), { padding: 4 }), 14 + 20 + 20],
    ["IPv6", ethernet(ipv6(tcp("0123456789", { options: [1, 1, 1, 0] }))), 14 + 40 + 20],
    ["a total length of zero", ethernet(ipv4(tcp("0123456789", { options: [1, 1, 1, 0] }), { totalLength: 0 })), 14 + 20 + 20],
    ["UDP", ethernet(ipv4(udp("0123456789"))), 14 + 20 + 8],
  ];

  it.each(packets)("tells how many octets of its payload are missing: %s", (_, whole, headers) => {
    for (let length = 0; length <= whole.length; length++) {
      const { verdict, payload, missing } = decodePacket(whole.subarray(0, length), { wireLength: whole.length });
      if (length < headers) expect(verdict).toBe("snapped");
      else expect([verdict === "tcp" || verdict === "udp", payload + "0123456789".slice(10 - missing)]).toEqual([true, "0123456789"]);
    }
  });
});

/** What must hold of a decoded packet whatever the octets were. */
function expectSound(octets: Uint8Array, linkType: number, cut: number): void {
  const { verdict, payload, missing } = decodePacket(octets, { linkType, wireLength: octets.length + cut });
  expect(Object.keys(VERDICT)).toContain(verdict);
  if (verdict !== "tcp" && verdict !== "udp") return;
  expect(missing).toBeGreaterThanOrEqual(0);
  expect(missing).toBeLessThanOrEqual(cut);
  expect(payload.length).toBeLessThan(octets.length);
}

describe("any octets", () => {
  const linkTypes = fc.constantFrom(0, 1, 9, 12, 14, 50, 51, 101, 104, 105, 108, 113, 127, 149, 228, 229, 239, 258, 276, 999);

  it("give a verdict, and a payload inside of the packet", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 120 }), linkTypes, fc.nat(50), expectSound), { numRuns: 2000 });
  });

  it("put into a good packet give a verdict, and a payload inside of the packet", () => {
    const good = fc.constantFrom(
      ethernet(vlan([1], ipv4(segment, { options: [1, 1, 1, 1] }))),
      ethernet(ipv6(extension(0, authentication(segment)))),
      ethernet(ipv6(fragmentHeader(segment.octets, 6, 0, true))),
      ethernet(ipv4(udp("hello"))),
    );
    const changes = fc.array(fc.tuple(fc.nat(90), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(good, changes, fc.nat(50), (packet, list, cut) => {
        const changed = packet.slice();
        for (const [at, octet] of list) if (at < changed.length) changed[at] = octet;
        expectSound(changed, 1, cut);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("the note of a verdict", () => {
  const verdicts = Object.values(VERDICT);

  it("has a code of its own, and words that go with one packet and with many", () => {
    expect(new Set(verdicts.map((verdict) => noteOf(verdict).code)).size).toBe(verdicts.length);
    for (const verdict of verdicts) {
      expect(noteOf(verdict).code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(noteOf(verdict).words(1)).toMatch(/^1 packet /);
      expect(noteOf(verdict).words(12)).toMatch(/^12 packets /);
    }
  });

  it.each<[Verdict, string]>([
    [VERDICT.notIp, "3 packets other than IP (ARP, LLDP and the like)"],
    [VERDICT.encapsulated, "3 packets inside a tunnel or encryption that is not opened"],
    [VERDICT.snapped, "3 packets cut by the capture's snapshot length before the end of the headers"],
  ])("of %d says why packets are not read", (verdict, words) => {
    expect(noteOf(verdict).words(3)).toBe(words);
  });
});

/** A layer with one octet changed. */
function change(layer: Layer, at: number, octet: number): Layer {
  return { ...layer, octets: join(layer.octets.subarray(0, at), [octet], layer.octets.subarray(at + 1)) };
}

describe("the packet writer", () => {
  it("writes what the RFCs draw", () => {
    expect([...ipv4(tcp("", { sequence: 1 })).octets]).toEqual(
      [
        [0x45, 0, ...u16(40), 0, 0, 0, 0, 64, 6, 0, 0, 10, 0, 0, 5, 10, 0, 0, 9],
        [...u16(40_000), ...u16(443), 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 0x18, 0xff, 0xff, 0, 0, 0, 0],
      ].flat(),
    );
  });
});
