import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../src/fault/limits.ts";
import { quic } from "../../src/record/quic-protocol.ts";
import type { RawMessage } from "../../src/record/tls-stream.ts";
import { close, crypto, initial, type InitialSpec, negotiation, retry, sealedLong, sealedShort, varint } from "../support/quic.ts";
import { handshake, helloBody, join } from "../support/records.ts";

/** `C` or `S`, and the datagram that it sends. */
type Sent = readonly [side: "C" | "S", datagram: Uint8Array];

const CLIENT_HELLO = handshake(1, helloBody(90));
const SERVER_HELLO = handshake(2, helloBody(70));
/** Connection ids: what the client makes up for the server, its own, the server's, and that of a Retry. */
const MADE_UP = [1, 2, 3, 4, 5, 6, 7, 8];
const OWN = [0xc1, 0xc2, 0xc3, 0xc4];
const SERVER = [0x51, 0x52, 0x53];
const RETRIED = [9, 9, 9, 9, 9];

const fromClient = (frames: Uint8Array, more: Partial<InitialSpec> = {}): Uint8Array =>
  initial({ role: "client", keysFrom: MADE_UP, target: MADE_UP, source: OWN, frames, ...more });
const fromServer = (frames: Uint8Array, more: Partial<InitialSpec> = {}): Uint8Array =>
  initial({ role: "server", keysFrom: MADE_UP, target: OWN, source: SERVER, frames, ...more });

const HELLO: Sent = ["C", fromClient(crypto(CLIENT_HELLO))];
const ANSWER: Sent = ["S", fromServer(crypto(SERVER_HELLO))];

function words(message: RawMessage): string {
  const side = message.side === 0 ? "C" : "S";
  const what = message.kind === "handshake" ? `${message.handshakeType} (${message.body.length}/${message.length})` : message.kind;
  return `${side} ${what} in ${message.packets.join("+")}`;
}

/** What each connection gives, in words, and how many datagrams belong to none. */
function read(sent: readonly Sent[]): { connections: string[][]; ignored: number; ids: readonly number[] } {
  let ids = 0;
  const exchanges = quic.create(() => ++ids);
  for (const [index, [side, datagram]] of sent.entries()) {
    // Octets around the payload must not be read.
    const bytes = join(new Uint8Array(9).fill(0xc0), datagram, new Uint8Array(9).fill(0xc0));
    const moment = { number: index + 1, time: index * 1_000, nanos: 0, digits: 6 };
    exchanges.datagram(side === "C" ? 0 : 1, bytes, 9, 9 + datagram.length, moment);
  }
  exchanges.end();
  const connections = exchanges.exchanges.map(({ messages, encrypted, events = [] }) => [
    ...messages.map(words),
    ...encrypted.map(({ side, length, epoch }) => `${side === 0 ? "C" : "S"} hidden (${length}) epoch ${epoch}`),
    ...events.map(
      ({ kind, side, moment, code }) => `${side === 0 ? "C" : "S"} ${kind}${code === undefined ? "" : ` ${code}`} in ${moment.number}`,
    ),
  ]);
  return { connections, ignored: exchanges.ignored ?? 0, ids: exchanges.exchanges.map(({ id }) => id) };
}

const one = (sent: readonly Sent[]): string[] | undefined => {
  const { connections } = read(sent);
  expect(connections.length).toBeLessThan(2);
  return connections[0];
};

const recognises = (bytes: Uint8Array): boolean => quic.recognises(bytes, 0, bytes.length);
const version = (number: number): Uint8Array => fromClient(crypto(CLIENT_HELLO), { version: number, like: 1 });
const part = (start: number, end: number, packetNumber: number): Sent => [
  "C",
  fromClient(crypto(CLIENT_HELLO, start, end), { packetNumber }),
];
/** Google's CRYPTO frame. */
const frame = (message: Uint8Array): Uint8Array => join([8], varint(0), varint(message.length), message);
/** A client without a connection id of its own, and what answers it. */
const nameless = (target: readonly number[]): Partial<InitialSpec> => ({ source: [], keysFrom: target, target });
const answerTo = (target: readonly number[]): Partial<InitialSpec> => ({ target: [], keysFrom: target });

const hello = "C 1 (90/90) in 1";

