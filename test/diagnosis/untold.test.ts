import { describe, expect, it } from "vitest";
import type { Finding } from "../../src/diagnosis/contract.ts";
import { withDiagnosis } from "../../src/diagnosis/diagnose.ts";
import { compare } from "../../src/diff/compare.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import {
  aborts,
  acceptsCertificate,
  AGREED13,
  answer13,
  died,
  event,
  extended,
  failed,
  INTERMEDIATE,
  LEAF,
  leaves,
  named,
  offers,
  record,
  refused,
  refusesCertificate,
  works,
  works13,
} from "../support/failures.ts";
import { told } from "../support/told.ts";
import { alert, capture, point } from "../support/handshake-builder.ts";

describe("a chain without the issuer of the server's certificate", () => {
  const ROOT = { ...INTERMEDIATE, subject: "CN=Root", issuer: "CN=Root" };

  it("may contain that certificate twice, or others", () => {
    for (const chain of [
      [LEAF, LEAF],
      [LEAF, ROOT],
    ]) {
      expect(told(aborts(48, offers(), { chain }), works(offers(), { chain }))[0]).toBe("incomplete-chain likely");
      expect(told(aborts(48, offers(), { chain }))[0]).toBe("incomplete-chain likely");
      expect(told(aborts(48, offers(), { chain }), works())[0]).toBe("incomplete-chain certain");
    }
  });

  it("is not one that contains the issuer's, or a self-signed one", () => {
    expect(told(aborts(48), works())[0]).toBe("unknown-ca certain");
    expect(told(aborts(48, offers(), { chain: [ROOT] })).join()).not.toContain("incomplete-chain");
  });
});

describe("an alert that does not mention the certificate", () => {
  const other = { chain: [{ ...LEAF, subjectAltNames: ["DNS:other.example.test"] }, INTERMEDIATE] };

  it.each([40, 43, 46, 80])("%i means its visible fault if another client accepts it", (number) => {
    expect(told(aborts(number, offers(), other), works(offers(), other))[0]).toMatch(/^hostname-mismatch (likely|certain)$/);
  });

  it("may mean anything else if nobody accepts it, or if the alert is about signatures", () => {
    const mended = works(offers(), { chain: [{ ...LEAF, sha256: "c3".repeat(32) }, INTERMEDIATE] });
    expect(told(aborts(40, offers(), other), mended)).toContain("hostname-mismatch possible");
    expect(told(aborts(51, offers(), other), works(offers(), other)).join()).not.toContain("hostname-mismatch likely");
  });

  it("means the certificate in TLS 1.3 if the same hello works at the same server", () => {
    const abort = failed(
      [offers(), answer13(), { ...alert("client", "0x50"), packet: 8 }],
      { kind: "alert", by: "client", packet: 8, alert: point("0x50", "internal_error"), after: "server_hello" },
      { negotiated: AGREED13 },
    );
    expect(told(abort, works13())).toEqual(["encrypted-client-alert likely"]);
    expect(told(abort, works13(offers({ plus: [extended(0x0005)] })))).toEqual(["encrypted-client-alert likely"]);
    expect(told(abort, works13(offers({ groups: [0x001d] })))[0]).toBe("inconclusive possible");
    expect(told(abort)[0]).toBe("inconclusive possible");
  });
});

describe("a client that leaves after STARTTLS without an alert", () => {
  const past = { chain: [{ ...LEAF, subjectAltNames: ["DNS:other.example.test"] }, INTERMEDIATE] };
  const left = (startTls?: Handshake["startTls"]): Handshake => {
    const { events, ...base } = leaves(offers(), past);
    const goodbye = [...events.slice(0, -1), record("client", 12, 26, "alert"), event("fin", "client", 12)];
    const clientStack = { name: "OpenSSL", match: "exact", candidates: [], deviations: [] } as const;
    return { ...base, events: goodbye, ...(startTls === undefined ? {} : { startTls }), clientStack };
  };

  it("rejects the certificate, if something is wrong with it", () => {
    expect(told(left("postgresql"), works(offers(), past))[0]).toBe("hostname-mismatch likely");
    expect(told(left(), works(offers(), past)).join()).not.toContain("hostname-mismatch");
  });
});

