import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../src/fault/limits.ts";
import type { DatagramExchanges } from "../../src/record/datagram-protocol.ts";
import { dtls } from "../../src/record/dtls-protocol.ts";
import type { RawMessage } from "../../src/record/tls-stream.ts";
import { dtlsHello, type DtlsMessageSpec, dtlsRecord, fragment } from "../support/dtls.ts";
import { join } from "../support/records.ts";

/** `C` or `S`, and the datagram that it sends. */
type Sent = readonly [side: "C" | "S", datagram: Uint8Array];

function send(exchanges: DatagramExchanges, sent: readonly Sent[]): void {
  for (const [index, [side, datagram]] of sent.entries()) {
    // Octets around the payload must not be read.
    const bytes = join(new Uint8Array(9).fill(22), datagram, new Uint8Array(9).fill(22));
    const moment = { number: index + 1, time: index * 1_000, nanos: 0, digits: 6 };
    exchanges.datagram(side === "C" ? 0 : 1, bytes, 9, 9 + datagram.length, moment);
  }
  exchanges.end();
}

function words(message: RawMessage): string {
  const side = message.side === 0 ? "C" : "S";
  const what = message.kind === "handshake" ? `${message.handshakeType} (${message.body.length}/${message.length})` : message.kind;
  return `${side} ${what} in ${message.packets.join("+")}`;
}

/** What each exchange gives, in words. */
function read(sent: readonly Sent[]): string[][] {
  let ids = 0;
  const exchanges = dtls.create(() => ++ids);
  send(exchanges, sent);
  return exchanges.exchanges.map(({ messages, encrypted, events = [] }) => [
    ...messages.map(words),
    ...encrypted.map(({ side, content, length, epoch }) => `${side === 0 ? "C" : "S"} hidden ${content} (${length}) epoch ${epoch}`),
    ...events.map(({ side, moment }) => `${side === 0 ? "C" : "S"} again in ${moment.number}`),
  ]);
}

const recognises = (datagram: Uint8Array): boolean => dtls.recognises(datagram, 0, datagram.length);
const message = (type: number, sequence: number, body: Uint8Array): DtlsMessageSpec => ({ type, sequence, body });
const filled = (length: number): Uint8Array => new Uint8Array(length).map((_, at) => at * 7);
const whole = (spec: DtlsMessageSpec): Uint8Array => dtlsRecord(22, fragment(spec));

const HELLO = message(1, 0, dtlsHello(1));
const VERIFY = message(3, 0, filled(23));
const HELLO_AGAIN = message(1, 1, dtlsHello(1, 80));
const SERVER_HELLO = message(2, 1, dtlsHello(2, 70));
const CERTIFICATE = message(11, 2, filled(1_200));
const DONE = message(14, 3, new Uint8Array(0));
const KEY = message(16, 2, filled(66));
const CHANGED = dtlsRecord(20, [1]);
const hidden = (content: number, length = 40, epoch = 1): Uint8Array => dtlsRecord(content, new Uint8Array(length), { epoch });

