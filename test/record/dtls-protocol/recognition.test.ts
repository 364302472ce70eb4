import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dtls } from "../../../src/record/dtls-protocol.ts";
import { type DtlsMessageSpec, dtlsRecord, fragment } from "../../support/dtls.ts";
import { join } from "../../support/records.ts";
import {
  send,
  read,
  recognises,
  message,
  filled,
  whole,
  HELLO,
  SERVER_HELLO,
  CERTIFICATE,
  CHANGED,
  hidden,
  type Sent,
} from "./datagrams.ts";

/** A whole hello's datagram with another octet at an offset. */
const changed = (offset: number, value: number): Uint8Array => {
  const datagram = whole(HELLO);
  datagram[offset] = value;
  return datagram;
};

describe("what is DTLS", () => {
  it.each<[string, Uint8Array]>([
    ["a hello", whole(HELLO)],
    ["a hello of DTLS 1.0", dtlsRecord(22, fragment(HELLO), { version: 0xfeff })],
    ["a fragment from the middle", dtlsRecord(22, fragment(CERTIFICATE, 100, 200))],
    ["a message cut by the capture", whole(CERTIFICATE).subarray(0, 64)],
    ["an alert", dtlsRecord(21, [2, 40])],
  ])("begins with %s", (_, datagram) => {
    expect(recognises(datagram)).toBe(true);
  });

  it.each<[string, Uint8Array]>([
    ["an encrypted record, whose association was not seen", hidden(22)],
    ["change_cipher_spec alone", CHANGED],
    ["TLS over UDP", changed(1, 3)],
    ["another version", changed(2, 0xfa)],
    ["another epoch", changed(4, 1)],
    ["a type that is no handshake message", changed(13, 99)],
    ["a fragment that ends behind its message", changed(18 + 3, 200)],
    ["a fragment that ends behind its record", changed(12, 60)],
    ["a hello without room for a random", dtlsRecord(22, fragment(message(1, 0, filled(30))))],
    ["a message longer than any", dtlsRecord(22, [11, 0x7f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0])],
    ["an alert of another level", dtlsRecord(21, [7, 40])],
    ["an alert before noise", join(dtlsRecord(21, [2, 40]), [0x80, 1, 2])],
    ["STUN", join([0, 1, 0, 8, 0x21, 0x12, 0xa4, 0x42], new Uint8Array(20))],
    ["RTP", join([0x80, 96], new Uint8Array(200))],
    ["TURN channel data", join([0x40, 0, 0, 72], whole(HELLO))],
    ["nothing", new Uint8Array(0)],
  ])("is not %s", (_, datagram) => {
    expect(recognises(datagram)).toBe(false);
  });

  it("is hardly ever found in random octets that begin like it", () => {
    const head = fc.constantFrom([22], [22, 0xfe, 0xfd], [21, 0xfe, 0xff], [22, 0xfe, 0xfd, 0, 0]);
    fc.assert(
      fc.property(head, fc.uint8Array({ minLength: 13, maxLength: 200 }), (octets, rest) => {
        expect(recognises(join(octets, rest))).toBe(false);
      }),
      { seed: 6347 },
    );
  });
});

/** A message cut into fragments that cover it, some of them twice. */
const cut = (spec: DtlsMessageSpec): fc.Arbitrary<Uint8Array[]> =>
  fc.array(fc.tuple(fc.nat(spec.body.length - 1), fc.integer({ min: 1, max: 400 })), { maxLength: 6 }).chain((more) =>
    fc.uniqueArray(fc.integer({ min: 1, max: spec.body.length - 1 }), { maxLength: 5 }).map((cuts) => {
      const edges = [0, ...cuts.sort((a, b) => a - b), spec.body.length];
      const cover = edges.slice(1).map((end, index): [number, number] => [edges[index] as number, end]);
      const twice = more.map(([start, length]): [number, number] => [start, Math.min(start + length, spec.body.length)]);
      return [...cover, ...twice].map(([start, end]) => dtlsRecord(22, fragment(spec, start, end)));
    }),
  );

