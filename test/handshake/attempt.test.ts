import { describe, expect, it } from "vitest";
import type { FlowEvent } from "../../src/flow/flow.ts";
import type { SideIndex } from "../../src/flow/pair.ts";
import { attemptOf } from "../../src/handshake/attempt.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import type { Said } from "../../src/record/prelude/talk.ts";
import { latin1, mysqlGreeting, prelogin, SSL_REQUEST } from "../support/dialogue.ts";

interface Circumstances {
  readonly opener?: SideIndex | null;
  readonly seconds?: number;
  readonly isOneSided?: boolean;
}

/** Packets, a second apart: `syn 0` is an event of a side, `C: words` what the client said, `S: words` the server. The client is side 0. */
function attemptIn(
  packets: readonly string[],
  { opener = 0, seconds = packets.length, isOneSided = false }: Circumstances = {},
): Handshake | undefined {
  const events: FlowEvent[] = [];
  const dialogue: Said[] = [];
  for (const [index, line] of packets.entries()) {
    const moment = { number: index + 1, time: index * 1_000_000, nanos: 0, digits: 6 };
    if (/^[CS]: /.test(line)) {
      const said = { side: line.startsWith("C") ? 0 : 1, octets: latin1(line.slice(3)), packet: index + 1 } as const;
      dialogue.push(said);
      events.push({ kind: "segment", side: said.side, moment, length: said.octets.length });
    } else {
      const [kind, side] = line.split(" ") as [FlowEvent["kind"], string];
      events.push({ kind, side: Number(side) as SideIndex, moment });
    }
  }
  return attemptOf({
    stream: 0,
    endpoints: [
      { address: "192.0.2.1", port: 1000 },
      { address: "192.0.2.2", port: 443 },
    ],
    opener,
    events,
    dialogue,
    answer: null,
    notes: [],
    isOneSided,
    tunnels: [],
    endTime: seconds * 1_000_000,
  });
}

function attempt(packets: readonly string[], circumstances?: Circumstances): string {
  const handshake = attemptIn(packets, circumstances);
  if (handshake?.failure === undefined) return "nothing";
  const { kind, by, packet, text, protocol, notOffered } = handshake.failure;
  const more = [protocol, notOffered ? "not offered" : undefined].filter((part) => part !== undefined);
  return [handshake.startTls ?? handshake.via ?? "", kind, by, packet, ...more, text ?? ""].join(" ").trim();
}

const open = ["syn 0", "syn-ack 1"];
const gone = ["fin 0", "fin 1"];

