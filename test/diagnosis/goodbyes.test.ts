import { describe, expect, it } from "vitest";
import { diagnoseHandshake, diagnosePair } from "../../src/diagnosis/diagnose.ts";
import type { Handshake, TransportEvent } from "../../src/handshake/handshake.ts";
import { AGREED13, answer13, answers, event, failed, INTERMEDIATE, LEAF, offers, record, works, works13 } from "../support/failures.ts";
import { bare, certificate, message } from "../support/handshake-builder.ts";

const told = (findings: ReturnType<typeof diagnosePair>): string[] => findings.map(({ rule, confidence }) => `${rule} ${confidence}`);
const at = (one: TransportEvent, time: string): TransportEvent => ({ ...one, time: `2026-06-01T12:00:${time}Z` });

/** The handshake of TLS 1.2 succeeds, and the client closes at this time; it was complete at 11 s. */
function silent(time: string, hello = offers()): Handshake {
  const events = works().events.filter(({ packet }) => packet < 12);
  return works(hello, {}, { events: [...events, at(event("fin", "client", 12), time)] });
}

describe("a client that goes away after the handshake without having said anything", () => {
  it("has judged the certificate where it goes at once", () => {
    expect(told(diagnosePair(silent("11.200000"), works()))[0]).toMatch(/^(unknown-ca|client-rejects-after-handshake) /);
    expect(told(diagnoseHandshake(silent("11.200000")))).toEqual(["client-rejects-after-handshake possible"]);
  });

  it("was idle, or was ended, where it goes later", () => {
    expect(diagnosePair(silent("15.000000"), works())).toEqual([]);
    expect(diagnoseHandshake(silent("15.000000"))).toEqual([]);
  });

  it("has another reason where its stack judges within the handshake, as Python does", () => {
    const python = offers({ suites: [0x1302, 0x1301, 0xc030, 0xc02f, 0x009f, 0x00ff] });
    const python12 = silent("11.200000", { ...python, extensions: python.extensions?.filter(({ id }) => id !== "0xff01") ?? [] });
    expect(diagnosePair(python12, works())).toEqual([]);
  });

  it("judged no certificate where there was none", () => {
    const { messages, ...rest } = silent("11.200000");
    const resumed = { ...rest, messages: messages.filter(({ type }) => type !== "certificate") };
    expect(diagnosePair(resumed, works())).toEqual([]);
  });
});

/** TLS 1.3 opened with a key log: what was encrypted stands among the messages. */
function opened(finished: boolean, end: Partial<Handshake>, above = INTERMEDIATE): Handshake {
  const messages = [
    offers(),
    answer13(),
    certificate([LEAF, above], { packet: 6, time: "2026-06-01T12:00:06.000000Z" }),
    bare("finished", "server", { packet: 6, time: "2026-06-01T12:00:06.000000Z" }),
    ...(finished ? [bare("finished", "client", { packet: 8, time: "2026-06-01T12:00:06.100000Z" })] : []),
  ];
  return failed(messages, { kind: "close", by: "client", packet: 9 }, { negotiated: AGREED13, ...end });
}

describe("a key log", () => {
  const closed = [event("syn", "client", 1), at(event("fin", "client", 9), "06.200000")];

  it("does not hide that the client left without a word", () => {
    expect(told(diagnosePair(opened(false, { events: closed }), works13()))[0]).toBe("client-rejects-after-handshake likely");
    const complete = opened(true, { outcome: "established", events: closed });
    expect(told(diagnosePair(complete, works13()))[0]).toBe("client-rejects-after-handshake likely");
  });

  it("shows what Node.js has judged", () => {
    const { messages, ...rest } = opened(false, { events: closed }, { ...INTERMEDIATE, issuer: "CN=Intermediate" });
    const node = offers({ suites: [0x1302, 0x1301, 0xc02f, 0xc02b, 0xc014, 0x00ff] });
    expect(told(diagnosePair({ ...rest, messages: [node, ...messages.slice(1)] }, works13()))[0]).toBe("unknown-ca likely");
  });

  it("shows that it spoke", () => {
    const spoke = opened(true, { outcome: "established", events: [record("client", 8, 120), ...closed] });
    expect(diagnosePair(spoke, works13())).toEqual([]);
  });
});

describe("a client that says goodbye", () => {
  it("was not turned away for want of an application protocol where the server only answers it", () => {
    const tickets = [record("server", 9, 250), record("server", 9, 250)];
    const events = works13().events.filter(({ packet }) => packet < 9);
    const ends = (...last: TransportEvent[]): Handshake =>
      works13(offers(), {}, { events: [...events, record("client", 9, 24), ...tickets, ...last] });
    const working = works13(offers({ alpn: ["h2"] }));
    expect(diagnosePair(ends(record("client", 10, 19), record("server", 11, 19), event("fin", "server", 11)), working)).toEqual([]);
    expect(told(diagnosePair(ends(event("fin", "server", 11)), working))).toEqual(["alpn-required-missing likely"]);
  });
});

describe("a server's certificate on a curve that the client does not name", () => {
  const p521 = { ...LEAF, publicKey: { algorithm: "EC", curve: "P-521" } };
  const aborted = (number: string, groups: readonly number[]): Handshake =>
    failed(
      [offers({ groups, versions: null }), ...answers({ suite: 0xc02b, chain: [p521] }), message("alert", "client", { packet: 10 })],
      { kind: "alert", by: "client", packet: 10, alert: { id: number, name: "illegal_parameter" }, after: "server_hello_done" },
      { negotiated: { version: { id: "0x0303", name: "TLS 1.2" } } },
    );

  it("is the cause where the client turns it down", () => {
    expect(told(diagnoseHandshake(aborted("0x2f", [0x001d, 0x0017])))).toEqual(["cert-p521 certain"]);
  });

  it("is none where it names it, or complains of something else", () => {
    expect(told(diagnoseHandshake(aborted("0x2f", [0x001d, 0x0019]))).join()).not.toContain("cert-p521");
    expect(told(diagnoseHandshake(aborted("0x14", [0x001d, 0x0017]))).join()).not.toContain("cert-p521");
  });
});
