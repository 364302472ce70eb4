import { describe, expect, it } from "vitest";
import type { Bounds } from "../src/fault/limits.ts";
import { type Handshake, HandshakeReader } from "../src/index.ts";
import { pcap, type TestPacket } from "./support/capture-writer.ts";
import { framesOf, layersOf, readAll, type Segment, segmentsOf, type Utterance } from "./support/conversation.ts";
import { ethernet, ipv4, join } from "./support/packet-writer.ts";
import { handshake as messageOf, record } from "./support/records.ts";
import { encodeClientHello, encodeServerHello, wire } from "./support/wire.ts";

/** A client_hello for `name` that offers these suites. */
function clientHello(name: string, ...cipherSuites: number[]): Uint8Array {
  const serverName = wire((body) => body.vector16((list) => list.u8(0).vector16((text) => text.text(name))));
  const hello = { legacyVersion: 0x0303, random: new Uint8Array(32), sessionId: new Uint8Array(32), compressionMethods: [0] };
  return messageOf(1, encodeClientHello({ ...hello, cipherSuites, extensions: [{ type: 0, body: serverName }] }));
}

const serverHello = messageOf(
  2,
  encodeServerHello({
    legacyVersion: 0x0303,
    random: new Uint8Array(32),
    sessionId: new Uint8Array(0),
    cipherSuite: 0x0035,
    compressionMethod: 0,
  }),
);
const certificate = messageOf(
  11,
  wire((body) => body.vector24((list) => list.vector24((der) => der.raw(new Uint8Array(3_000))))),
);

const HELLO = record(22, clientHello("a.test", 0x0035, 0x002f), 0x0301);
const SERVER_HELLO = record(22, serverHello);
const CERTIFICATE = record(22, certificate);
const DONE = record(22, messageOf(14, []));
const REFUSAL = record(21, [2, 40]);
const BAD_CERTIFICATE = record(21, [2, 42]);

const client = (octets: Uint8Array): Utterance => ({ from: "client", octets });
const server = (octets: Uint8Array): Utterance => ({ from: "server", octets });

/** Segments before the data: SYN, SYN-ACK, ACK. */
const OPENING = 3;

const read = (segments: readonly Segment[]): Handshake[] => readPackets(framesOf(segments));
const readPackets = (packets: readonly TestPacket[]): Handshake[] => readAll(pcap(packets));

/** What a reader of a list sees of handshakes: the messages with their packets, and the end. */
function told(handshakes: readonly Handshake[]): string[] {
  return handshakes.map(({ transport, serverName, messages, outcome, failure }) => {
    const said = messages.map(
      ({ type, from, packets, malformed }) => `${from[0]} ${type} ${packets.join("+")}${malformed === undefined ? "" : " malformed"}`,
    );
    const end = failure === undefined ? outcome : `${failure.kind} by ${failure.by}${failure.alert ? ` ${failure.alert.name}` : ""}`;
    return [`${transport.client.port}>${transport.server.port} ${serverName ?? "-"}`, ...said, end].join(", ");
  });
}

/** Octets in halves. */
const halved = (octets: Uint8Array): Uint8Array[] => [octets.subarray(0, octets.length >> 1), octets.subarray(octets.length >> 1)];
/** Octets in pieces of a thousand. */
const inThousands = (octets: Uint8Array): Uint8Array[] =>
  Array.from({ length: Math.ceil(octets.length / 1_000) }, (_, index) => octets.subarray(index * 1_000, (index + 1) * 1_000));
/** The segment as a later connection would have it: sequence numbers far away. */
const later = (segment: Segment): Segment => ({
  ...segment,
  sequence: (segment.sequence + 1_000_000) >>> 0,
  acknowledgment: (segment.acknowledgment + 1_000_000) >>> 0,
});
/** The same list with two members exchanged. */
const swapped = <T>(list: readonly T[], one: number, other: number): T[] =>
  list.map((member, index) => (index === one ? list[other] : index === other ? list[one] : member) as T);

const suitesOf = ([first]: readonly Handshake[]): string[] | undefined =>
  first?.messages.flatMap((message) => (message.type === "client_hello" ? (message.cipherSuites ?? []).map(({ id }) => id) : []));

