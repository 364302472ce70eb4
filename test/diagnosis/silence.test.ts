import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diagnoseHandshake, diagnosePair } from "../../src/diagnosis/diagnose.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import { readCaptures } from "../../src/node.ts";
import type { CertificateEntry } from "../../src/message/message.ts";
import { codePoint } from "../../src/registry/codepoint.ts";
import { alert } from "../support/handshake-builder.ts";
import {
  acceptsCertificate,
  AGREED13,
  answer13,
  answers,
  agreed,
  died,
  event,
  extended,
  failed,
  LEAF,
  offers,
  record,
  refused,
  refusesCertificate,
  works,
  works13,
} from "../support/failures.ts";
import { ROOT } from "../house/source.ts";

const PAIRS = join(ROOT, "fixtures/pairs");
const GREASE = offers({ plus: [extended(0x0a0a)] });
/** Offers something of every kind. */
const RICH = offers({
  suites: [0x1301, 0xc02f, 0xc014, 0xc02b, 0xcca8, 0x009f, 0x0035, 0x00ff],
  groups: [1, 2, 3, 4, 5],
  schemes: [0x0804, 0x0403, 0x0503, 0x0603, 0x0807],
});
const SHUFFLED = { ...offers(), extensions: offers().extensions?.toReversed() ?? [] };

describe("what works", () => {
  it.each<[string, Handshake, Handshake]>([
    ["twice the same", works(), works()],
    ["TLS 1.2 and 1.3", works(), works13()],
    ["another suite", works(), works(offers(), { suite: 0x0035 })],
    ["another group", works13(), works13(offers({ groups: [0x0019] }), { group: 0x0019 })],
    ["with and without GREASE", works13(GREASE), works13()],
    ["extensions in another order", works13(SHUFFLED), works13()],
    ["with and without a server name", works(offers({ name: null })), works()],
    ["with and without ALPN", works(offers({ alpn: ["h2"] }), { alpn: "h2" }), works()],
    ["a client that says goodbye without data", goodbye(), works()],
    ["a client that says goodbye without data, both", goodbye(), goodbye()],
    ["another certificate", works(), works(offers(), { chain: [{ sha256: "77".repeat(32), subject: "CN=other", issuer: "CN=ca" }] })],
    ["an old version", works(offers(), { version: 0x0301 }), works()],
  ])("has no cause: %s", (_, left, right) => {
    expect(diagnosePair(left, right)).toEqual([]);
    expect(diagnosePair(right, left)).toEqual([]);
    expect(diagnoseHandshake(left)).toEqual([]);
  });

  it("has no cause in the recorded pairs in which both sides work", async () => {
    const told: string[] = [];
    for (const name of readdirSync(PAIRS)) {
      const files = readdirSync(join(PAIRS, name)).filter((file) => file.endsWith(".pcap"));
      const read = await Promise.all(files.map((file) => readCaptures(join(PAIRS, name, file))));
      const [left, right] = read.map(([capture]) => capture?.handshakes[0]);
      if (left?.outcome !== "established" || right?.outcome !== "established") continue;
      told.push(...diagnosePair(left, right).map(({ rule }) => `${name}: ${rule}`));
    }
    expect(told).toEqual([]);
  });
});