describe("a QUIC connection", () => {
  it("is read from its first hello to what follows the handshake", () => {
    const flight = join(fromServer(crypto(SERVER_HELLO)), sealedLong(2, OWN, SERVER, 900), sealedShort(OWN, 60));
    const finished = join(fromClient(new Uint8Array([2, 0, 0, 0, 0]), { target: SERVER, packetNumber: 1 }), sealedLong(2, SERVER, OWN, 70));
    expect(one([HELLO, ["S", flight], ["C", finished], ["C", sealedShort(SERVER, 100)], ["S", sealedShort(OWN, 200)]])).toEqual([
      hello,
      "S 2 (70/70) in 2",
      "S hidden (900) epoch 2",
      "S hidden (64) epoch 3",
      "C hidden (70) epoch 2",
      "C hidden (103) epoch 3",
      "S hidden (204) epoch 3",
    ]);
  });

  it("tells the packets that carry a hello, and the one that makes it whole", () => {
    expect(one([part(60, 94, 1), part(0, 30, 0), part(20, 70, 2), part(0, 94, 3)])).toEqual([
      "C 1 (90/90) in 1+2+3",
      "C retransmission in 4",
    ]);
  });

  it("takes a hello from frames in any order in one packet", () => {
    const frames = join(
      crypto(CLIENT_HELLO, 50, 94),
      [0, 0, 1],
      crypto(CLIENT_HELLO, 0, 20),
      [2, 1, 0, 0, 0],
      crypto(CLIENT_HELLO, 10, 55),
    );
    expect(one([["C", fromClient(frames)]])).toEqual([hello]);
  });

  it("takes a hello from several packets in one datagram", () => {
    const second = fromClient(crypto(CLIENT_HELLO, 40), { packetNumber: 1 });
    expect(one([["C", join(fromClient(crypto(CLIENT_HELLO, 0, 40)), second)]])).toEqual([hello]);
  });

  it("takes several messages of one side", () => {
    const both = join(
      SERVER_HELLO,
      SERVER_HELLO.map((octet, at) => (at > 9 ? 1 : octet)),
    );
    expect(one([HELLO, ["S", fromServer(crypto(both))]])).toEqual([hello, "S 2 (70/70) in 2", "S 2 (70/70) in 2"]);
  });

  it("counts what is sent again as such", () => {
    expect(one([HELLO, ["C", fromClient(crypto(CLIENT_HELLO), { packetNumber: 1 })], HELLO])).toEqual([
      hello,
      "C retransmission in 2",
      "C retransmission in 3",
    ]);
  });

  it("gives what there is of a hello that is not whole", () => {
    expect(
      one([
        ["C", fromClient(crypto(CLIENT_HELLO, 0, 50))],
        ["C", fromClient(crypto(CLIENT_HELLO, 60), { packetNumber: 1 })],
      ]),
    ).toEqual(["C 1 (46/90) in 1"]);
  });

  it("tells early data from the packets after it", () => {
    expect(one([["C", join(fromClient(crypto(CLIENT_HELLO)), sealedLong(1, MADE_UP, OWN, 300))]])).toEqual([
      hello,
      "C hidden (300) epoch 1",
    ]);
  });

  it("keeps only so many packets of a kind", () => {
    const many = Array.from({ length: 100 }, (): Sent => ["C", sealedLong(1, MADE_UP, OWN)]);
    expect(one([HELLO, ...many])?.length).toBeLessThan(20);
  });

  it("follows a changed connection id, and one that is empty", () => {
    const silent = fromClient(crypto(CLIENT_HELLO), { source: [] });
    const answer = fromServer(crypto(SERVER_HELLO), { target: [] });
    expect(
      one([
        ["C", silent],
        ["S", answer],
        ["C", sealedShort([7, 7, 7, 7])],
        ["S", sealedShort([])],
      ]),
    ).toEqual([hello, "S 2 (70/70) in 2", "C hidden (44) epoch 3", "S hidden (40) epoch 3"]);
  });

  it("reads an answer that was captured before the question", () => {
    expect(one([ANSWER, ["S", fromServer(new Uint8Array([1]), { packetNumber: 1 })], HELLO])).toEqual([
      "C 1 (90/90) in 3",
      "S 2 (70/70) in 1",
    ]);
  });

  it("knows packet numbers of which only the end is sent", () => {
    const far = fromClient(crypto(CLIENT_HELLO, 0, 40), { packetNumber: 0xfff0 });
    expect(
      one([
        ["C", far],
        ["C", fromClient(crypto(CLIENT_HELLO, 40), { packetNumber: 0xfff1 })],
      ]),
    ).toEqual(["C 1 (90/90) in 1+2"]);
  });
});

