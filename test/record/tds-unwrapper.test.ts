import { describe, expect, it } from "vitest";
import { TlsStream } from "../../src/record/tls-stream.ts";
import { latin1, prelogin, tdsPacket } from "../support/dialogue.ts";
import { handshake, helloBody, join, record } from "../support/records.ts";

const HELLO = record(22, handshake(1, helloBody(300)));
const ANSWER = join(record(22, handshake(2, helloBody())), record(22, join(handshake(11, new Uint8Array(700)), handshake(14, []))));
const FINISH = join(record(22, handshake(16, new Uint8Array(66))), record(20, [1]), record(22, new Uint8Array(40).fill(0xee)));

/** Octets in TDS packets with at most `size` octets of payload each. */
function wrap(octets: Uint8Array, size = octets.length): Uint8Array {
  const packets: Uint8Array[] = [];
  for (let at = 0; at < octets.length; at += size)
    packets.push(latin1(tdsPacket(18, String.fromCharCode(...octets.subarray(at, at + size)))));
  return join(...packets);
}

type Turn = readonly [side: 0 | 1, octets: Uint8Array | string];

/** Gives a stream the turns, each cut into packets of `cut` octets, and tells what it read. */
function read(turns: readonly Turn[], cut = 10_000): { stream: TlsStream; told: string[] } {
  const stream = new TlsStream(() => 1);
  let number = 0;
  for (const [side, given] of turns) {
    const octets = typeof given === "string" ? latin1(given) : given;
    for (let at = 0; at < octets.length; at += cut) {
      const moment = { number: ++number, time: number, nanos: 0, digits: 6 };
      stream.octets(side, octets, at, Math.min(octets.length, at + cut), number, moment);
    }
  }
  stream.end();
  const told = stream.messages.map((message) => `${message.side} ${message.kind === "handshake" ? message.handshakeType : message.kind}`);
  return { stream, told };
}

const PRELOGINS: readonly Turn[] = [
  [0, prelogin(18, 1)],
  [1, prelogin(4, 1)],
];
const ALL = ["0 1", "1 2", "1 11", "1 14", "0 16", "0 change_cipher_spec"];

describe("TLS in packets of TDS", () => {
  it.each([10_000, 100, 7])("is read where packets hold %i octets of it", (size) => {
    const { stream, told } = read([...PRELOGINS, [0, wrap(HELLO, size)], [1, wrap(ANSWER, size)], [0, wrap(FINISH, size)]]);
    expect(told).toEqual(ALL);
    expect(stream.messages.map(({ packets }) => packets)).toEqual([[3], [4], [4], [4], [5], [5]]);
    expect(stream.encrypted).toMatchObject([{ side: 0, content: 22, length: 40 }]);
    expect(stream.dialogue.map(({ side, packet }) => [side, packet])).toEqual(
      expect.arrayContaining([
        [0, 1],
        [1, 2],
      ]),
    );
    expect(stream.answer).toBeNull();
  });

  it.each([1, 5, 8, 9, 64])("is read where segments hold %i octets", (cut) => {
    const { stream, told } = read([...PRELOGINS, [0, wrap(HELLO, 100)], [1, wrap(ANSWER, 100)], [0, wrap(FINISH)]], cut);
    expect(told).toEqual(ALL);
    expect(stream.answer).toBeNull();
  });

  it("is read bare after the handshake, and from the beginning", () => {
    const data = record(23, new Uint8Array(200).fill(0xdd));
    const { stream, told } = read([...PRELOGINS, [0, wrap(HELLO)], [1, wrap(ANSWER)], [0, wrap(FINISH)], [0, data], [1, data]]);
    expect(told).toEqual(ALL);
    expect(stream.encrypted.map(({ side, content }) => `${side} ${content}`)).toEqual(["0 22", "0 23", "1 23"]);
    expect(
      read([
        [0, HELLO],
        [1, ANSWER],
      ]).told,
    ).toEqual(["0 1", "1 2", "1 11", "1 14"]);
  });

  it("is read where the capture began after the PRELOGIN", () => {
    expect(
      read([
        [0, wrap(HELLO)],
        [1, wrap(ANSWER)],
      ]).told,
    ).toEqual(["0 1", "1 2", "1 11", "1 14"]);
  });

  it("is read where the capture's first side is the server", () => {
    const swapped = [...PRELOGINS, [0, wrap(HELLO)], [1, wrap(ANSWER)]].map(([side, octets]): Turn => [
      side === 0 ? 1 : 0,
      octets as Uint8Array,
    ]);
    expect(read(swapped).told).toEqual(["1 1", "0 2", "0 11", "0 14"]);
  });

  it("ends in plaintext where only the login is encrypted", () => {
    const { stream, told } = read([
      ...PRELOGINS,
      [0, wrap(HELLO)],
      [1, wrap(ANSWER)],
      [0, record(23, new Uint8Array(90))],
      [1, tdsPacket(4, "\xfd\0\0\0\0\0\0")],
    ]);
    expect(told).toEqual(ALL.slice(0, 4));
    expect(stream.answer).toBeNull();
  });

  it("goes on after a hole within a packet", () => {
    const stream = new TlsStream(() => 1);
    const moment = { number: 1, time: 1, nanos: 0, digits: 6 };
    const wrapped = wrap(ANSWER, 2_000);
    stream.octets(0, wrap(HELLO), 0, HELLO.length + 8, 1, moment);
    stream.octets(1, wrapped, 0, 200, 2, moment);
    stream.gap(1, 300);
    stream.octets(1, wrapped, 500, wrapped.length, 3, moment);
    stream.octets(1, wrap(record(21, [2, 40])), 0, 15, 4, moment);
    stream.end();
    expect(stream.messages.map(({ kind, side }) => `${side} ${kind}`)).toEqual(["0 handshake", "1 handshake", "1 handshake", "1 alert"]);
  });

  it.each<[string, Uint8Array | string]>([
    ["an octet 18 that begins no packet", "\x12\x01\0\0\0\0\0\0plain"],
    ["an octet 18 alone", "\x12"],
    ["an octet 4", "\x04\x01\0\x20\0\0\x01\0plain"],
  ])("is not taken from %s", (_, octets) => {
    const { stream } = read([[0, octets]]);
    const said = join(...stream.dialogue.map((piece) => piece.octets));
    expect([...said]).toEqual([...(typeof octets === "string" ? latin1(octets) : octets)]);
  });

  it("survives every cut", () => {
    const whole = join(latin1(prelogin(18, 1)), wrap(HELLO, 50));
    for (let end = 0; end < whole.length; end++)
      expect(() =>
        read([
          [0, whole.subarray(0, end)],
          [1, wrap(ANSWER).subarray(0, end)],
        ]),
      ).not.toThrow();
  });
});