describe("a DTLS association", () => {
  it("is read from its first hello to what follows the handshake", () => {
    expect(
      read([
        ["C", whole(HELLO)],
        ["S", whole(VERIFY)],
        ["C", whole(HELLO_AGAIN)],
        ["S", join(whole(SERVER_HELLO), dtlsRecord(22, fragment(CERTIFICATE, 0, 900)))],
        ["S", join(dtlsRecord(22, join(fragment(CERTIFICATE, 900), fragment(DONE))))],
        ["C", join(whole(KEY), CHANGED, hidden(22))],
        ["S", join(CHANGED, hidden(22))],
        ["C", hidden(23, 500)],
        ["C", hidden(21, 26)],
      ]),
    ).toEqual([
      [
        "C 1 (60/60) in 1",
        "S 3 (23/23) in 2",
        "C 1 (80/80) in 3",
        "S 2 (70/70) in 4",
        "S 11 (1200/1200) in 4+5",
        "S 14 (0/0) in 5",
        "C 16 (66/66) in 6",
        "C change_cipher_spec in 6",
        "S change_cipher_spec in 7",
        "C hidden 22 (40) epoch 1",
        "S hidden 22 (40) epoch 1",
        "C hidden 23 (500) epoch 1",
        "C hidden 21 (26) epoch 1",
      ],
    ]);
  });

  it("gives a message once, however often and in whatever pieces it is sent", () => {
    const again = [dtlsRecord(22, fragment(HELLO, 0, 25)), dtlsRecord(22, fragment(HELLO, 20)), whole(HELLO)];
    expect(read([["C", whole(HELLO)], ...again.map((datagram): Sent => ["C", datagram])])).toEqual([
      ["C 1 (60/60) in 1", "C again in 2", "C again in 3", "C again in 4"],
    ]);
  });

  it("gives an alert and change_cipher_spec once", () => {
    const alert = dtlsRecord(21, [2, 40]);
    expect(
      read([
        ["C", whole(HELLO)],
        ["S", alert],
        ["S", alert],
        ["C", CHANGED],
        ["C", CHANGED],
      ]),
    ).toEqual([["C 1 (60/60) in 1", "S alert in 2", "C change_cipher_spec in 4", "S again in 3", "C again in 5"]]);
  });

  it("gives an alert again that comes in a record of its own, but not one of the same number", () => {
    const [first, second] = [1, 2].map((sequence) => dtlsRecord(21, [2, 40], { sequence })) as [Uint8Array, Uint8Array];
    expect(
      read([
        ["C", whole(HELLO)],
        ["S", first],
        ["C", whole(HELLO)],
        ["S", second],
        ["S", first],
        ["S", dtlsRecord(21, [1, 40], { sequence: 2 })],
        ["C", second],
      ]),
    ).toEqual([["C 1 (60/60) in 1", "S alert in 2", "S alert in 4", "S alert in 6", "C alert in 7", "C again in 3", "S again in 5"]]);
  });

  it("takes both hellos of a stack that gives them the same number", () => {
    const second = message(1, 0, dtlsHello(1, 80));
    expect(
      read([
        ["C", whole(HELLO)],
        ["S", whole(VERIFY)],
        ["C", whole(second)],
        ["C", whole(HELLO)],
      ]),
    ).toEqual([["C 1 (60/60) in 1", "S 3 (23/23) in 2", "C 1 (80/80) in 3", "C again in 4"]]);
  });

  it("stays the same one when the hello after a HelloVerifyRequest has another random", () => {
    expect(
      read([
        ["C", whole(HELLO)],
        ["S", whole(VERIFY)],
        ["C", whole(message(1, 1, dtlsHello(9)))],
      ]),
    ).toHaveLength(1);
  });

  it("stays the same one after a HelloRetryRequest, whose random is a constant", () => {
    const retry = dtlsHello(0);
    retry.set([0xcf, 0x21, 0xad, 0x74], 2);
    const sent: Sent[] = [
      ["C", whole(HELLO)],
      ["S", whole(message(2, 0, retry))],
      ["C", whole(HELLO_AGAIN)],
      ["S", whole(SERVER_HELLO)],
    ];
    expect(read(sent)).toHaveLength(1);
  });

  it("ends where a hello with another random comes on the same ports, even with the same certificate", () => {
    const first: Sent[] = [
      ["C", whole(HELLO)],
      ["S", join(whole(SERVER_HELLO), whole(CERTIFICATE))],
      ["C", join(CHANGED, hidden(22))],
    ];
    const second: Sent[] = [
      ["C", whole(message(1, 0, dtlsHello(5)))],
      ["C", hidden(21, 26)],
      ["C", whole(message(1, 0, dtlsHello(5)))],
      ["S", join(whole(message(2, 1, dtlsHello(6))), whole(CERTIFICATE))],
      ["S", hidden(22)],
    ];
    expect(read([...first, ...second])).toEqual([
      [
        "C 1 (60/60) in 1",
        "S 2 (70/70) in 2",
        "S 11 (1200/1200) in 2",
        "C change_cipher_spec in 3",
        "C hidden 22 (40) epoch 1",
        "C hidden 21 (26) epoch 1",
      ],
      ["C 1 (60/60) in 4", "S 2 (60/60) in 7", "S 11 (1200/1200) in 7", "S hidden 22 (40) epoch 1", "C again in 6"],
    ]);
  });

  it("of which only the server was captured ends where its random changes", () => {
    expect(
      read([
        ["S", whole(SERVER_HELLO)],
        ["S", whole(message(2, 1, dtlsHello(6)))],
      ]),
    ).toHaveLength(2);
  });

  it("gives what there is of a message whose rest was not captured", () => {
    const cut = whole(CERTIFICATE).subarray(0, 500);
    expect(read([["S", cut]])).toEqual([["S 11 (475/1200) in 1"]]);
    expect(read([["S", dtlsRecord(22, fragment(CERTIFICATE, 600))]])).toEqual([]);
  });

  it("is read in the version before its RFC, whose change_cipher_spec has a number", () => {
    const old = { version: 0x0100 };
    expect(
      read([
        ["C", dtlsRecord(22, fragment(HELLO), old)],
        ["C", dtlsRecord(20, [1, 0, 2], old)],
      ]),
    ).toEqual([["C 1 (60/60) in 1", "C change_cipher_spec in 2"]]);
  });

  it("is read inside CAPWAP", () => {
    const datagram = join([1, 0, 0, 0], whole(HELLO));
    expect(recognises(datagram)).toBe(true);
    expect(read([["C", datagram]])).toEqual([["C 1 (60/60) in 1"]]);
  });

  it("keeps two endpoints from making more of them than the limit", () => {
    const hellos = Array.from({ length: LIMITS.associations + 20 }, (_, index): Sent => {
      const body = dtlsHello(1);
      body.set([index >> 8, index & 255], 2);
      return ["C", whole(message(1, 0, body))];
    });
    expect(read(hellos)).toHaveLength(LIMITS.associations);
  });
});

