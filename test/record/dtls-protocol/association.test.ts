import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../src/fault/limits.ts";
import { dtlsHello, dtlsRecord, fragment } from "../../support/dtls.ts";
import { join } from "../../support/records.ts";
import {
  read,
  recognises,
  message,
  filled,
  whole,
  HELLO,
  VERIFY,
  HELLO_AGAIN,
  SERVER_HELLO,
  CERTIFICATE,
  DONE,
  KEY,
  CHANGED,
  hidden,
  type Sent,
} from "./datagrams.ts";

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
