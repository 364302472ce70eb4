import { describe, expect, it } from "vitest";
import { quicOutcomeOf } from "../../src/handshake/quic-outcome.ts";
import type { Step } from "../../src/handshake/steps.ts";
import type { Message } from "../../src/message/message.ts";
import { QUIC_EPOCH } from "../../src/record/quic-connection.ts";

/** What one side does, one packet each: `client_hello`, `0-rtt 900`, `handshake 60`, `1-rtt 40`, `close 296 reason`, `negotiation`, `again`; `+3` lets seconds pass. */
type Story = readonly string[];

const EPOCHS: Readonly<Record<string, number>> = {
  "0-rtt": QUIC_EPOCH.early,
  handshake: QUIC_EPOCH.handshake,
  "1-rtt": QUIC_EPOCH.application,
};

function judge(story: Story, isPartial = false): string {
  const steps: Step[] = [];
  let time = 0;
  for (const line of story) {
    if (line.startsWith("+")) {
      time += Number(line.slice(1)) * 1_000_000;
      continue;
    }
    const [who, what, ...rest] = line.split(" ") as [string, string, ...string[]];
    const side = who === "C" ? "client" : "server";
    const base = {
      side,
      packet: steps.length + 1,
      time,
      message: null,
      content: -1,
      length: 0,
      isOpened: false,
      epoch: -1,
      code: -1,
      octets: null,
    } as const;
    const epoch = EPOCHS[what];
    if (epoch !== undefined) steps.push({ ...base, kind: "encrypted", content: 23, epoch, length: Number(rest[0]) });
    else if (what === "again") steps.push({ ...base, kind: "retransmission" });
    else if (what === "negotiation") steps.push({ ...base, kind: "version-negotiation" });
    else if (what === "close") {
      const octets = new TextEncoder().encode(rest.slice(1).join(" "));
      steps.push({ ...base, kind: "connection-close", code: Number(rest[0]), octets });
    } else steps.push({ ...base, kind: "message", message: { type: what } as Message });
  }
  const { outcome, failure } = quicOutcomeOf(steps, { endTime: time, isPartial, overUdp: true });
  if (failure === undefined) return outcome;
  const { kind, by, packet, alert, after, text } = failure;
  return [
    `${outcome} ${kind} by ${by} in ${packet}`,
    ...(after === undefined ? [] : [`after ${after}`]),
    ...(alert === undefined ? [] : [`with ${alert.name}`]),
    ...(text === undefined ? [] : [`"${text}"`]),
  ].join(" ");
}

const hello = ["C client_hello", "S server_hello", "S handshake 900"];

describe("how a QUIC handshake ended", () => {
  it.each<[string, Story, string]>([
    ["both sides go on in 1-RTT packets", [...hello, "C handshake 60", "C 1-rtt 300", "S 1-rtt 200"], "established"],
    ["the server's last word is a short one", [...hello, "C handshake 60", "C 1-rtt 300", "S 1-rtt 40"], "incomplete"],
    ["short packets, but several", [...hello, "C handshake 60", "C 1-rtt 30", "S 1-rtt 40", "S 1-rtt 30"], "established"],
    ["the server speaks first", [...hello, "C handshake 60", "S 1-rtt 200", "C 1-rtt 30"], "established"],
    ["the server sends data before it hears the client", [...hello, "S 1-rtt 900", "C handshake 24", "C 1-rtt 30"], "incomplete"],
    ["the client acknowledges, and never has 1-RTT keys", [...hello, "C handshake 24", "S 1-rtt 900", "C handshake 60"], "incomplete"],
    ["early data is not the second flight", ["C client_hello", "C 0-rtt 900", ...hello.slice(1), "S 1-rtt 900"], "incomplete"],
    [
      "the server refuses with an alert",
      ["C client_hello", "S close 296"],
      "failed transport-error by server in 2 after client_hello with handshake_failure",
    ],
    [
      "the client refuses with an alert and words",
      [...hello, "C close 298 bad \u0007cert"],
      String.raw`failed transport-error by client in 4 after server_hello with bad_certificate "bad \x07cert"`,
    ],
    [
      "an error of the transport",
      ["C client_hello", "S close 10 no token"],
      'failed transport-error by server in 2 after client_hello "PROTOCOL_VIOLATION: no token"',
    ],
    ["an error that has no name", ["C client_hello", "S close 7777"], 'failed transport-error by server in 2 after client_hello "0x1e61"'],
    ["no error at all", ["C client_hello", "S close 0 bye"], "failed close by server in 2 after client_hello"],
    ["a close after the end of the handshake", [...hello, "C handshake 60", "C 1-rtt 300", "S 1-rtt 200", "C close 0"], "established"],
    ["a client that gives up", ["C client_hello", "+1", "C again", "+3", "C close 278"], "failed timeout by server in 3"],
    ["a client that leaves at once", ["C client_hello", "C close 0"], "failed close by client in 2"],
    ["another version", ["C client_hello", "S negotiation"], "failed version-negotiation by server in 2 after client_hello"],
    ["another version, with a hello that nobody can read", ["S negotiation"], "failed version-negotiation by server in 1"],
    ["another version, and the client goes on", ["C client_hello", "S negotiation", "C again"], "incomplete"],
    [
      "another version, and all is well",
      ["C client_hello", "S negotiation", ...hello, "C handshake 60", "C 1-rtt 300", "S 1-rtt 200"],
      "established",
    ],
    ["silence", ["C client_hello", "C 0-rtt 900", "+20"], "failed timeout by server in 1 after client_hello"],
    ["a capture that ends early", ["C client_hello", "+1"], "incomplete"],
  ])("%s", (_, story, wanted) => {
    expect(judge(story)).toBe(wanted);
  });

  it("is not judged by silence where octets are missing", () => {
    expect(judge(["C client_hello", "+20"], true)).toBe("incomplete");
  });
});
