import { describe, expect, it } from "vitest";
import { close, crypto, negotiation, retry, sealedLong, sealedShort } from "../../support/quic.ts";
import { handshake, helloBody, join } from "../../support/records.ts";
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
  one,
  part,
  hello,
} from "./datagrams.ts";

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
