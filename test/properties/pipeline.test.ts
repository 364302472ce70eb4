import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CaptureError } from "../../src/fault/errors.ts";
import type { Handshake } from "../../src/index.ts";
import { pcap, simplePcapng, snoop } from "../support/capture-writer.ts";
import { essenceOf, framesOf, inEthernet, layersOf, readAll, type Segment, segmentsOf, utterancesOf } from "../support/conversation.ts";
import { fixturePath } from "../support/fixtures.ts";
import { ethernet, fragmentsOfIpv4, ipv4, ipv6, join, type Layer, vlan } from "../support/packet-writer.ts";

/** A refusal, TLS 1.2 with certificates and a full handshake, TLS 1.3 with a retry, and STARTTLS. */
const RECORDED = [
  "pairs/go-rsa-kex/go.pcap",
  "pairs/go-rsa-kex/openssl.pcap",
  "pairs/client-certificate-tls12/with.pcap",
  "pairs/hello-retry/openssl-retried.pcap",
  "pairs/smtp-starttls/openssl.pcap",
];

/** Tests of many readings; a property is tried often enough to find what it is after, and no longer. */
const RUNS = { numRuns: 60 };

const octetsOf = (name: string): Uint8Array => new Uint8Array(readFileSync(fixturePath(name)));

/** Cuts octets at places that a list of numbers names. */
function cutAt(octets: Uint8Array, numbers: readonly number[]): Uint8Array[] {
  const edges = [...new Set([0, ...numbers.map((number) => number % (octets.length + 1)), octets.length])].sort((a, b) => a - b);
  return edges.slice(0, -1).map((start, index) => octets.subarray(start, edges[index + 1]));
}

const someNumbers = fc.array(fc.nat(1 << 20), { maxLength: 12 });

describe.each(RECORDED)("the handshakes of %s are the same", (name) => {
  const file = octetsOf(name);
  const utterances = utterancesOf(file);
  const wanted = essenceOf(readAll(pcap(framesOf(segmentsOf(utterances)))));

  it("as those of the recording, but for the addresses", () => {
    expect(wanted).not.toEqual([]);
    expect(told(wanted as Handshake[])).toEqual(told(essenceOf(readAll(file)) as Handshake[]));
  });

  it("whatever the chunks in which the file comes", () => {
    const whole = readAll(file);
    fc.assert(
      fc.property(someNumbers, (cuts) => {
        expect(readAll(file, (octets) => cutAt(octets, cuts))).toEqual(whole);
      }),
      RUNS,
    );
    expect(readAll(file, (octets) => cutAt(octets, [...octets.keys()]))).toEqual(whole);
  });

  it("whatever the segments into which the streams are cut", () => {
    fc.assert(
      fc.property(someNumbers, (cuts) => {
        const segments = segmentsOf(utterances, (octets) => cutAt(octets, cuts));
        expect(essenceOf(readAll(pcap(framesOf(segments))))).toEqual(wanted);
      }),
      RUNS,
    );
    const octetByOctet = segmentsOf(utterances, (octets) => cutAt(octets, [...octets.keys()]));
    expect(essenceOf(readAll(pcap(framesOf(octetByOctet))))).toEqual(wanted);
  });

  it("whatever the order and the repetition of segments within a flight", () => {
    fc.assert(
      fc.property(someNumbers, fc.infiniteStream(fc.nat(99)), (cuts, dice) => {
        const segments = segmentsOf(utterances, (octets) => cutAt(octets, cuts));
        expect(essenceOf(readAll(pcap(framesOf(shuffled(segments, dice)))))).toEqual(wanted);
      }),
      RUNS,
    );
  });

  const frames = framesOf(segmentsOf(utterances));
  it.each([
    ["pcap, big-endian", pcap(frames, { order: "big" })],
    ["pcap, nanoseconds", pcap(frames, { nanoseconds: true })],
    ["pcapng, little-endian", simplePcapng(frames)],
    ["pcapng, big-endian", simplePcapng(frames, { order: "big" })],
    ["snoop", snoop(frames)],
  ])("whatever the file format: %s", (_, written) => {
    expect(essenceOf(readAll(written))).toEqual(wanted);
  });

  it.each<[string, (segment: Segment) => Uint8Array[], number]>([
    ["in VLANs", (segment) => [ethernet(vlan([7, 9], ip(segment)))], 1],
    ["in raw IP", (segment) => [ip(segment).octets], 101],
    ["in Linux cooked frames", (segment) => [join([0, 0, 0, 1, 0, 6, 2, 66, 10, 0, 0, 5, 0, 0, 8, 0], ip(segment).octets)], 113],
    ["in IP fragments", inFragments, 1],
    ["with trailing padding", (segment) => [ethernet(ip(segment), { padding: 7 })], 1],
    [
      "with a total length of 0, as segmentation offload leaves it",
      (segment) => [ethernet(ipv4(layersOf(segment).segment, { ...layersOf(segment).addresses, totalLength: 0 }))],
      1,
    ],
  ])("%s", (_, carry, linkType) => {
    expect(essenceOf(readAll(pcap(framesOf(segmentsOf(utterances), carry), { linkType })))).toEqual(wanted);
  });

  it("in IPv6, but for the addresses", () => {
    const [read] = readAll(pcap(framesOf(segmentsOf(utterances), inIpv6)));
    expect(read?.transport.client).toEqual({ address: "2001:db8::1", port: 40_000 });
    expect(essenceOf(read?.messages as unknown as Handshake[])).toEqual((wanted as Handshake[])[0]?.messages);
  });
});