const FLIGHT = [SERVER_HELLO, CERTIFICATE, message(12, 3, filled(300))];
const inAnyOrder = fc
  .tuple(...FLIGHT.map(cut))
  .chain((cuts) => {
    const records = cuts.flat();
    return fc.shuffledSubarray(records, { minLength: records.length, maxLength: records.length });
  })
  .chain((records) => fc.array(fc.nat(3), { minLength: records.length, maxLength: records.length }).map((breaks) => ({ records, breaks })))
  .map(({ records, breaks }) => {
    const datagrams: Uint8Array[] = [];
    for (const [index, record] of records.entries()) {
      if (index === 0 || breaks[index] === 0) datagrams.push(record);
      else datagrams.push(join(datagrams.pop() as Uint8Array, record));
    }
    return datagrams;
  });

/** Noise that shares the ports: STUN, RTP, TURN channels, anything. */
const noise = fc
  .tuple(
    fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 64, max: 79 }), fc.integer({ min: 128, max: 191 })),
    fc.uint8Array({ maxLength: 60 }),
  )
  .map(([first, rest]) => join([first === 1 ? 0 : first], rest));

/** The bodies of the messages that the server sends, in the order of their types. */
function bodies(datagrams: readonly Uint8Array[]): unknown {
  const exchanges = dtls.create(() => 1);
  send(
    exchanges,
    datagrams.map((datagram) => ["S", datagram]),
  );
  return exchanges.exchanges[0]?.messages
    .map((raw) => (raw.kind === "handshake" ? { type: raw.handshakeType, body: raw.body } : raw.kind))
    .sort((a, b) => (typeof a === "string" || typeof b === "string" ? 0 : a.type - b.type));
}

describe("for any datagrams", () => {
  const wanted = FLIGHT.map(({ type, body }) => ({ type, body })).sort((a, b) => a.type - b.type);

  it("the messages are the same, whatever the fragments, their order and their datagrams", () => {
    fc.assert(
      fc.property(inAnyOrder, (datagrams) => {
        expect(bodies(datagrams)).toEqual(wanted);
      }),
    );
  });

  it("and whatever else is sent between them", () => {
    fc.assert(
      fc.property(inAnyOrder, fc.array(noise, { maxLength: 20 }), (datagrams, between) => {
        expect(bodies(datagrams.flatMap((datagram, index) => [between[index] ?? new Uint8Array(0), datagram]))).toEqual(wanted);
      }),
    );
  });

  it("a datagram cut at any octet throws nothing, and gives its messages as far as they are there", () => {
    const flight = join(...FLIGHT.map(whole), CHANGED, hidden(22), [0x3e, 1, 2, 3, 0, 9], filled(9));
    for (let length = 0; length <= flight.length; length++) {
      const exchanges = dtls.create(() => 1);
      send(exchanges, [["S", flight.subarray(0, length)]]);
      let left = length;
      const there = FLIGHT.flatMap(({ body }) => {
        const has = Math.min(left - 25, body.length);
        left -= 25 + body.length;
        return has > 0 ? [body.subarray(0, has)] : [];
      });
      const messages = (exchanges.exchanges[0]?.messages ?? []).filter((raw) => raw.kind === "handshake");
      expect(messages.map((raw) => raw.body)).toEqual(there);
    }
  });

  it("any octets behind a record header throw nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 20, max: 63 }), fc.uint8Array({ maxLength: 80 })), { maxLength: 12 }), (list) => {
        const sent = list.map(([type, body]): Sent => [
          "C",
          type > 26 ? join([type], body) : dtlsRecord(type, type === 22 ? join([1, 0, 0, 60, 0, 0, 0, 0, 0, 0], body) : body),
        ]);
        expect(read([["C", whole(HELLO)], ...sent]).length).toBeGreaterThan(0);
      }),
    );
  });
});