describe("a QUIC connection that takes a detour", () => {
  const retried = { keysFrom: RETRIED, target: RETRIED, token: [1, 2, 3], packetNumber: 1 };

  it("begins again after Retry, with keys of its own", () => {
    expect(
      one([
        HELLO,
        ["S", retry(OWN, RETRIED)],
        ["C", fromClient(crypto(CLIENT_HELLO), retried)],
        ["S", fromServer(crypto(SERVER_HELLO), { keysFrom: RETRIED })],
      ]),
    ).toEqual([hello, "S 2 (70/70) in 4", "S retry in 2", "C retransmission in 3"]);
  });

  it("has both hellos where a client says another one after Retry, as it must not", () => {
    const other = CLIENT_HELLO.slice();
    other[20] = (other[20] as number) ^ 1;
    const again = fromClient(crypto(other), { target: RETRIED, keysFrom: RETRIED, token: [1], packetNumber: 1 });
    expect(one([HELLO, ["S", retry(OWN, RETRIED)], ["C", again]])).toEqual([hello, "C 1 (90/90) in 3", "S retry in 2"]);
    // What the server sent may not be there, or later.
    expect(one([HELLO, ["C", again]])).toEqual([hello, "C 1 (90/90) in 2"]);
  });

  it("is the same one where the client has no connection id, or the Retry was not captured", () => {
    const empty = { source: [] };
    const again = fromClient(crypto(CLIENT_HELLO), { ...retried, ...empty });
    expect(
      one([
        ["C", fromClient(crypto(CLIENT_HELLO), empty)],
        ["S", retry([], RETRIED)],
        ["C", again],
      ]),
    ).toEqual([hello, "S retry in 2", "C retransmission in 3"]);
    expect(one([HELLO, ["C", fromClient(crypto(CLIENT_HELLO), retried)]])).toEqual([hello, "C retransmission in 2"]);
  });

  it("is told where the server wants another version", () => {
    expect(one([HELLO, ["S", negotiation(OWN, MADE_UP, [0x6b3343cf])]])).toEqual([hello, "S version-negotiation in 2"]);
  });

  it("is told even where the offered version is one that nobody can read", () => {
    const unreadable = fromClient(crypto(CLIENT_HELLO), { version: 0x1a2a3a4a, like: 1 });
    unreadable[unreadable.length - 1] = (unreadable.at(-1) as number) ^ 1;
    expect(
      one([
        ["C", unreadable],
        ["S", negotiation(OWN, MADE_UP, [1])],
      ]),
    ).toEqual(["S version-negotiation in 2"]);
    expect(one([["C", unreadable], ["S", negotiation(OWN, MADE_UP, [1])], HELLO, ANSWER])).toEqual([
      "C 1 (90/90) in 3",
      "S 2 (70/70) in 4",
      "S version-negotiation in 2",
    ]);
  });

  it("goes on with another version and the same hello", () => {
    const draft = { version: 0xff00001d };
    expect(one([["C", fromClient(crypto(CLIENT_HELLO), draft)], ["S", negotiation(OWN, MADE_UP, [1])], HELLO, ANSWER])).toEqual([
      hello,
      "S 2 (70/70) in 4",
      "S version-negotiation in 2",
      "C retransmission in 3",
    ]);
  });

  it("goes on with another version, another hello and other connection ids", () => {
    const again = { keysFrom: RETRIED, target: RETRIED, source: [4, 4] };
    const other = handshake(1, helloBody(80));
    expect(
      one([
        HELLO,
        ["S", negotiation(OWN, MADE_UP, [0x6b3343cf])],
        ["C", fromClient(crypto(other), { ...again, version: 0x6b3343cf })],
        ["S", fromServer(crypto(SERVER_HELLO), { keysFrom: RETRIED, target: [4, 4], version: 0x6b3343cf })],
      ]),
    ).toEqual([hello, "C 1 (80/80) in 3", "S 2 (70/70) in 4", "S version-negotiation in 2"]);
  });

  it("does not believe a negotiation that does not return its connection ids", () => {
    expect(
      one([HELLO, ["S", negotiation(OWN, RETRIED, [2])], ["S", negotiation(SERVER, MADE_UP, [2])], ["C", negotiation(OWN, MADE_UP, [2])]]),
    ).toEqual([hello]);
  });

  it("changes to a compatible version without asking (RFC 9368)", () => {
    expect(one([HELLO, ["S", fromServer(crypto(SERVER_HELLO), { version: 0x6b3343cf })]])).toEqual([hello, "S 2 (70/70) in 2"]);
  });

  it("is closed with an error", () => {
    expect(one([HELLO, ["S", fromServer(close(0x128, "no"))], ["S", fromServer(close(0x128), { packetNumber: 1 })]])).toEqual([
      hello,
      "S connection-close 296 in 2",
    ]);
  });
});