describe("what cannot be concluded", () => {
  it.each<[string, Handshake, Handshake?]>([
    ["an alert for which nothing is missing", refused(offers()), works()],
    ["the same, alone, with everything offered", refused(RICH)],
    ["internal_error, with equal hellos", refused(offers(), 80), works()],
    ["decode_error, with equal hellos", refused(offers(), 50), works()],
    ["illegal_parameter, with equal hellos", refused(offers(), 47), works()],
    ["unexpected_message, with equal hellos", refused(offers(), 10), works()],
    ["an alert that nobody knows", refused(offers(), 200), works()],
    ["an encrypted alert of the server, and no client certificate", late(), works13()],
    ["a capture that ends after the hello", open([offers()]), works()],
    ["a capture that ends in the server's flight", open([offers(), ...answers().slice(0, 1)]), works()],
    ["a capture that ends after the server's hello in TLS 1.3", open([offers(), answer13()]), works13()],
    [
      "a client that goes away after the server's flight",
      failed([offers(), ...answers()], { kind: "close", by: "client", packet: 10, after: "server_hello_done" }, { negotiated: agreed() }),
      works(),
    ],
    [
      "two differences that separate, and an alert about neither",
      refused(offers({ name: "other.example.test", alpn: ["h3"] }), 40),
      works(offers({ alpn: ["h2"] })),
    ],
    ["two failures beside each other", refused(RICH), refused(RICH)],
  ])("ends inconclusive: %s", (_, failing, working) => {
    const findings = working === undefined ? diagnoseHandshake(failing) : diagnosePair(failing, working);
    expect(findings[0]?.rule).toBe("inconclusive");
    expect(findings.every(({ confidence }) => confidence === "possible")).toBe(true);
    expect(findings[0]?.fixes.length).toBeGreaterThan(0);
  });

  it.each<[string, Handshake, Handshake?]>([
    ["alone", refused(half(RICH))],
    ["on the failing side", refused(half(offers())), works()],
    ["on the working side", refused(offers()), works(half(offers()))],
  ])("asks for whole packets where a hello is cut, %s", (_, failing, working) => {
    const [first] = working === undefined ? diagnoseHandshake(failing) : diagnosePair(failing, working);
    expect(first?.fixes[0]?.text).toMatch(/^Capture whole packets, because /);
  });

  it("is no cause where only a name for the end remains", () => {
    const findings = diagnosePair(died(offers(), { kind: "reset", by: "server", packet: 6 }), works(offers({ alpn: ["h2"] })));
    expect(findings.map(({ confidence }) => confidence)).not.toContain("certain");
  });
});

function half(hello: ReturnType<typeof offers>): ReturnType<typeof offers> {
  return { ...hello, malformed: "the capture holds 15 of its 310 octets" };
}

const cut = (handshake: Handshake, from: "client" | "server", gone: object): Handshake => ({
  ...handshake,
  messages: handshake.messages.map((message) =>
    message.type === "certificate" && message.from === from ? Object.assign({}, message, { malformed: "truncated" }, gone) : message,
  ),
});
const rulesOf = (handshake: Handshake): string[] => diagnoseHandshake(handshake).map(({ rule }) => rule);

describe("a Certificate message that the capture cuts", () => {
  it.each([{ certificates: undefined }, { certificates: [] }])("is none of a client without certificate: %j", (gone) => {
    const refusal = refusesCertificate(40, []);
    expect(rulesOf(refusal)).toContain("client-cert-missing-tls12");
    expect(rulesOf(cut(refusal, "client", gone))).not.toContain("client-cert-missing-tls12");
    expect(() => diagnosePair(cut(refusal, "client", gone), acceptsCertificate([LEAF]))).not.toThrow();
  });

  it("is no incomplete chain", () => {
    const alone = refusesServer([LEAF]);
    expect(rulesOf(alone)).toContain("incomplete-chain");
    expect(rulesOf(cut(alone, "server", {}))).not.toContain("incomplete-chain");
  });
});

/** A client that refuses the server's chain as of an unknown authority. */
function refusesServer(chain: readonly Partial<CertificateEntry>[]): Handshake {
  const unknown = codePoint("alerts", 48);
  return failed(
    [offers(), ...answers({ chain }), { ...alert("client", unknown.id), packet: 10 }],
    { kind: "alert", by: "client", packet: 10, alert: unknown, after: "server_hello_done" },
    { negotiated: agreed() },
  );
}

/** A client that says close_notify right after the handshake. */
function goodbye(): Handshake {
  return {
    ...works(),
    events: [
      record("client", 10, 40, "handshake"),
      record("server", 11, 40, "handshake"),
      record("client", 12, 26, "alert"),
      event("fin", "client", 12),
    ],
  };
}

function late(): Handshake {
  return failed(
    [offers(), answer13()],
    { kind: "alert", by: "server", packet: 9, encrypted: true, after: "finished" },
    { negotiated: AGREED13, events: [record("server", 6, 900), record("client", 8, 53), record("server", 9, 19)] },
  );
}

/** A capture that does not show the end. */
function open(messages: Handshake["messages"]): Handshake {
  const { failure: _, ...rest } = failed(messages, { kind: "close", by: "client", packet: 0 });
  return { ...rest, outcome: "incomplete" };
}