describe("octets of the file", () => {
  it("may be written over once they are read, whatever their array is: Node's buffers, too, whose slices are no copies", () => {
    // The first octets of a file are joined to what was needed to recognise it.
    const first = client(record(22, clientHello("a.test", ...Array.from({ length: 4_000 }, (_, suite) => suite))));
    const file = pcap(framesOf(segmentsOf([first, server(REFUSAL)])));
    const handshakes: Handshake[] = [];
    const reader = new HandshakeReader((one) => handshakes.push(one));
    const buffer = Buffer.from(file);
    reader.push(buffer);
    buffer.fill(0xff);
    reader.end();
    expect(handshakes).toEqual(readAll(file));
    expect(handshakes[0]?.failure?.alert?.name).toBe("handshake_failure");
  });
});

describe("the segments of a connection", () => {
  const refused = segmentsOf([client(HELLO), server(REFUSAL)]);
  const REFUSED = "40000>443 a.test, c client_hello 4, s alert 5, alert by server handshake_failure";

  it("are read as they come", () => {
    expect(told(read(refused))).toEqual([REFUSED]);
  });

  it("may come out of order; the message is complete with the one that came last", () => {
    const segments = segmentsOf([client(HELLO), server(REFUSAL)], (octets) => (octets === HELLO ? halved(octets) : [octets]));
    const [handshake] = read(swapped(segments, OPENING, OPENING + 1));
    expect(told([handshake as Handshake])).toEqual([REFUSED.replace("client_hello 4, s alert 5", "client_hello 4+5, s alert 6")]);
    expect(handshake?.messages[0]?.packet).toBe(5);
  });

  it("may come again with other content: what came first counts", () => {
    const forged = { ...(refused[OPENING] as Segment), octets: record(22, clientHello("b.test", 0x1301, 0x1302), 0x0301) };
    const handshakes = read(refused.toSpliced(OPENING + 1, 0, forged));
    expect(told(handshakes)).toEqual([REFUSED.replace("alert 5", "alert 6")]);
    expect(suitesOf(handshakes)).toEqual(["0x0035", "0x002f"]);
    expect(handshakes[0]?.events.filter(({ kind }) => kind === "retransmission").map(({ packet }) => packet)).toEqual([5]);
  });

  it("may wrap around the end of the sequence numbers", () => {
    const suites = Array.from({ length: 100 }, (_, index) => index + 1);
    const long = segmentsOf([client(record(22, clientHello("a.test", ...suites))), server(REFUSAL)], halved);
    expect((long[OPENING]?.sequence ?? 0) > (long[OPENING + 1]?.sequence ?? 0)).toBe(true);
    expect(suitesOf(read(long))).toHaveLength(100);
    expect(suitesOf(read(swapped(long, OPENING, OPENING + 1)))).toHaveLength(100);
  });

  it("may lack their SYN, because the capture began later", () => {
    expect(told(read(refused.slice(OPENING)))).toEqual([REFUSED.replace("client_hello 4, s alert 5", "client_hello 1, s alert 2")]);
  });

  it("may belong to a second connection between the same ports", () => {
    const second = segmentsOf([client(HELLO), server(SERVER_HELLO), server(DONE)]).map((segment) => later(segment));
    const handshakes = read([...refused, ...second]);
    expect(handshakes.map(({ id, stream }) => ({ id, stream }))).toEqual([
      { id: 1, stream: 0 },
      { id: 2, stream: 1 },
    ]);
    const [, other] = told(handshakes);
    expect(other).toContain("c client_hello 11, s server_hello 12, s server_hello_done 13");
  });

  it("may carry the hello in the SYN (RFC 7413)", () => {
    const [syn, synAck, ack, data, ...rest] = refused as [Segment, Segment, Segment, Segment, ...Segment[]];
    const fast = read([{ ...syn, octets: data.octets }, synAck, ack, ...rest]);
    expect(told(fast)).toEqual([REFUSED.replace("client_hello 4, s alert 5", "client_hello 1, s alert 4")]);
  });

  it("may be opened by the TLS server, as in active FTP", () => {
    const active = segmentsOf([server(HELLO), client(SERVER_HELLO), client(DONE), server(BAD_CERTIFICATE)]);
    expect(told(read(active))).toEqual([
      "443>40000 a.test, c client_hello 4, s server_hello 5, s server_hello_done 6, c alert 7, alert by client bad_certificate",
    ]);
  });

  it("may have a keep-alive with an octet of garbage among them", () => {
    const hello = refused[OPENING] as Segment;
    const keepAlive = { ...hello, sequence: (hello.sequence + hello.octets.length - 1) >>> 0, octets: new Uint8Array([0]) };
    expect(told(read(refused.toSpliced(OPENING + 1, 0, keepAlive)))).toEqual([REFUSED.replace("alert 5", "alert 6")]);
  });
});

