import { describe, expect, it } from "vitest";
import { diagnoseHandshake, diagnosePair } from "../../src/diagnosis/diagnose.ts";
import type { Handshake, TransportEvent } from "../../src/handshake/handshake.ts";
import { agreed, answers, died, event, extended, failed, offers, record, refused, retries, works, works13 } from "../support/failures.ts";
import { bare, message } from "../support/handshake-builder.ts";

const told = (findings: ReturnType<typeof diagnosePair>): string[] => findings.map(({ rule, confidence }) => `${rule} ${confidence}`);
const again = (from: "client" | "server", packet: number): TransportEvent => event("retransmission", from, packet, { length: 19 });
const FINISHED = record("client", 10, 48, "handshake");

/** DTLS 1.2 with this suite: nobody answers the client's Finished. */
function unanswered(suite: number, events: readonly TransportEvent[], protocol: "tls" | "dtls" = "dtls"): Handshake {
  const messages = [
    offers({ versions: null, suites: [suite, 0x00ff] }),
    ...answers({ suite }).filter(({ type }) => type !== "certificate"),
    message("client_key_exchange", "client", { packet: 10, pskIdentity: "alice" }),
    bare("change_cipher_spec", "client", { packet: 10 }),
  ];
  const { failure: _, ...rest } = failed(messages, { kind: "close", by: "client", packet: 0 }, { negotiated: agreed({ suite }), events });
  return { ...rest, outcome: "incomplete", protocol };
}

describe("a wrong pre-shared key over DTLS, where nobody says so", () => {
  it("is the cause where the client says its last flight again and again", () => {
    const failing = unanswered(0x00a8, [FINISHED, again("server", 12), again("client", 13), again("client", 15)]);
    expect(told(diagnosePair(failing, works()))[0]).toBe("psk-key-mismatch-tls12 likely");
    expect(told(diagnoseHandshake(failing))[0]).toBe("psk-key-mismatch-tls12 likely");
    expect(told(diagnoseHandshake(unanswered(0x00a8, [FINISHED, again("client", 13)])))[0]).toBe("psk-key-mismatch-tls12 possible");
  });

  it.each<[string, Handshake]>([
    ["the capture ends before", unanswered(0x00a8, [FINISHED])],
    ["only the server repeats itself", unanswered(0x00a8, [FINISHED, again("server", 13)])],
    ["the server answers", unanswered(0x00a8, [FINISHED, again("client", 13), record("server", 14, 40, "handshake")])],
    ["no such key was agreed", unanswered(0xc02f, [FINISHED, again("client", 13), again("client", 15)])],
    ["TCP repeats itself", unanswered(0x00a8, [FINISHED, again("client", 13), again("client", 15)], "tls")],
  ])("is none where %s", (_, failing) => {
    expect(told(diagnosePair(failing, works())).join()).not.toContain("psk-key-mismatch");
  });
});

describe("a binder that does not verify", () => {
  const psk = offers({ plus: [extended(0x0029)] });
  const after = (number: string): Handshake =>
    failed([psk, retries(0x0017), { ...psk, packet: 7 }], { kind: "alert", by: "server", packet: 8, alert: { id: number, name: "" } });

  it("is also seen after a HelloRetryRequest, by which DTLS asks for a cookie", () => {
    expect(told(diagnoseHandshake(after("0x2f")))[0]).toBe("psk-binder-mismatch likely");
    expect(told(diagnoseHandshake(after("0x28"))).join()).not.toContain("psk-binder-mismatch");
  });
});

/** A client that connects and closes at this second. */
const silent = (seconds: string, ...more: TransportEvent[]): Handshake =>
  failed(
    [],
    { kind: "close", by: "client", packet: 9 },
    {
      events: [
        event("syn", "client", 1),
        event("syn-ack", "server", 2),
        ...more,
        { ...event("fin", "client", 9), time: `2026-06-01T12:00:${seconds}.000000Z` },
      ],
    },
  );

