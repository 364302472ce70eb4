import { describe, expect, it } from "vitest";
import type { FlowEvent } from "../../src/flow/flow.ts";
import type { SideIndex } from "../../src/flow/flow-index.ts";
import { attemptOf } from "../../src/handshake/attempt.ts";

const octets = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

/** Events are `kind side length`, a second apart, packet numbers from 1; the client is side 0. */
function attempt(events: readonly string[], dialogue: readonly [string, string] = ["", ""], seconds = events.length): string {
  const told = events.map((line, index): FlowEvent => {
    const [kind, side, length = 0] = line.split(" ") as [FlowEvent["kind"], string, string?];
    const moment = { number: index + 1, time: index * 1_000_000, nanos: 0, digits: 6 };
    return { kind, side: Number(side) as SideIndex, moment, length: Number(length) };
  });
  const handshake = attemptOf({
    stream: 0,
    endpoints: [
      { address: "192.0.2.1", port: 1000 },
      { address: "192.0.2.2", port: 443 },
    ],
    opener: 0,
    events: told,
    dialogue: [octets(dialogue[0]), octets(dialogue[1])],
    answer: null,
    notes: [],
    isOneSided: false,
    tunnels: [],
    endTime: seconds * 1_000_000,
  });
  if (handshake?.failure === undefined) return "nothing";
  const { kind, by, packet, text } = handshake.failure;
  return [handshake.startTls ?? handshake.via ?? "", kind, by, packet, text ?? ""].join(" ").trim();
}

const talk = ["syn 0", "syn-ack 1", "segment 1", "segment 0", "segment 1"];

describe("a connection on which TLS never began", () => {
  it.each([
    ["a closed port", attempt(["syn 0", "rst 1"]), "refused server 2"],
    ["a SYN that nobody answers", attempt(["syn 0", "syn 0", "syn 0"]), "refused path 3"],
    ["one SYN, and silence", attempt(["syn 0"], ["", ""], 10), "refused path 1"],
    ["one SYN at the end of the capture", attempt(["syn 0"], ["", ""], 1), "nothing"],
    ["a connection that somebody else uses", attempt(talk, ["GET / HTTP/1.1\r\n", "HTTP/1.1 404 Not Found\r\n"]), "nothing"],
    ["mail without STARTTLS that works", attempt(talk, ["EHLO me\r\nMAIL FROM\r\n", "220 x\r\n250 ok\r\n"]), "nothing"],
    [
      "SMTP that refuses STARTTLS",
      attempt(talk, ["EHLO me\r\nSTARTTLS\r\n", "220 x\r\n250 ok\r\n454 TLS not available\r\n"]),
      "smtp starttls-refused server 5 454 TLS not available",
    ],
    [
      "SMTP that refuses STARTTLS, after which both take their leave",
      attempt(
        ["segment 1 7", "segment 1 8", "segment 0 18", "segment 1 18", "segment 0 6", "segment 1 9"],
        ["EHLO me\r\nSTARTTLS\r\nQUIT\r\n", "220 x\r\n250 ok\r\n454 no \xff no TLS\r\n221 bye\r\n"],
      ),
      String.raw`smtp starttls-refused server 4 454 no \xff no TLS`,
    ],
    [
      "IMAP that refuses STARTTLS",
      attempt(talk, ["a STARTTLS\r\n", "* OK x\r\na NO not here\r\n"]),
      "imap starttls-refused server 5 a NO not here",
    ],
    ["PostgreSQL without TLS", attempt(talk, ["\x00\x00\x00\x08\x04\xd2\x16\x2f", "N"]), "postgresql starttls-refused server 5 N"],
    [
      "a proxy that refuses",
      attempt(talk, ["CONNECT x:443 HTTP/1.1\r\n\r\n", "HTTP/1.1 403 Forbidden\r\n\r\n"]),
      "http-connect proxy path 5 HTTP/1.1 403 Forbidden",
    ],
  ])("%s", (_, told, wanted) => {
    expect(told).toBe(wanted);
  });
});
