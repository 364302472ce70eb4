import { describe, expect, it } from "vitest";
import type { Handshake } from "../../src/index.ts";
import { pcap } from "../support/capture-writer.ts";
import { framesOf, readAll, segmentsOf, type Utterance } from "../support/conversation.ts";
import { latin1, prelogin, tdsPacket } from "../support/dialogue.ts";
import { handshake, join, record } from "../support/records.ts";
import { encodeClientHello, encodeServerHello } from "../support/wire.ts";

const random = new Uint8Array(32).fill(7);
const none = new Uint8Array(0);
const HELLO = record(
  22,
  handshake(1, encodeClientHello({ legacyVersion: 0x0303, random, sessionId: none, cipherSuites: [0x002f], compressionMethods: [0] })),
);
const ANSWER = record(
  22,
  join(
    handshake(2, encodeServerHello({ legacyVersion: 0x0303, random, sessionId: none, cipherSuite: 0x002f, compressionMethod: 0 })),
    handshake(14, []),
  ),
);
const FINISH = join(record(22, handshake(16, new Uint8Array(66))), record(20, [1]), record(22, new Uint8Array(40).fill(0xee)));
const DONE = join(record(20, [1]), record(22, new Uint8Array(40).fill(0xee)));
const DATA = record(23, new Uint8Array(200).fill(0xdd));
/** A hello in the form of SSL 2.0 that offers TLS 1.0: three ciphers, a challenge of 16 octets. */
const SSLV2_FORM = join([0x80, 0x22, 1, 3, 1, 0, 9, 0, 0, 0, 16, 0, 0, 0x2f, 0, 0, 0x35, 0, 0, 0x0a], new Uint8Array(16).fill(9));
const FAILURE = record(21, [2, 40]);

function wrapped(octets: Uint8Array): Uint8Array {
  return latin1(tdsPacket(18, String.fromCharCode(...octets)));
}

/** `C: words` or octets of a side, in turn. */
type Said = string | readonly ["C" | "S", Uint8Array];

function only(...turns: readonly Said[]): Handshake {
  const utterances = turns.map((turn): Utterance => {
    const [who, octets] = typeof turn === "string" ? [turn.charAt(0), latin1(turn.slice(3))] : turn;
    return { from: who === "C" ? "client" : "server", octets };
  });
  const handshakes = readAll(pcap(framesOf(segmentsOf(utterances))));
  expect(handshakes).toHaveLength(1);
  return handshakes[0] as Handshake;
}

const WHOLE: readonly Said[] = [
  ["C", HELLO],
  ["S", ANSWER],
  ["C", FINISH],
  ["S", DONE],
  ["C", DATA],
  ["S", DATA],
];
const STARTTLS: readonly Said[] = ["S: 220 mail ESMTP\r\n", "C: EHLO me\r\n", "S: 250 STARTTLS\r\n", "C: STARTTLS\r\n", "S: 220 go\r\n"];
const CONNECT: readonly Said[] = ["C: CONNECT a.test:443 HTTP/1.1\r\n\r\n", "S: HTTP/1.1 200 OK\r\n\r\n"];