describe("a capture that lacks something", () => {
  const flight = [client(HELLO), server(join(SERVER_HELLO, CERTIFICATE)), server(DONE), client(BAD_CERTIFICATE)];
  const segments = segmentsOf(flight, inThousands);

  it("has what there is of the certificate, and the alert that follows", () => {
    const [handshake] = read(segments.toSpliced(OPENING + 3, 1));
    expect(told([handshake as Handshake])).toEqual([
      "40000>443 a.test, c client_hello 4, s server_hello 5, s certificate 5+6 malformed, s server_hello_done 8, c alert 9, alert by client bad_certificate",
    ]);
    const broken = handshake?.messages.find(({ type }) => type === "certificate");
    expect(broken?.malformed).toMatch(/the capture holds \d+ of its 3006 octets/);
    expect(handshake?.events.filter(({ kind }) => kind === "gap")).toMatchObject([{ from: "server", length: 1_000 }]);
  });

  it("has the sides right where only the server was captured, and does not know the end", () => {
    const oneSide = segmentsOf(flight.slice(0, 3), inThousands).filter(({ from }) => from === "server");
    expect(told(read(oneSide))).toEqual(["40000>443 -, s server_hello 2, s certificate 2+3+4+5, s server_hello_done 6, incomplete"]);
  });

  it("has the alert where only the server was captured and refused", () => {
    const oneSide = segmentsOf([client(HELLO), server(REFUSAL)]).filter(({ from }) => from === "server");
    expect(told(read(oneSide))).toEqual(["40000>443 -, s alert 2, alert by server handshake_failure"]);
  });

  it("does not know the end where only the client was captured", () => {
    expect(told(read(segmentsOf([client(HELLO)]).filter(({ from }) => from === "client")))).toEqual([
      "40000>443 a.test, c client_hello 3, incomplete",
    ]);
  });

  it("has cut packets: what they hold is told, and the short alert is whole", () => {
    const snapped = framesOf(segmentsOf([client(HELLO), server(REFUSAL)])).map(({ octets, ...packet }) => ({
      ...packet,
      octets: octets.subarray(0, 110),
      wireLength: octets.length,
    }));
    const handshakes = readPackets(snapped);
    expect(told(handshakes)).toEqual(["40000>443 -, c client_hello 4 malformed, s alert 5, alert by server handshake_failure"]);
    expect(suitesOf(handshakes)).toEqual([]);
  });

  it("claims no version that a cut server_hello does not show", () => {
    const snapped = framesOf(segmentsOf([client(HELLO), server(SERVER_HELLO)])).map(({ octets, ...packet }, index) => ({
      ...packet,
      octets: index === OPENING + 1 ? octets.subarray(0, 80) : octets,
      wireLength: octets.length,
    }));
    const [handshake] = readPackets(snapped);
    expect(handshake?.messages.map(({ type }) => type)).toEqual(["client_hello", "server_hello"]);
    expect(handshake?.negotiated).toEqual({});
  });
});