describe("QUIC between two endpoints", () => {
  it("may be several connections, numbered by their first messages", () => {
    const other = { keysFrom: RETRIED, target: RETRIED, source: [4, 4] };
    const { connections, ids } = read([
      HELLO,
      ["C", fromClient(crypto(CLIENT_HELLO), other)],
      ["S", fromServer(crypto(SERVER_HELLO), { ...other, target: [4, 4], source: [6] })],
      ANSWER,
      ["C", sealedLong(2, SERVER, OWN, 30)],
      ["C", sealedLong(2, [6], [4, 4], 31)],
    ]);
    expect(connections).toEqual([
      [hello, "S 2 (70/70) in 4", "C hidden (30) epoch 2"],
      ["C 1 (90/90) in 2", "S 2 (70/70) in 3", "C hidden (31) epoch 2"],
    ]);
    expect(ids).toEqual([1, 2]);
  });

  it("may be connections one after the other whose clients have no connection id", () => {
    const { connections } = read([
      ["C", fromClient(crypto(CLIENT_HELLO), nameless(MADE_UP))],
      ["S", fromServer(crypto(SERVER_HELLO), answerTo(MADE_UP))],
      ["C", fromClient(crypto(CLIENT_HELLO), nameless(RETRIED))],
      ["S", fromServer(crypto(SERVER_HELLO), answerTo(RETRIED))],
    ]);
    expect(connections).toEqual([
      [hello, "S 2 (70/70) in 2"],
      ["C 1 (90/90) in 3", "S 2 (70/70) in 4"],
    ]);
  });

  it("is nothing where the capture began too late", () => {
    const late: Sent[] = [
      ANSWER,
      ["C", fromClient(new Uint8Array(20), { target: SERVER })],
      ["S", sealedLong(2, OWN, SERVER)],
      ["S", sealedShort(OWN)],
    ];
    expect(read(late)).toEqual({ connections: [], ignored: 4, ids: [] });
  });

  it("is held to its limits", () => {
    const waiting = Array.from({ length: 50 }, (_, packetNumber): Sent => [
      "S",
      fromServer(crypto(SERVER_HELLO, packetNumber, packetNumber + 1), { packetNumber }),
    ]);
    expect(one([...waiting, HELLO])?.some((line) => line.startsWith("S 2 (0/70)"))).toBe(true);
    const far = join([6], varint(LIMITS.cryptoOctets, 4), [1, 1]);
    expect(read([["C", fromClient(far)]]).connections).toEqual([]);
    const many = Array.from({ length: LIMITS.associations + 9 }, (_, n): Sent => {
      const target = [1, 1, 1, 1, 1, 1, n >> 8, n & 255];
      return ["C", fromClient(crypto(CLIENT_HELLO), { keysFrom: target, target, source: [n >> 8, n & 255] })];
    });
    expect(read(many).connections).toHaveLength(LIMITS.associations);
  });
});

describe("what is recognised as QUIC", () => {
  it.each([
    ["version 1", 1],
    ["draft 22", 0xff000016],
    ["mvfst", 0xfaceb002],
    ["T051", 0x54303531],
    ["a version to be refused", 0x1a2a3a4a],
  ])("an Initial packet of %s", (_, number) => {
    expect(recognises(version(number))).toBe(true);
  });

  it("version negotiation that lists a known version, whatever the client had sent", () => {
    expect(recognises(negotiation(OWN, MADE_UP, [0x1a2a3a4a, 1]))).toBe(true);
  });

  it.each([
    ["Google QUIC without TLS", version(0x51303530)],
    ["an unknown version", version(0x00000007)],
    ["draft 21", version(0xff000015)],
    ["a Handshake packet", sealedLong(2, OWN, SERVER)],
    ["a 1-RTT packet", sealedShort(OWN)],
    ["version negotiation without a version that is known", negotiation(OWN, MADE_UP, [7, 8])],
    ["Retry", retry(OWN, MADE_UP)],
    ["a connection id that is too long", fromClient(crypto(CLIENT_HELLO), { target: Array.from({ length: 21 }, () => 1) })],
    ["nothing", new Uint8Array(0)],
  ])("but not %s", (_, bytes) => {
    expect(recognises(bytes)).toBe(false);
  });

  it("reads version 2 by its own types", () => {
    const two: Sent = ["C", fromClient(crypto(CLIENT_HELLO), { version: 0x6b3343cf })];
    expect(recognises(two[1])).toBe(true);
    expect(one([two])).toEqual([hello]);
  });

  it("reads a version that was sent to be refused, with whichever salt", () => {
    for (const like of [1, 0xff00001d, 0xff000017]) {
      expect(one([["C", fromClient(crypto(CLIENT_HELLO), { version: 0x0a0a0a0a, like })]])).toEqual([hello]);
    }
  });

  it("reads Google's frames where the version has them", () => {
    const google = { version: 0x54303531 };
    // Largest acknowledged in one octet, delay, two more blocks, one timestamp.
    const ack = [0x60, 5, 0, 1, 2, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0];
    expect(
      one([
        ["C", fromClient(join([0, 7], frame(CLIENT_HELLO)), google)],
        ["S", fromServer(join(ack, frame(SERVER_HELLO)), google)],
        ["S", fromServer(join([2, 0, 0, 0, 25, 0, 0]), { ...google, packetNumber: 1 })],
      ]),
    ).toEqual([hello, "S 2 (70/70) in 2", "S connection-close 25 in 3"]);
  });
});