describe("plaintext before a handshake", () => {
  it("is told with it", () => {
    const { startTls, dialogue, outcome } = only(...STARTTLS, ...WHOLE);
    expect({ startTls, outcome }).toEqual({ startTls: "smtp", outcome: "established" });
    expect(dialogue?.map(({ from, packet, text }) => `${from} ${packet} ${text}`)).toEqual([
      "server 4 220 mail ESMTP",
      "client 5 EHLO me",
      "server 6 250 STARTTLS",
      "client 7 STARTTLS",
      "server 8 220 go",
    ]);
    expect(only(...WHOLE)).not.toHaveProperty("dialogue");
  });

  it("may be answered after the hello was sent: that is no answer to the hello", () => {
    const early = only(...STARTTLS.slice(0, 4), ["C", HELLO], "S: 220 go\r\n", ...WHOLE.slice(1));
    expect(early).toMatchObject({ startTls: "smtp", outcome: "established" });
    expect(early.dialogue?.at(-1)).toEqual({ from: "server", packet: 9, text: "220 go" });
  });

  it.each([
    ["STARTTLS", STARTTLS, { startTls: "smtp" }],
    ["CONNECT", CONNECT, { via: "http-connect", proxyTarget: "a.test:443" }],
  ])("may be followed by a hello in the form of SSL 2.0: %s", (_, before, wanted) => {
    const found = only(...before, ["C", SSLV2_FORM], ["S", ANSWER], ["C", FINISH], ["S", DONE]);
    expect(found).toMatchObject({ ...wanted, protocol: "tls", outcome: "established" });
    expect(found.messages[0]).toMatchObject({ type: "client_hello", sslv2: true });
  });

  it.each<[string, object, ...Said[]]>([
    [
      "refused before",
      { kind: "starttls-refused", by: "server", packet: 8, text: "454 no" },
      ...STARTTLS.slice(0, 4),
      "S: 454 no\r\n",
      ["C", HELLO],
      "S: 500 what?\r\n",
    ],
    [
      "refused after",
      { kind: "starttls-refused", by: "server", packet: 9, text: "454 no" },
      ...STARTTLS.slice(0, 4),
      ["C", HELLO],
      "S: 454 no\r\n",
    ],
    [
      "refused by a proxy",
      { kind: "proxy", by: "path", packet: 6, text: "HTTP/1.1 403 No" },
      CONNECT[0] as Said,
      ["C", HELLO],
      "S: HTTP/1.1 403 No\r\n\r\n",
    ],
  ])("may have been in vain, and the hello sent all the same: %s", (_, failure, ...turns) => {
    const found = only(...turns);
    expect(found).toMatchObject({ outcome: "failed" });
    expect(found.failure).toEqual(failure);
    expect(found.dialogue?.at(-1)?.text).toBe((failure as { text: string }).text);
  });

  it("is taken off TLS in TDS", () => {
    const found = only(
      `C: ${prelogin(18, 0)}`,
      `S: ${prelogin(4, 0)}`,
      ["C", wrapped(HELLO)],
      ["S", wrapped(ANSWER)],
      ["C", wrapped(FINISH)],
      ["S", wrapped(DONE)],
      ["C", DATA],
    );
    expect(found).toMatchObject({ startTls: "tds", outcome: "established" });
    expect(found.messages.map(({ type, packet }) => `${type} ${packet}`).slice(0, 3)).toEqual([
      "client_hello 6",
      "server_hello 7",
      "server_hello_done 7",
    ]);
  });
});