/** The server closes the connection after the client's flight without an alert, as Node.js does. */
const went = (...parameters: Parameters<typeof refusesCertificate>): Handshake => {
  const base = refusesCertificate(...parameters);
  return {
    ...base,
    messages: base.messages.filter(({ type }) => type !== "alert"),
    events: [...base.events, record("server", 11, 40, "handshake"), event("fin", "server", 11, { time: "2026-06-01T12:00:10.100000Z" })],
    failure: { kind: "close", by: "server", packet: 11, after: "finished" },
  };
};

describe("a server that leaves after a client certificate without an alert", () => {
  const ALICE = { subject: "CN=alice", issuer: "CN=Client Root" };

  it("does not trust its issuer if another client's certificate is accepted", () => {
    const eve = { ...ALICE, issuer: "CN=Private" };
    expect(told(went(0, [eve]), acceptsCertificate([ALICE]))[0]).toBe("client-cert-unknown-ca likely");
    expect(told(went(0, [eve])).join()).not.toContain("client-cert-unknown-ca");
  });

  it("rejects a visible fault of it", () => {
    const web = { ...ALICE, extendedKeyUsage: ["serverAuth"] };
    const over = { ...ALICE, notAfter: "2026-05-01T00:00:00Z" };
    expect(told(went(0, [web]), acceptsCertificate([ALICE]))[0]).toBe("client-cert-wrong-eku likely");
    expect(told(went(0, [over]))[0]).toBe("client-cert-expired likely");
    expect(told(went(0, [{ ...ALICE, issuer: "CN=Intermediate" }]), acceptsCertificate([ALICE, INTERMEDIATE])).join()).not.toContain(
      "certain",
    );
  });

  it("demands one if there is none", () => {
    expect(told(went(0, []), acceptsCertificate([ALICE]))[0]).toBe("client-cert-missing-tls12 likely");
  });
});

describe("a client without a certificate, if only one kind of key may sign", () => {
  it("may have a key of the other kind, so that a missing certificate is not certain", () => {
    const rsa = { signatureSchemes: named("signature_schemes", 0x0401, 0x0501) };
    const accepted = acceptsCertificate([{ subject: "CN=a", issuer: "CN=Client Root", publicKey: { algorithm: "RSA", bits: 2048 } }], rsa);
    expect(told(refusesCertificate(40, [], rsa), accepted)[0]).toBe("client-cert-missing-tls12 likely");
    expect(told(refusesCertificate(40, []), accepted)[0]).toBe("client-cert-missing-tls12 certain");
  });
});

describe("a client's certificate from an intermediate CA that is sent alone", () => {
  it("lacks that of its issuer", () => {
    const chain = [{ subject: "CN=bob", issuer: "CN=Example Intermediate" }];
    expect(told(refusesCertificate(48, chain))[0]).toBe("client-cert-missing-chain likely");
    expect(told(refusesCertificate(48, [{ subject: "CN=bob", issuer: "CN=Acme" }]))[0]).toBe("client-cert-unknown-ca likely");
  });
});

const page = (certificates: Parameters<typeof acceptsCertificate>[0], length: number): Handshake => {
  const { events, ...base } = acceptsCertificate(certificates);
  return { ...base, events: [...events.slice(0, -2), record("server", 13, 24 + length), event("fin", "server", 14)] };
};

/** TLS 1.3: the client's flight, its request, tickets, an answer of so many octets, and the server's end. */
const asked = (flight: readonly number[], answer: number, alpn: readonly string[] = []): Handshake =>
  works13(
    offers({ alpn }),
    {},
    {
      events: [
        record("server", 6, 900),
        record("server", 6, 53),
        ...flight.map((length) => record("client", 8, length)),
        record("client", 9, 103),
        record("server", 10, 282),
        record("server", 11, 17 + answer),
        record("server", 11, 19),
        event("fin", "server", 12),
      ],
    },
  );

const without = (answer: number, ...alpn: string[]): Handshake => asked([25, 53], answer, alpn);
const having = (answer: number, ...alpn: string[]): Handshake => asked([930, 95, 53], answer, alpn);