describe("hostile QUIC", () => {
  it("throws nothing and invents nothing at any cut", () => {
    const datagram = join(fromClient(crypto(CLIENT_HELLO)), sealedLong(1, MADE_UP, OWN));
    const whole = fromClient(crypto(CLIENT_HELLO)).length;
    for (let end = 0; end <= datagram.length; end++) {
      const { connections } = read([["C", datagram.slice(0, end)]]);
      expect(
        connections.flat().filter((line) => !line.includes("hidden")),
        `${end} octets`,
      ).toEqual(end < whole ? [] : [hello]);
    }
  });

  it("throws nothing and invents nothing whatever octet is changed", () => {
    const datagram = fromClient(crypto(CLIENT_HELLO));
    for (const at of datagram.keys()) {
      const changed = datagram.slice();
      changed[at] = (changed[at] as number) ^ (1 << (at % 8));
      expect(read([["C", changed]]).connections, `octet ${at}`).toEqual([]);
    }
  });

  it("throws nothing on any octets", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom("C", "S"), fc.uint8Array({ maxLength: 80 })), { maxLength: 6 }), (noise) => {
        const sent = noise.map(([side, octets]): Sent => [side, join([0xc3, 0, 0, 0, 1], octets)]);
        expect(read(sent).connections).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("throws nothing on any frames", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(1, 0x54303531), (frames, number) => {
        expect(() => read([["C", fromClient(frames, { version: number })], ANSWER])).not.toThrow();
      }),
      { numRuns: 60 },
    );
  });
});

/** Frames that cover `stream`, some of it more than once, each in a packet. */
function packetsOf(stream: Uint8Array, more: readonly (readonly [number, number])[], protect: typeof fromClient): Uint8Array[] {
  const pieces = [[0, 40], [40, stream.length], ...more.map(([a, b]) => [Math.min(a, b), Math.max(a, b)])] as [number, number][];
  return pieces.map(([start, end], packetNumber) => protect(crypto(stream, start, end), { packetNumber }));
}

describe("the order in which datagrams come", () => {
  it("does not change the messages, nor do repetition and the way they are cut and joined", () => {
    const overlaps = fc.array(fc.tuple(fc.nat(SERVER_HELLO.length), fc.nat(SERVER_HELLO.length)), { maxLength: LIMITS.heldInitials - 2 });
    const story = fc.tuple(overlaps, overlaps, fc.boolean()).chain(([client, server, isJoined]) => {
      const hellos = packetsOf(CLIENT_HELLO, client, fromClient);
      const asked = (isJoined ? [join(...hellos)] : hellos).map((datagram): Sent => ["C", datagram]);
      const answered = packetsOf(SERVER_HELLO, server, fromServer).map((datagram): Sent => ["S", datagram]);
      const sent = [...asked, ...asked, ...answered];
      return fc.shuffledSubarray(sent, { minLength: sent.length });
    });
    fc.assert(
      fc.property(story, (sent) => {
        const messages = one(sent)?.filter((line) => !line.includes("retransmission"));
        expect(messages?.map((line) => line.replace(/ in .*/, ""))).toEqual(expect.arrayContaining(["C 1 (90/90)", "S 2 (70/70)"]));
        expect(messages).toHaveLength(2);
      }),
      { numRuns: 60 },
    );
  });
});
