import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../src/fault/limits.ts";
import { FragmentTable } from "../../src/packet/fragments.ts";
import { type DecodedPacket, type DecodeOptions, decodePacket } from "../support/decode-packet.ts";
import {
  ethernet,
  extension,
  fragmentHeader,
  fragmentsOfIpv4,
  fragmentsOfIpv6,
  ipv4,
  ipv6,
  type Layer,
  tcp,
} from "../support/packet-writer.ts";

const text = "The quick brown fox jumps over the lazy dog, and again, and again.";
const segment = tcp(text, { sequence: 77 });

/** Decodes packets one after the other with one table. */
function decodeAll(packets: readonly Layer[], options: readonly DecodeOptions[] = []): DecodedPacket[] {
  const fragments = new FragmentTable();
  return packets.map((packet, index) => decodePacket(ethernet(packet), { fragments, ...options[index] }));
}

describe.each<[string, (payload: Layer, size: number, id?: number) => Layer[], number]>([
  ["IPv4", (payload, size, id = 1): Layer[] => fragmentsOfIpv4(payload, size, { id, ttl: 9 }), 4],
  ["IPv6", (payload, size, id = 1): Layer[] => fragmentsOfIpv6(payload, size, { ttl: 9 }, id), 6],
])("fragments of %s", (_, split, version) => {
  const whole = { verdict: "tcp", version, payload: text, sequence: 77, ports: [40_000, 443], missing: 0, ttl: 9, protocol: 6 };

  it("are put together by the one that completes the datagram", () => {
    const decoded = decodeAll(split(segment, 16));
    expect(decoded.slice(0, -1).map(({ verdict }) => verdict)).toEqual(Array.from({ length: 5 }, () => "fragment"));
    expect(decoded.at(-1)).toMatchObject(whole);
    expect(decoded.at(-1)?.source.at(-1)).toBe(5);
    expect(decoded.at(-1)?.target.at(-1)).toBe(9);
  });

  it("are put together in any order, some of them twice", () => {
    const order = fc
      .shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], { minLength: 11 })
      .chain((list) => fc.tuple(fc.constant(list), fc.array(fc.nat(10), { maxLength: 5 })));
    fc.assert(
      fc.property(order, ([list, twice]) => {
        const pieces = split(segment, 8);
        const decoded = decodeAll([...twice.filter((index) => index !== list.at(-1)), ...list].map((index) => pieces[index] as Layer));
        expect(decoded.filter(({ verdict }) => verdict === "tcp")).toHaveLength(1);
        expect(decoded.find(({ verdict }) => verdict === "tcp")).toMatchObject(whole);
      }),
    );
  });

  it("of two datagrams do not mix", () => {
    const other = tcp(text.toUpperCase());
    const [first, second] = [split(segment, 24), split(other, 24, 2)];
    const mixed = first.flatMap((piece, index) => [piece, second[index] as Layer]);
    expect(
      decodeAll(mixed)
        .slice(-2)
        .map(({ payload }) => payload),
    ).toEqual([text, text.toUpperCase()]);
  });

  it("in fragments of a tunnel are put together, one after the other", () => {
    const packets = [text, text.toUpperCase(), text].flatMap((words, datagram) =>
      split(tcp(words), 24, 1 + datagram).flatMap((inner, index) => split(inner, 32, 100 + 10 * datagram + index)),
    );
    const decoded = decodeAll(
      packets,
      Array.from(packets.keys(), (index) => ({ number: 1 + index })),
    );
    expect(decoded.filter(({ verdict }) => verdict === "tcp").map(({ payload }) => payload)).toEqual([text, text.toUpperCase(), text]);
  });

  it("that are far apart in time are of different datagrams with the same id", () => {
    const [first, ...rest] = split(segment, 48) as [Layer, ...Layer[]];
    const late = { time: (LIMITS.fragmentSeconds + 1) * 1_000_000 };
    expect(decodeAll([first, ...rest], [{ time: 0 }, late]).at(-1)?.verdict).toBe("fragment");
    expect(decodeAll([first, ...rest, first], [{ time: 0 }, late, late]).at(-1)).toMatchObject(whole);
  });

  it("that the snapshot length cut complete nothing", () => {
    const fragments = new FragmentTable();
    const [first, last] = split(segment, 48).map((piece) => ethernet(piece)) as [Uint8Array, Uint8Array];
    decodePacket(first, { fragments });
    expect(decodePacket(last.subarray(0, -3), { fragments, wireLength: last.length }).verdict).toBe("fragment");
    expect(decodePacket(last, { fragments })).toMatchObject(whole);
  });

  it("without a payload complete nothing", () => {
    const [first, last] = split(segment, 48) as [Layer, Layer];
    const empty = split({ ...segment, octets: new Uint8Array(0) }, 48)[0] as Layer;
    expect(decodeAll([first, empty, last]).at(-1)).toMatchObject(whole);
  });
});

function overlapping(octets: string, offset: number, more: boolean): Layer {
  return ipv4(octets, { id: 5, protocol: 17, fragmentOffset: offset, moreFragments: more });
}