describe.each(RECORDED)("damage in %s", (name) => {
  const file = octetsOf(name);
  const whole = readAll(file).flatMap((handshake) => handshake.messages);

  it("cut at any octet leaves the messages before the cut", () => {
    for (let length = 0; length < file.length; length += length < 100 ? 1 : 7) {
      const read = tryToRead(file.subarray(0, length));
      const complete = read.flatMap((handshake) => handshake.messages).filter((message) => message.malformed === undefined);
      expect(complete.length).toBeLessThanOrEqual(whole.length);
      expect(complete.map(({ type, packet }) => `${packet} ${type}`)).toEqual(
        whole
          .filter((message) => complete.some((other) => other.packet === message.packet && other.type === message.type))
          .map(({ type, packet }) => `${packet} ${type}`),
      );
    }
  });

  it("anywhere is no exception, and nothing unsafe gets through", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }), (changes) => {
        const damaged = file.slice();
        for (const [at, octet] of changes) damaged[at] = octet;
        expect(JSON.stringify(tryToRead(damaged))).toMatch(/^[\x20-\x7e]*$/);
      }),
      { numRuns: 300 },
    );
  });
});

/** The handshakes; none of what is no capture any more. */
function tryToRead(file: Uint8Array): Handshake[] {
  try {
    return readAll(file);
  } catch (error) {
    if (error instanceof CaptureError) return [];
    throw error;
  }
}

function inFragments(segment: Segment): Uint8Array[] {
  const { segment: payload, addresses } = layersOf(segment);
  if (segment.octets.length < 64) return inEthernet(segment);
  const id = (segment.sequence ^ (segment.from === "client" ? 0 : 0x5555)) & 0xffff;
  return fragmentsOfIpv4(payload, 48, { ...addresses, id })
    .toReversed()
    .map((fragment) => ethernet(fragment));
}

/** A legal reordering: what one side sends without waiting may arrive in any order, and more than once. SYN and FIN keep their places. */
function shuffled(segments: readonly Segment[], dice: fc.Stream<number>): Segment[] {
  const throwDice = (): number => dice.next().value as number;
  const flights: Segment[][] = [];
  for (const segment of segments) {
    const flight = flights.at(-1);
    const previous = flight?.[0];
    const isData = segment.octets.length > 0;
    if (flight !== undefined && previous?.from === segment.from && isData && previous.octets.length > 0) flight.push(segment);
    else flights.push([segment]);
  }
  return flights.flatMap((flight) => {
    const repeated = flight.flatMap((segment) => (flight.length > 1 && throwDice() < 20 ? [segment, segment] : [segment]));
    return repeated
      .map((segment) => ({ segment, key: throwDice() }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ segment }) => segment);
  });
}

function ip(segment: Segment): Layer {
  const { segment: payload, addresses } = layersOf(segment);
  return ipv4(payload, addresses);
}

/** A segment in IPv6 in an Ethernet frame. */
function inIpv6(segment: Segment): Uint8Array[] {
  const [client, server] = [1, 2].map((last) => [0x20, 1, 0x0d, 0xb8, ...Array.from({ length: 11 }, () => 0), last]) as [
    number[],
    number[],
  ];
  const addresses = segment.from === "client" ? { source: client, target: server } : { source: server, target: client };
  return [ethernet(ipv6(layersOf(segment).segment, addresses))];
}

function told(handshakes: readonly Handshake[]): unknown {
  return handshakes.map(({ messages, negotiated, outcome }) => ({ messages, negotiated, outcome }));
}