describe("the messages of a connection", () => {
  it("may be spread over records and segments", () => {
    const message = clientHello("a.test", 0x0035, 0x002f);
    const pieces = [message.subarray(0, 3), message.subarray(3, 40), message.subarray(40)].map((piece) => record(22, piece, 0x0301));
    const segments = segmentsOf([client(join(...pieces)), server(REFUSAL)], (octets) =>
      octets.length < 50 ? [octets] : [octets.subarray(0, 7), octets.subarray(7, 51), octets.subarray(51)],
    );
    const handshakes = read(segments);
    expect(told(handshakes)).toEqual(["40000>443 a.test, c client_hello 4+5+6, s alert 7, alert by server handshake_failure"]);
    expect(suitesOf(handshakes)).toEqual(["0x0035", "0x002f"]);
  });

  it("may stand in one record together", () => {
    const flight = record(22, join(serverHello, certificate, messageOf(14, [])));
    expect(told(read(segmentsOf([client(HELLO), server(flight), client(BAD_CERTIFICATE)])))).toEqual([
      "40000>443 a.test, c client_hello 4, s server_hello 5, s certificate 5, s server_hello_done 5, c alert 6, alert by client bad_certificate",
    ]);
  });

  it("may hold several hellos: they are one handshake", () => {
    const again = record(22, clientHello("a.test", 0x002f));
    const handshakes = read(segmentsOf([client(HELLO), server(SERVER_HELLO), client(again), server(REFUSAL)]));
    expect(told(handshakes)).toEqual([
      "40000>443 a.test, c client_hello 4, s server_hello 5, c client_hello 6, s alert 7, alert by server handshake_failure",
    ]);
    expect(suitesOf(handshakes)).toEqual(["0x0035", "0x002f", "0x002f"]);
  });

  it("may come after plaintext in the same segment", () => {
    const greeting = Uint8Array.from("EHLO a\r\nSTARTTLS\r\n", (sign) => sign.charCodeAt(0));
    const [handshake] = read(segmentsOf([client(join(greeting, HELLO)), server(REFUSAL)]));
    expect(told([handshake as Handshake])).toEqual(["40000>443 a.test, c client_hello 4, s alert 5, alert by server handshake_failure"]);
    expect(handshake?.startTls).toBe("smtp");
  });
});

function notesOf(packets: readonly TestPacket[], limits: Partial<Bounds>): string[] {
  const reader = new HandshakeReader(() => {}, { limits });
  reader.push(pcap(packets));
  return reader.end().notes.map(({ message }) => message);
}

describe("the caps on memory", () => {
  const said = [client(HELLO), server(join(SERVER_HELLO, CERTIFICATE, DONE))];

  it("say nothing where they do not bite", () => {
    expect(notesOf(framesOf(segmentsOf(said)), {})).toEqual([]);
  });

  it("tell of a message that is too long for them, and of the same message nothing where they are higher", () => {
    expect(notesOf(framesOf(segmentsOf(said)), { messageOctets: 1_000 })).toEqual([
      "1 handshake message of more than 1000 octets not read",
    ]);
    expect(notesOf(framesOf(segmentsOf(said)), { messageOctets: 4_000 })).toEqual([]);
  });

  it("tell of connections that were given up", () => {
    const packets = [1, 2, 3].flatMap((last) =>
      framesOf(segmentsOf(said), (segment) => {
        const { segment: payload, addresses } = layersOf(segment);
        const other = segment.from === "client" ? { ...addresses, source: [10, 9, 9, last] } : { ...addresses, target: [10, 9, 9, last] };
        return [ethernet(ipv4(payload, other))];
      }),
    );
    expect(notesOf(packets, { flows: 2 })).toEqual(["1 connection given up because too many were open, or they held too much"]);
    expect(notesOf(packets, { flows: 3 })).toEqual([]);
  });

  it("tell of gaps that were no longer waited for", () => {
    const segments = segmentsOf(said, (octets) =>
      [octets.slice(0, 100), octets.slice(100, 2_000), octets.slice(2_000)].filter(({ length }) => length > 0),
    );
    const late = segments.filter(({ from, octets }) => from === "server" && octets.length > 0);
    const order = [...segments.filter((segment) => !late.includes(segment)), ...late.slice(1), ...late.slice(0, 1)];
    expect(notesOf(framesOf(order), { queuedOctets: 500 })).toEqual(["1 gap given up, because too much was queued behind it"]);
    expect(notesOf(framesOf(order), {})).toEqual([]);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("cannot be %d", (flows) => {
    expect(() => new HandshakeReader(() => {}, { limits: { flows } })).toThrow(RangeError);
  });
});

describe("what is no octets", () => {
  it("is refused, not passed by", () => {
    expect(() => new HandshakeReader(() => {}).push("octets" as never)).toThrow(TypeError);
  });
});