describe("fragments that overlap", () => {
  const header = "\x00\x01\x00\x02\x00\x20\x00\x00";

  it.each<[string, Layer[], string]>([
    [
      "at the end of the first",
      [overlapping(`${header}AAAAAAAA`, 0, true), overlapping("bbbbbbbbBBBBBBBB", 8, true), overlapping("cccccccc", 24, false)],
      "AAAAAAAABBBBBBBBcccccccc",
    ],
    [
      "with both neighbours",
      [overlapping(`${header}AAAAAAAA`, 0, true), overlapping("cccccccc", 24, false), overlapping("xxxxxxxxBBBBBBBBxxxxxxxx", 8, true)],
      "AAAAAAAABBBBBBBBcccccccc",
    ],
    [
      "with all of an earlier one",
      [overlapping("BBBBBBBB", 16, true), overlapping(`${header}aaaaaaaabbbbbbbb`, 0, true), overlapping("cccccccc", 24, false)],
      "aaaaaaaaBBBBBBBBcccccccc",
    ],
  ])("keep what came first: %s", (_, pieces, payload) => {
    expect(decodeAll(pieces).at(-1)).toMatchObject({ verdict: "udp", payload });
  });

  it("give the first of two ends", () => {
    const anyLength = "\x00\x01\x00\x02\x00\x00\x00\x00";
    const ends = [overlapping("cccccccc", 24, false), overlapping("dddddddd", 32, false)];
    const decoded = decodeAll([...ends, overlapping(`${anyLength}AAAAAAAABBBBBBBB`, 0, true)]);
    expect(decoded.at(-1)).toMatchObject({ verdict: "udp", payload: "AAAAAAAABBBBBBBBcccccccc" });
  });
});

describe("a fragment", () => {
  it("that would reach beyond the longest datagram is never joined", () => {
    const far = ipv4("xxxxxxxxxxxxxxxx", { id: 1, protocol: 17, fragmentOffset: 65_528, moreFragments: false });
    expect(decodeAll([far])[0]?.verdict).toBe("fragment");
  });

  it("of IPv6 may come behind other extension headers, and has some behind it", () => {
    const inner = extension(60, segment);
    const pieces = fragmentsOfIpv6(inner, 40).map((packet) => packet.octets.subarray(40));
    const packets = pieces.map((octets) => ipv6(extension(0, { octets, protocol: 44 })));
    expect(decodeAll(packets).at(-1)).toMatchObject({ verdict: "tcp", payload: text });
  });

  it("of IPv6 is of the protocol that the first fragment says", () => {
    const [first, last] = [
      fragmentHeader(segment.octets.subarray(0, 48), 6, 0, true),
      fragmentHeader(segment.octets.subarray(48), 99, 48, false),
    ];
    expect(decodeAll([ipv6(first), ipv6(last)]).at(-1)).toMatchObject({ verdict: "tcp", payload: text });
    expect(decodeAll([ipv6(last), ipv6(first)]).at(-1)).toMatchObject({ verdict: "tcp", payload: text });
  });
});

describe("the table of fragments", () => {
  it("gives up the oldest datagram when it is full", () => {
    const fragments = new FragmentTable();
    const begin = (id: number): void => void decodePacket(ethernet(fragmentsOfIpv4(segment, 48, { id })[0] as Layer), { fragments });
    const complete = (id: number): string =>
      decodePacket(ethernet(fragmentsOfIpv4(segment, 48, { id })[1] as Layer), { fragments }).verdict;
    for (let id = 0; id <= LIMITS.fragmentedDatagrams; id++) begin(id);
    expect(complete(1)).toBe("tcp");
    expect(complete(0)).toBe("fragment");
    expect(complete(LIMITS.fragmentedDatagrams)).toBe("tcp");
  });

  it("gives up the oldest datagrams when they hold too many octets", () => {
    const fragments = new FragmentTable();
    const big = tcp("x".repeat(60_000));
    const count = Math.ceil(LIMITS.fragmentOctets / 60_000) + 1;
    const split = Array.from({ length: count }, (_, id) => fragmentsOfIpv4(big, 59_992, { id }));
    for (const [first] of split) decodePacket(ethernet(first as Layer), { fragments });
    const complete = (id: number): string => decodePacket(ethernet(split[id]?.[1] as Layer), { fragments }).verdict;
    expect(complete(count - 1)).toBe("tcp");
    expect(complete(0)).toBe("fragment");
  });

  it("has room again when a datagram is complete", () => {
    const fragments = new FragmentTable();
    const waiting = fragmentsOfIpv4(segment, 48, { id: 60_000 }).map((piece) => ethernet(piece)) as [Uint8Array, Uint8Array];
    decodePacket(waiting[0], { fragments });
    const pieces = fragmentsOfIpv4(tcp("x".repeat(60_000)), 59_992).map((piece) => ethernet(piece));
    for (let count = 0; count <= LIMITS.fragmentOctets / 60_000; count++) for (const octets of pieces) decodePacket(octets, { fragments });
    expect(decodePacket(waiting[1], { fragments }).verdict).toBe("tcp");
  });
});