describe("a connection on which TLS never began", () => {
  it.each<[string, readonly string[], string, Circumstances?]>([
    ["a closed port", ["syn 0", "rst 1"], "refused server 2"],
    ["a SYN that nobody answers", ["syn 0", "syn 0", "syn 0"], "refused path 3"],
    ["one SYN, and silence", ["syn 0"], "refused path 1", { seconds: 10 }],
    ["one SYN at the end of the capture", ["syn 0"], "nothing", { seconds: 1 }],
    ["a connection that somebody else uses", [...open, "C: GET / HTTP/1.1\r\n", "S: HTTP/1.1 404 Not Found\r\n", ...gone], "nothing"],
    [
      "mail without STARTTLS that works",
      [...open, "S: 220 x\r\n", "C: EHLO me\r\n", "S: 250 ok\r\n", "C: MAIL FROM\r\n", ...gone],
      "nothing",
    ],
    [
      "SMTP that refuses STARTTLS",
      [...open, "S: 220 x\r\n", "C: EHLO me\r\n", "S: 250 ok\r\n", "C: STARTTLS\r\n", "S: 454 TLS not available\r\n"],
      "smtp starttls-refused server 7 454 TLS not available",
    ],
    [
      "SMTP that refuses STARTTLS, after which both take their leave",
      [
        "S: 220 x\r\n",
        "C: EHLO me\r\nSTARTTLS\r\n",
        "S: 250 ok\r\n",
        "S: 454 no \xff no TLS\r\n",
        "C: QUIT\r\n",
        "S: 221 bye\r\n",
        ...gone,
      ],
      String.raw`smtp starttls-refused server 4 454 no \xff no TLS`,
    ],
    [
      "SMTP that refuses STARTTLS, captured from the banner on",
      ["S: 220 x\r\n", "C: EHLO me\r\nSTARTTLS\r\n", "S: 250 ok\r\n454 no\r\n"],
      "smtp starttls-refused server 3 454 no",
      { opener: null },
    ],
    [
      "IMAP that refuses STARTTLS",
      [...open, "S: * OK x\r\n", "C: a STARTTLS\r\n", "S: a NO not here\r\n"],
      "imap starttls-refused server 5 a NO not here",
    ],
    ["PostgreSQL without TLS", [...open, `C: ${SSL_REQUEST}`, "S: N", ...gone], "postgresql starttls-refused server 4 N"],
    [
      "a proxy that refuses",
      [...open, "C: CONNECT x:443 HTTP/1.1\r\n\r\n", "S: HTTP/1.1 403 Forbidden\r\n\r\n"],
      "http-connect proxy path 4 HTTP/1.1 403 Forbidden",
    ],
    ["a proxy that goes away", [...open, "C: CONNECT x:443 HTTP/1.1\r\n\r\n", "fin 1", "fin 0"], "http-connect proxy path 4"],
    ["a client that does not wait for its proxy", [...open, "C: CONNECT x:443 HTTP/1.1\r\n\r\n", ...gone], "nothing"],
    [
      "a proxy of which only the client was captured",
      [...open, "C: CONNECT x:443 HTTP/1.1\r\n\r\n", "fin 1"],
      "nothing",
      { isOneSided: true },
    ],
    ["a server that goes away when asked for TLS", [...open, "S: * OK x\r\n", "C: a STARTTLS\r\n", "rst 1"], "imap reset server 5"],
    ["a database that goes away when asked for TLS", [...open, `C: ${SSL_REQUEST}`, "fin 1"], "postgresql close server 4"],
    ["a server with a hole before it goes away", [...open, "S: * OK x\r\n", "C: a STARTTLS\r\n", "gap 1", "fin 1"], "nothing"],
    [
      "SMTP that does not offer STARTTLS, and a client that leaves for it",
      [...open, "S: 220 x\r\n", "C: EHLO me\r\n", "S: 250-x\r\n250 HELP\r\n", "C: QUIT\r\n", ...gone],
      "smtp starttls-refused server 5 not offered 250-x 250 HELP",
    ],
    [
      "the same, without a goodbye",
      [...open, "S: 220 x\r\n", "C: EHLO me\r\n", "S: 250-x\r\n250 HELP\r\n", "fin 0"],
      "smtp starttls-refused server 5 not offered 250-x 250 HELP",
    ],
    [
      "SMTP that does not offer STARTTLS, and goes away itself",
      [...open, "C: EHLO me\r\n", "S: 250 HELP\r\n", "fin 1", "fin 0"],
      "nothing",
    ],
    ["SMTP that does not offer STARTTLS, still open", [...open, "C: EHLO me\r\n", "S: 250 HELP\r\n"], "nothing"],
    [
      "MySQL without TLS, and a client that leaves for it",
      [...open, `S: ${mysqlGreeting(false)}`, ...gone],
      "mysql starttls-refused server 3 not offered Handshake protocol 10, server 8.0.36, without CLIENT_SSL",
    ],
    ["MySQL with TLS that is only looked at", [...open, `S: ${mysqlGreeting(true)}`, ...gone], "nothing"],
    [
      "TDS without TLS",
      [...open, `C: ${prelogin(18, 1)}`, `S: ${prelogin(4, 2)}`, ...gone],
      "tds starttls-refused server 4 ENCRYPTION ENCRYPT_NOT_SUP",
    ],
    [
      "TDS where the client is without",
      [...open, `C: ${prelogin(18, 2)}`, `S: ${prelogin(4, 3)}`, ...gone],
      "tds starttls-refused client 3 ENCRYPTION ENCRYPT_NOT_SUP",
    ],
    [
      "HTTP to a server of TLS that explains itself",
      [
        ...open,
        "C: GET /?a=b HTTP/1.1\r\n\r\n",
        "S: HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n",
        ...gone,
      ],
      "not-tls client 3 http GET /?[redacted] HTTP/1.1",
    ],
    [
      "HTTP to a server that goes away without a word",
      [...open, "C: GET / HTTP/1.1\r\n\r\n", "fin 1", "fin 0"],
      "not-tls client 3 http GET / HTTP/1.1",
    ],
    ["HTTP of a client that goes away itself", [...open, "C: GET / HTTP/1.1\r\n\r\n", ...gone], "nothing"],
    ["octets that nobody knows, and a server that goes away", [...open, "C: \x01\x02\x03\x04", "fin 1", "fin 0"], "nothing"],
  ])("%s", (_, packets, wanted, circumstances) => {
    expect(attempt(packets, circumstances)).toBe(wanted);
  });

  it("keeps what was said", () => {
    const refused = attemptIn([
      ...open,
      "C: CONNECT x:443 HTTP/1.1\r\nProxy-Authorization: Basic c2VjcmV0\r\n\r\n",
      "S: HTTP/1.1 403 No\r\n\r\n",
    ]);
    expect(refused).toMatchObject({
      via: "http-connect",
      proxyTarget: "x:443",
      dialogue: [
        { from: "client", packet: 3, text: "CONNECT x:443 HTTP/1.1" },
        { from: "client", packet: 3, text: "Proxy-Authorization: [redacted]" },
        { from: "server", packet: 4, text: "HTTP/1.1 403 No" },
      ],
    });
  });

  it("names the sides by their words where nobody was seen to open it", () => {
    const refused = attemptIn(
      ["S: 220 x\r\n", "C: EHLO me\r\nSTARTTLS\r\n", "S: 250 ok\r\n454 no\r\n"].map((line) =>
        line.startsWith("C") ? `S${line.slice(1)}` : `C${line.slice(1)}`,
      ),
      { opener: null },
    );
    expect(refused?.transport.client.port).toBe(443);
    expect(refused?.dialogue?.[0]).toMatchObject({ from: "server", text: "220 x" });
  });
});