describe("plaintext in the place of TLS", () => {
  it.each<[string, Said, object]>([
    ["HTTP", "S: HTTP/1.1 400 Bad Request\r\n\r\n", { protocol: "http", text: "HTTP/1.1 400 Bad Request" }],
    ["SMTP", "S: 220 mail ESMTP Exim\r\n", { protocol: "smtp", text: "220 mail ESMTP Exim" }],
    ["SSH", "S: SSH-2.0-OpenSSH_9.2\r\n", { protocol: "ssh" }],
    ["IMAP", "S: * BAD what\r\n", { protocol: "imap" }],
    ["POP3", "S: -ERR what\r\n", { protocol: "pop3" }],
    ["FTP", "S: 220 FTP server ready\r\n", { protocol: "ftp" }],
    ["MySQL", "S: \x4a\0\0\0\x0a8.0.36\0\x01\x02", { protocol: "mysql" }],
    ["PostgreSQL", "S: E\0\0\0\x8aSFATAL\0C0A000\0Munsupported\0\0", { protocol: "postgresql" }],
    ["HTTP/2", "S: \0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x64", { protocol: "http2" }],
    ["a SOCKS proxy", "S: \x05\xff", { protocol: "socks5" }],
    ["words that nobody knows", "S: go away\r\n", { text: "go away" }],
    ["octets that nobody knows", "S: \x01\x02\x80\x81\xfe", { text: String.raw`\x01\x02\x80\x81\xfe` }],
  ])("is an answer to the hello: %s", (_, answer, wanted) => {
    const { outcome, failure } = only(["C", HELLO], answer);
    expect(outcome).toBe("failed");
    expect(failure).toMatchObject({ kind: "not-tls", by: "server", packet: 5, after: "client_hello", ...wanted });
    if (!("protocol" in wanted)) expect(failure).not.toHaveProperty("protocol");
  });

  it("may come in pieces", () => {
    expect(only(["C", HELLO], "S: HTTP/1.1 40", "S: 0 Bad Request\r\n").failure).toMatchObject({
      packet: 5,
      text: "HTTP/1.1 400 Bad Request",
    });
  });

  it.each([
    ["silence", []],
    ["an alert of the client", [["C", FAILURE]]],
  ] as [string, Said[]][])("may come before the hello, and be followed by %s", (_, after) => {
    const found = only("S: 220 mail.example.test ESMTP Postfix\r\n", ["C", HELLO], ...after);
    expect(found).not.toHaveProperty("startTls");
    expect(found.failure).toEqual({
      kind: "not-tls",
      by: "server",
      packet: 4,
      text: "220 mail.example.test ESMTP Postfix",
      protocol: "smtp",
    });
  });

  it("is not seen where the server speaks TLS after all", () => {
    expect(only("S: 220 mail ESMTP\r\n", ...WHOLE).outcome).toBe("established");
    expect(only("S: 220 mail ESMTP\r\n", ["C", HELLO], ["S", FAILURE]).failure).toMatchObject({ kind: "alert", by: "server" });
  });

  it.each<[string, Said, object]>([
    ["HTTP", "C: GET /x?key=secret HTTP/1.1\r\nHost: a\r\n\r\n", { protocol: "http", text: "GET /x?[redacted] HTTP/1.1" }],
    ["a login", "C: alice secret\r\n", { text: "[14 octets]" }],
  ])("may be the client's, and the server's alert the answer: %s", (_, words, wanted) => {
    const { outcome, failure, messages } = only(words, ["S", FAILURE]);
    expect(outcome).toBe("failed");
    expect(failure).toEqual({ kind: "not-tls", by: "client", packet: 4, ...wanted });
    expect(messages.map(({ type }) => type)).toEqual(["alert"]);
  });

  it("is not the client's where only octets are seen", () => {
    expect(only("C: \x01\x02\x80\x81\xfe", ["S", FAILURE]).failure).toMatchObject({ kind: "alert", by: "server" });
  });

  it("is not taken from records in the frames of something else", () => {
    const framed = join([0, ANSWER.length + 1, 0x20], ANSWER);
    expect(only(["C", HELLO], ["S", framed])).toMatchObject({ outcome: "incomplete" });
  });
});

describe("TLS in packets of OpenVPN", () => {
  it("is not judged by what cannot be read of it", () => {
    const reset = "\0\x0e\x38abcdefgh\0\0\0\0\0";
    const answer = "\0\x1a\x40ijklmnop\x01\0\0\0\0abcdefgh\0\0\0\0";
    const carried = join([0, HELLO.length + 14, 0x20], latin1("abcdefgh\0\0\0\0\x01"), HELLO);
    const found = only(`C: ${reset}`, `S: ${answer}`, ["C", carried], "S: \0\x16\x28ijklmnop\x01\0\0\0\x01abcdefgh");
    expect(found.messages.map(({ type }) => type)).toEqual(["client_hello"]);
    expect(found.outcome).toBe("incomplete");
  });
});

describe("what a capture that began late shows of it", () => {
  it("is no plaintext if it is ciphertext", () => {
    const middle = new Uint8Array(300).map((_, at) => (at * 151 + 89) & 255);
    const segments = segmentsOf([
      { from: "client", octets: HELLO },
      { from: "server", octets: middle },
    ]).slice(3, -2);
    const [found] = readAll(pcap(framesOf(segments)));
    expect(found?.failure).toBeUndefined();
    expect(found?.outcome).toBe("incomplete");
  });
});