describe("a client that waits for a greeting from a server that waits for a hello", () => {
  it("speaks plaintext, where TLS is spoken on the same port", () => {
    expect(told(diagnosePair(silent("09"), works13()))).toEqual(["http-to-tls-port possible"]);
  });

  it("is somebody who only looks, where it goes at once, has spoken, or cannot be compared", () => {
    expect(told(diagnosePair(silent("03"), works13())).join()).not.toContain("http-to-tls-port");
    expect(told(diagnosePair(silent("09", event("segment", "client", 4, { length: 9 })), works13())).join()).not.toContain(
      "http-to-tls-port",
    );
    expect(told(diagnoseHandshake(silent("09"))).join()).not.toContain("http-to-tls-port");
  });
});

/** The server says this in plaintext. */
const says = (text: string, packet: number, protocol?: string): Handshake =>
  died(offers(), { kind: "not-tls", by: "server", packet, text, ...(protocol === undefined ? {} : { protocol }) });

describe("plaintext from a server", () => {
  it("is a greeting where it comes before the hello, whatever it says", () => {
    expect(told(diagnosePair(says("J\\x00\\x00", 3, "mysql"), works13()))[0]).toBe("plaintext-smtp-banner certain");
    expect(told(diagnosePair(says("J\\x00\\x00", 6, "mysql"), works13()))[0]).toBe("middlebox-injection likely");
  });

  it("is that of HTTP where it could not read the hello, and may be anybody's where it is a page", () => {
    expect(told(diagnosePair(says("HTTP/1.1 400 Bad Request", 6), works13()))[0]).toBe("plaintext-http-on-tls likely");
    expect(told(diagnosePair(says("HTTP/1.1 302 Found", 6), works13()))[0]).toBe("middlebox-injection likely");
  });
});

describe("a hello that the capture cuts off within its suites", () => {
  it("shows none that are missing", () => {
    const { cipherSuites: _, compressionMethods: __, extensions: ___, ...head } = offers();
    const cut = { ...head, malformed: "the capture holds 128 of 509 octets" };
    expect(told(diagnosePair(refused(cut), works())).join()).not.toMatch(/certain|no-common|ecdsa|tls13-suite/);
    expect(told(diagnosePair(refused(offers({ suites: [0xc02b] })), works()))[0]).toBe("ecdsa-cert-rsa-only-client certain");
  });
});

/** So many milliseconds after the server's first segment. */
const time = (offset: number): string => new Date(Date.parse("2026-06-01T12:00:06.000Z") + offset).toISOString();
/** The server's segments come again after this time. */
const twice = (milliseconds: number): Handshake => {
  const copies = [6, 8].map((packet) => ({ ...again("server", packet), time: time(milliseconds) }));
  const events = [
    { ...event("segment", "server", 6, { length: 1448 }), time: time(0) },
    ...copies,
    { ...event("fin", "client", 10), time: time(900) },
  ];
  return failed([offers(), ...answers().slice(0, 2)], { kind: "close", by: "client", packet: 10 }, { negotiated: agreed(), events });
};

describe("segments that are captured twice", () => {
  it("got lost only where they are sent again later", () => {
    expect(told(diagnosePair(twice(300), works()))).toContain("pmtu-black-hole likely");
    expect(told(diagnosePair(twice(0), works())).join()).not.toContain("pmtu-black-hole");
  });
});

/** The server answers something with an alert. */
const alerted = (...events: TransportEvent[]): Handshake =>
  failed(
    [],
    { kind: "alert", by: "server", packet: 6, alert: { id: "0x28", name: "handshake_failure" } },
    { events: [event("syn", "client", 1), ...events] },
  );

describe("an alert of the server to what the capture does not show", () => {
  const segment = event("segment", "client", 4, { length: 89 });

  it("answers plaintext, unless the capture has cut off what may have been a hello", () => {
    expect(told(diagnosePair(alerted(segment), works13()))[0]).toBe("http-to-tls-port certain");
    expect(told(diagnosePair(alerted(segment, event("gap", "client", 4, { length: 89 })), works13())).join()).not.toContain(
      "http-to-tls-port",
    );
  });
});