describe("an encrypted record", () => {
  const start: Sent[] = [
    ["C", whole(HELLO)],
    ["S", whole(SERVER_HELLO)],
  ];
  const after = (datagram: Uint8Array): string[] => (read([...start, ["S", datagram]])[0] ?? []).slice(2);

  it.each<[string, Uint8Array, string[]]>([
    ["the unified header with a length", join([0x2e, 1, 2, 0, 30], new Uint8Array(30)), ["S hidden 23 (30) epoch 2"]],
    ["a short sequence number", join([0x27, 1, 0, 30], new Uint8Array(30)), ["S hidden 23 (30) epoch 3"]],
    ["no length: up to the datagram's end", join([0x2a, 1, 2], new Uint8Array(50)), ["S hidden 23 (50) epoch 2"]],
    [
      "several records in a datagram",
      join([0x2e, 1, 2, 0, 30], new Uint8Array(30), [0x2f, 1, 2, 0, 20], new Uint8Array(20)),
      ["S hidden 23 (30) epoch 2", "S hidden 23 (20) epoch 3"],
    ],
    ["a connection id", join([0x3e], filled(11), [1, 2, 0, 30], new Uint8Array(30)), ["S hidden 23 (30) epoch 2"]],
    [
      "connection ids of two records",
      join([0x3e, 9, 9, 9, 9, 1, 2, 0, 30], new Uint8Array(30).fill(0xaa), [0x3e, 9, 9, 9, 9, 1, 3, 0, 25], new Uint8Array(25)),
      ["S hidden 23 (30) epoch 2", "S hidden 23 (25) epoch 2"],
    ],
    [
      "DTLS 1.2 with a connection id",
      join([25, 0xfe, 0xfd, 0, 1, 0, 0, 0, 0, 0, 1], [8, 8, 8, 8], [0, 40], new Uint8Array(40)),
      ["S hidden 23 (40) epoch 1"],
    ],
    ["a length beyond the datagram, as the capture cut it", join([0x2e, 1, 2, 1, 0], new Uint8Array(30)), ["S hidden 23 (256) epoch 2"]],
  ])("is told by %s", (_, datagram, wanted) => {
    expect(after(datagram)).toEqual(wanted);
  });

  it("with a unified header is none before any message", () => {
    expect(read([["S", join([0x2e, 1, 2, 0, 30], new Uint8Array(30))]])).toEqual([]);
  });
});

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

  const changed = (offset: number, value: number): Uint8Array => {
    const datagram = whole(HELLO);
    datagram[offset] = value;
    return datagram;
  };

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
