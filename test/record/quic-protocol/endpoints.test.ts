import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../src/fault/limits.ts";
import { crypto, negotiation, retry, sealedLong, sealedShort, varint } from "../../support/quic.ts";
import { join } from "../../support/records.ts";
import {
  type Sent,
  CLIENT_HELLO,
  SERVER_HELLO,
  MADE_UP,
  OWN,
  SERVER,
  RETRIED,
  fromClient,
  fromServer,
  HELLO,
  ANSWER,
  read,
  one,
  recognises,
  version,
  frame,
  nameless,
  answerTo,
  hello,
} from "./datagrams.ts";

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