describe("nginx's page about the client's certificate", () => {
  const MISSING = 365 + 2 * "nginx/1.22.1".length;
  const REFUSED = 343 + 2 * "nginx/1.22.1".length;

  it.each([365 + 10, MISSING, 365 + 2 * "nginx/1.18.0 (Ubuntu)".length])("of %i octets says that one is missing", (length) => {
    expect(told(without(length), having(147))).toEqual(["client-cert-missing-tls13 likely"]);
    expect(told(without(length))).toEqual(["client-cert-missing-tls13 possible"]);
  });

  it("is longer for Chrome, and has no headers in HTTP/2", () => {
    expect(told(without(MISSING + 402), having(147))).toEqual(["client-cert-missing-tls13 likely"]);
    const frame = 9 + 225 + "nginx/1.22.1".length;
    expect(told(without(frame, "h2", "http/1.1"), having(147, "h2", "http/1.1"))).toEqual(["client-cert-missing-tls13 likely"]);
    expect(told(without(frame, "http/1.1"), having(147, "http/1.1")).join()).not.toContain("likely");
  });

  it("says that it is refused", () => {
    expect(told(having(REFUSED), having(147))).toEqual(["client-cert-unknown-ca likely"]);
  });

  it("is not any other answer, nor one that both clients get", () => {
    expect(told(without(MISSING + 1), having(147)).join()).not.toContain("likely");
    expect(told(without(MISSING), without(MISSING))).toEqual([]);
    expect(told(having(MISSING), having(147))).toEqual([]);
  });

  it("is recognised before TLS 1.3, too", () => {
    const alice = { subject: "CN=alice", issuer: "CN=Client Root" };
    const over = { ...alice, notAfter: "2026-05-01T00:00:00Z" };
    expect(told(page([], MISSING), acceptsCertificate([alice]))[0]).toBe("client-cert-missing-tls12 likely");
    expect(told(page([over], REFUSED), acceptsCertificate([alice]))[0]).toBe("client-cert-expired likely");
    expect(told(page([{ ...alice, issuer: "CN=Private" }], REFUSED), acceptsCertificate([alice]))[0]).toBe("client-cert-unknown-ca likely");
  });
});

describe("an immediate hello to a port that expects STARTTLS", () => {
  const end = { kind: "close", by: "server", packet: 6, after: "client_hello" } as const;
  const old = offers({ versions: null, suites: [0xc02f] });
  const later: Handshake = { ...works13(), startTls: "postgresql" };

  it("is the reason why the server drops it, not what the hello contains", () => {
    expect(told(died(old, end), later)).toEqual(["not-tls likely"]);
    expect(told({ ...died(old, end), startTls: "postgresql" }, later).join()).not.toContain("not-tls");
    expect(told(died(old, end), works13()).join()).not.toContain("not-tls");
  });

  it("is recognised even if the client ends the connection", () => {
    const last = { kind: "alert", by: "client", packet: 8, alert: point("0x0a", "unexpected_message") } as const;
    const dialogue = [{ from: "server", packet: 6, text: "ExtendedResponse resultCode 0 (success)" }] as const;
    const abort = failed([offers(), { ...alert("client", "0x0a"), packet: 8 }], last, { dialogue });
    expect(told(abort)).toEqual(["not-tls likely"]);
    expect(told({ ...abort, startTls: "ldap" }).join()).not.toContain("not-tls");
  });
});

describe("handshake_failure for a hello that offers TLS 1.3 in addition to all that another one offers", () => {
  const old = offers({ versions: null, suites: [0xc02f, 0xc030], shares: [] });

  it("means that the server is intolerant of it", () => {
    expect(told(refused(offers()), works(old))[0]).toBe("version-intolerant-server likely");
  });

  it("means something else if the other one offers more", () => {
    expect(told(refused(offers()), works(offers({ versions: null, suites: [0xc02f, 0x009e] }))).join()).not.toContain("version-intolerant");
    expect(told(refused(offers()), works(offers({ versions: null, plus: [extended(0x0010)] }))).join()).not.toContain("version-intolerant");
  });
});

describe("a failure that is paired with another failure", () => {
  const server = { protocol: "tcp", client: { address: "10.0.0.1", port: 4000 }, server: { address: "10.0.0.2", port: 443 } } as const;
  const causes = (...right: Handshake[]): string[] => {
    const [left, other] = [
      capture("left", { ...refused(offers({ suites: [0xc02f] }), 0x28), transport: server }),
      capture("right", ...right.map((one) => ({ ...one, transport: server }))),
    ];
    const only = { leftStream: left.handshakes[0]?.stream ?? 0, rightStream: other.handshakes[0]?.stream ?? 0 };
    const { pairs } = withDiagnosis(compare(left, other, only), left, other);
    return pairs.flatMap(({ diagnosis }) => (diagnosis as readonly Finding[]).map(({ rule, side }) => `${rule} ${side}`));
  };

  it("is compared with what works at the same server in the other capture", () => {
    const failure = { ...refused(offers({ suites: [0xc030] }), 0x28), id: 1, stream: 1 };
    const working = { ...works(offers({ suites: [0x009f] }), { suite: 0x009f, dhPrimeBits: 2048 }), id: 2, stream: 2 };
    expect(causes(failure, working)).toContain("dhe-only left");
    expect(causes(failure)).not.toContain("dhe-only left");
  });
});

