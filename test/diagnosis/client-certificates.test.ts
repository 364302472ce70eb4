import { describe, expect, it } from "vitest";
import { diagnoseHandshake, diagnosePair } from "../../src/diagnosis/diagnose.ts";
import type { Failure, Handshake, TransportEvent } from "../../src/handshake/handshake.ts";
import { AGREED13, answer13, answers, event, failed, offers, record, works, works13 } from "../support/failures.ts";
import { bare, certificate, message } from "../support/handshake-builder.ts";

const told = (findings: ReturnType<typeof diagnosePair>): string[] => findings.map(({ rule, confidence }) => `${rule} ${confidence}`);
const at = (one: TransportEvent, time: string): TransportEvent => ({ ...one, time: `2026-06-01T12:00:${time}Z` });
const FLIGHT = [23, 123, 900, 281, 53].map((length) => record("server", 6, length));

/** TLS 1.3: the client's flight has records of these lengths, and then the server ends it so. */
function refusesFlight(lengths: readonly number[], failure: Failure, end: TransportEvent, protocol: "tls" | "dtls" = "tls"): Handshake {
  const flight = lengths.map((length) => at(record("client", 8, length), "08.000000"));
  return failed([offers(), answer13()], failure, { protocol, negotiated: AGREED13, events: [...FLIGHT, ...flight, end] });
}

const ALERT: Failure = { kind: "alert", by: "server", packet: 9, encrypted: true, after: "finished" };
const CLOSE: Failure = { kind: "close", by: "server", packet: 9, after: "finished" };
const alerted = (lengths: readonly number[], protocol?: "dtls"): Handshake =>
  refusesFlight(lengths, ALERT, record("server", 9, 19), protocol);
const closed = (lengths: readonly number[], time = "08.100000"): Handshake =>
  refusesFlight(lengths, CLOSE, at(event("fin", "server", 9), time));

describe("a client certificate that TLS 1.3 hides", () => {
  it.each<[string, Handshake, string]>([
    ["in one record with the Finished, as BoringSSL sends it", alerted([1042, 35]), "client-cert-unknown-ca likely"],
    ["in records of its own", alerted([930, 97, 53]), "client-cert-unknown-ca likely"],
    ["that is refused by a close alone, as Node.js does", closed([930, 97, 53]), "client-cert-unknown-ca likely"],
    ["that was not sent, refused by a close alone", closed([25, 53]), "client-cert-missing-tls13 likely"],
  ])("is seen: %s", (_, failing, cause) => {
    expect(told(diagnosePair(failing, works13()))[0]).toBe(cause);
  });

  it("has other lengths in datagrams", () => {
    expect(told(diagnosePair(alerted([33, 61], "dtls"), works13()))[0]).toBe("client-cert-missing-tls13 likely");
    expect(told(diagnosePair(alerted([61], "dtls"), works13())).join()).not.toContain("client-cert");
  });

  it.each<[string, Handshake]>([
    ["a server that closes later waited for something else", closed([930, 97, 53], "12.000000")],
    ["a lone Finished", closed([53])],
    ["a request after it", closed([53, 900])],
  ])("is not seen: %s", (_, failing) => {
    expect(told(diagnosePair(failing, works13())).join()).not.toContain("client-cert");
  });

  it("is not told from data that is sent early", () => {
    const { messages, ...rest } = alerted([1042, 35]);
    const early = offers({ plus: [{ id: "0x002a", name: "early_data", length: 0, data: {} }] });
    expect(told(diagnosePair({ ...rest, messages: [early, ...messages.slice(1)] }, works13())).join()).not.toContain("client-cert");
  });
});

const OWN = { subject: "CN=alice", issuer: "CN=Clients", sha256: "cc".repeat(32) };

/** TLS 1.2: the handshake succeeds with this client certificate, and this side closes after the request. */
function asked(chain: readonly object[], by: "client" | "server", time = "12.100000"): Handshake {
  const messages = [
    offers(),
    ...answers({ before: [message("certificate_request", "server", { packet: 8, authorities: ["CN=Clients"] })] }),
    certificate(chain, { from: "client", packet: 10, packets: [10] }),
    message("client_key_exchange", "client", { packet: 10 }),
    bare("change_cipher_spec", "client", { packet: 10 }),
    bare("change_cipher_spec", "server", { packet: 11 }),
  ];
  return works(offers(), {}, { messages, events: [...works().events.filter(({ packet }) => packet < 14), at(event("fin", by, 14), time)] });
}

/** TLS 1.3: the handshake succeeds with a flight of these lengths, and this side closes after the request. */
const of13 = (lengths: readonly number[], by: "client" | "server"): Handshake =>
  works13(
    offers(),
    {},
    {
      events: [
        ...FLIGHT,
        ...lengths.map((length) => record("client", 8, length)),
        record("client", 9, 120),
        record("server", 10, 300),
        at(event("fin", by, 11), "09.200000"),
      ],
    },
  );

/** The same with another client's hello. */
function other(handshake: Handshake): Handshake {
  return { ...handshake, messages: [offers({ suites: [0x1302, 0xc030], alpn: ["h2"] }), ...handshake.messages.slice(1)] };
}

describe("a server that takes the handshake and closes after the request", () => {
  const accepted = asked([OWN], "client");

  it("may have wanted a certificate, where the same client with one is not closed", () => {
    expect(told(diagnosePair(asked([], "server"), accepted))).toEqual(["client-cert-missing-tls12 possible"]);
    expect(told(diagnosePair(accepted, asked([], "server")))).toEqual(["client-cert-missing-tls12 possible"]);
  });

  it("may have wanted a certificate if it does not disconnect another client that has one, but that does not show trust", () => {
    const [missing, ...more] = diagnosePair(other(asked([], "server")), accepted);
    expect(told(missing === undefined ? [] : [missing, ...more])).toEqual(["client-cert-missing-tls12 possible"]);
    expect(missing?.evidence.at(-1)?.text).toBe("this client sends a certificate, and the server does not close");
    expect(told(diagnosePair(other(of13([25, 53], "server")), of13([930, 97, 53], "client")))).toEqual([
      "client-cert-missing-tls13 possible",
    ]);
    expect(diagnosePair(other(asked([{ ...OWN, issuer: "CN=Private" }], "server")), accepted)).toEqual([]);
  });

  it("may not trust another certificate", () => {
    expect(told(diagnosePair(asked([{ ...OWN, issuer: "CN=Private" }], "server"), accepted))).toEqual(["client-cert-unknown-ca possible"]);
    expect(diagnosePair(asked([{ ...OWN, subject: "CN=bob" }], "server"), accepted)).toEqual([]);
  });

  it.each<[string, Handshake, Handshake?]>([
    ["the client closed", asked([], "client"), accepted],
    ["it closes there as well", asked([], "server"), asked([OWN], "server")],
    ["it closes later", asked([], "server", "19.000000"), accepted],
    ["there is nothing to compare with", asked([], "server")],
  ])("says nothing where %s", (_, failing, working) => {
    expect(working === undefined ? diagnoseHandshake(failing) : diagnosePair(failing, working)).toEqual([]);
  });

  it("shows the same in TLS 1.3 by the lengths", () => {
    expect(told(diagnosePair(of13([25, 53], "server"), of13([930, 97, 53], "client")))).toEqual(["client-cert-missing-tls13 possible"]);
    expect(diagnosePair(of13([25, 53], "client"), of13([930, 97, 53], "client"))).toEqual([]);
    expect(diagnosePair(of13([53], "server"), of13([930, 97, 53], "client"))).toEqual([]);
  });
});