describe("a server that closes after the handshake", () => {
  const closes: Handshake = {
    ...works13(),
    events: [record("server", 6, 53), record("client", 8, 53), record("server", 9, 282), event("fin", "server", 10)],
  };
  const agrees = works13(offers({ alpn: ["h2"] }));

  it("does not miss an application protocol if TLS began with STARTTLS", () => {
    expect(told(closes, agrees).join()).toContain("alpn-required-missing");
    expect(told({ ...closes, startTls: "postgresql" }, agrees).join()).not.toContain("alpn-required-missing");
  });
});

/** The client rejects a certificate after a hello without a server name. */
const nameless = (number: number): string =>
  told(aborts(number, offers({ name: null }), { chain: [{ ...LEAF, issuer: "CN=Acme" }] }))[0] ?? "";

describe("unknown_ca for a certificate after a hello without a server name", () => {
  it("is about its issuer rather than about its names", () => {
    expect(nameless(48)).not.toMatch(/^sni-default-certificate/);
    expect(nameless(42)).toBe("sni-default-certificate likely");
  });
});

const at = (address: string, one: Handshake): Handshake => ({
  ...one,
  transport: { protocol: "tcp", client: { address: "10.0.0.1", port: 4000 }, server: { address, port: 443 } },
});

describe("a certificate for another name, from another server than the one that works", () => {
  const other = { chain: [{ ...LEAF, sha256: "c3".repeat(32), subjectAltNames: ["DNS:other.example.test"] }, INTERMEDIATE] };
  const past = { chain: [{ ...LEAF, sha256: "c3".repeat(32), notAfter: "2026-05-01T00:00:00Z" }, INTERMEDIATE] };

  it("is less likely than that the two went to different servers", () => {
    expect(told(at("10.0.0.2", aborts(42, offers(), other)), at("10.0.0.3", works()))).toEqual(["different-server likely"]);
    expect(told(at("10.0.0.3", aborts(42, offers(), other)), at("10.0.0.3", works()))[0]).toBe("hostname-mismatch certain");
  });

  it("is not the cause if the certificate has another fault", () => {
    expect(told(at("10.0.0.2", aborts(45, offers(), past)), at("10.0.0.3", works()))[0]).toBe("cert-expired certain");
  });
});

/** The server refuses after the client's Finished, with or without having asked for a certificate. */
const refuses = (request: boolean): Handshake => {
  const base = refusesCertificate(40, []);
  return {
    ...base,
    messages: base.messages.filter(
      ({ type, from }) => request || (type !== "certificate_request" && (type !== "certificate" || from === "server")),
    ),
  };
};

describe("handshake_failure of the server after the client's Finished", () => {
  it("means that the two have seen different messages, if no certificate was requested", () => {
    expect(told(refuses(false), works())[0]).toBe("hello-modified-in-transit likely");
    expect(told(refuses(false))[0]).toBe("hello-modified-in-transit possible");
    expect(told(refuses(true), works()).join()).not.toContain("hello-modified");
  });
});

describe("client data that the capture lacks", () => {
  it("may be what the client said before it left", () => {
    const { events, ...base } = leaves();
    expect(told({ ...base, events }, works())[0]).toBe("unknown-ca likely");
    expect(told({ ...base, events: [...events.slice(0, -1), event("gap", "client", 12), event("fin", "client", 12)] }, works())).toEqual(
      [],
    );
  });

  it("may be the client's answer to a request to renegotiate", () => {
    const asks = [record("client", 10, 40, "handshake"), record("server", 11, 40, "handshake"), record("client", 12, 100)];
    const refusal = [record("server", 13, 28, "handshake"), record("client", 15, 26, "alert"), event("fin", "client", 15)];
    expect(told(works(offers(), {}, { events: [...asks, ...refusal] }))).toEqual(["renegotiation-refused likely"]);
    expect(told(works(offers(), {}, { events: [...asks, ...refusal, event("gap", "client", 14)] }))).toEqual([]);
  });
});
