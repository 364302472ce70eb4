import { describe, expect, it } from "vitest";
import { diagnoseHandshake, diagnosePair, withDiagnosis } from "../../src/diagnosis/diagnose.ts";
import type { Finding } from "../../src/diagnosis/contract.ts";
import { compare } from "../../src/diff/compare.ts";
import type { Failure, Handshake } from "../../src/handshake/handshake.ts";
import type { ClientHello } from "../../src/message/message.ts";
import { readCaptures } from "../../src/node.ts";
import {
  agreed,
  AGREED13,
  answer13,
  answers,
  type Answer,
  died,
  event,
  extended,
  failed,
  LEAF,
  offers,
  record,
  refused,
  refusesCertificate,
  retries,
  works,
  works13,
} from "../support/failures.ts";
import { alert, bare, capture, message, point } from "../support/handshake-builder.ts";

const SENTINEL = `${"22".repeat(24)}444f574e47524401`;
const RESET: Failure = { kind: "reset", by: "server", packet: 8, after: "client_hello" };

/** The client goes away after the server's flight without a word, at this time after it. */
function goesAway(hello: ClientHello, what: Answer = {}, at = "2026-06-01T12:00:00.200000Z"): Handshake {
  const messages = [hello, ...answers(what)].map((one) => Object.assign({}, one, { time: "2026-06-01T12:00:00.100000Z" }));
  return failed(
    messages,
    { kind: "close", by: "client", packet: 10, after: "server_hello_done" },
    { negotiated: agreed(what), events: [event("syn", "client", 1), event("fin", "client", 10, { time: at })] },
  );
}

/** A hello with suites in the order of Node.js. */
const NODE = offers({ suites: [0x1302, 0xc02f, 0xc02b, 0xc014, 0x00ff] });

const first = (left: Handshake, right?: Handshake): string => {
  const [finding] = right === undefined ? diagnoseHandshake(left) : diagnosePair(left, right);
  return finding === undefined ? "nothing" : `${finding.rule} ${finding.confidence}`;
};

/** The connection ends so after a HelloRetryRequest. */
function afterRetry(failure: Failure): Handshake {
  return failed([offers(), retries(0x0017)], failure, { negotiated: AGREED13 });
}

/** The client answers with one encrypted record of so many octets, and the server with an alert. */
function flightOf(length: number): Handshake {
  return failed(
    [offers(), answer13()],
    { kind: "alert", by: "server", packet: 9, encrypted: true },
    {
      negotiated: AGREED13,
      events: [record("server", 6, 900), record("server", 6, 53), record("client", 8, length), record("server", 9, 19)],
    },
  );
}

/** The server answers the hello in plaintext. */
function saysPlainly(text: string, via?: string): Handshake {
  return died(offers(), { kind: "not-tls", by: "server", packet: 6, text }, via === undefined ? {} : { via });
}

/** The client rejects a chain that ends in a certificate of this subject. */
function sentBy(issuer: string): Handshake {
  return failed(
    [
      offers(),
      ...answers({
        chain: [
          { ...LEAF, issuer },
          { ...LEAF, subject: issuer, issuer: "CN=Root" },
        ],
      }),
      alert("client", "0x2a"),
    ],
    { kind: "alert", by: "client", packet: 10, alert: point("0x2a", "bad_certificate"), after: "server_hello_done" },
    { negotiated: agreed() },
  );
}

/** The client waits in vain. */
function halfHeard(events: Handshake["events"]): Handshake {
  return died(offers(), { kind: "timeout", by: "path", packet: 8, after: "client_hello" }, { events });
}

/** The client leaves after these encrypted records. */
const leavesAfter = (...client: number[]): Handshake => ({
  ...works13(),
  outcome: "incomplete",
  events: [
    record("server", 6, 900),
    record("server", 6, 53),
    ...client.map((length) => record("client", 8, length)),
    event("fin", "client", 9),
  ],
});

describe("a client that turns away without an alert, as Node.js does", () => {
  it.each<[string, Handshake, Handshake?]>([
    ["unsafe-legacy-renegotiation likely", goesAway(offers(), { hello: { extensions: [] } })],
    ["downgrade-sentinel likely", goesAway(offers(), { hello: { random: SENTINEL } })],
    ["server-curve-not-offered likely", goesAway(offers({ groups: [0x001d] }), { group: 0x0017 })],
    ["server-sigalg-not-offered likely", goesAway(offers({ schemes: [0x0804] }), { scheme: 0x0201 })],
    ["server-only-old-tls-serverhello likely", goesAway(offers({ suites: [0x1301, 0xc014] }), { version: 0x0301, suite: 0xc014 })],
    ["unsupported-extension likely", goesAway(offers(), { hello: { extensions: [extended(0xff01), extended(0x3374)] } })],
    ["bad-server-signature likely", goesAway(NODE), works()],
  ])("still shows %s", (cause, failing, working) => {
    expect(first(failing, working)).toBe(cause);
  });

  it("says nothing where it has waited before", () => {
    const late = goesAway(offers(), { hello: { random: SENTINEL } }, "2026-06-01T12:00:09.000000Z");
    expect(diagnoseHandshake(late).map(({ rule }) => rule)).not.toContain("downgrade-sentinel");
  });

  it("says nothing of the signature where there is none to compare with, or the client may have judged the certificate", () => {
    expect(diagnoseHandshake(goesAway(NODE)).map(({ rule }) => rule)).not.toContain("bad-server-signature");
    expect(first(goesAway(offers()), works())).not.toMatch(/bad-server-signature/);
  });
});

describe("extended_master_secret that the client insists on", () => {
  const hello = { extensions: [extended(0xff01)] };
  const late = (before: readonly Handshake["messages"][number][]): Handshake =>
    failed(
      [offers(), ...answers({ hello }), message("client_key_exchange", "client", { packet: 10 }), ...before, alert("client", "0x28")],
      { kind: "alert", by: "client", packet: 10, alert: point("0x28", "handshake_failure"), after: "server_hello_done" },
      { negotiated: agreed() },
    );

  it("may be missed after the client's key exchange, as Go does", () => {
    expect(first(late([]), works(offers(), { hello }))).toBe("ems-required likely");
  });

  it("is not what it misses once its keys have changed", () => {
    expect(first(late([bare("change_cipher_spec", "client", { packet: 10 })]), works(offers(), { hello }))).not.toMatch(/ems-required/);
  });
});

describe("the end after a HelloRetryRequest", () => {
  const fits = works13(offers({ shares: [0x0017] }), { group: 0x0017 });

  it("counts also where the second hello does not get through", () => {
    expect(first(afterRetry(RESET), fits)).toBe("hrr-second-hello-reset likely");
  });

  it("does not where the client itself went away", () => {
    expect(first(afterRetry({ ...RESET, by: "client" }), fits)).not.toMatch(/hrr-second/);
  });
});

describe("a reset without an alert", () => {
  const old = offers({ versions: [0x0303] });

  it("of a hello that ends in an empty extension does not show that its version is too old", () => {
    const hello = offers({ versions: [0x0303], plus: [extended(0x3374, {}, 0)] });
    expect(diagnosePair(died(hello, RESET), works13()).map(({ rule, confidence }) => `${rule} ${confidence}`)).toEqual([
      "empty-last-extension likely",
      "protocol-version-too-low possible",
    ]);
  });

  it("of one that has nothing else against it does", () => {
    expect(first(died(old, RESET), works13())).toBe("protocol-version-too-low likely");
  });
});

describe("a hello of which the capture holds only the beginning", () => {
  const cut = { malformed: "the capture holds 143 of its 1470 octets" };

  it.each<[string, ClientHello, Handshake?]>([
    ["missing-signature-algorithms", offers({ schemes: null, versions: [0x0303] })],
    ["sni-missing", offers({ name: null }), works()],
    ["ems-required-by-server", offers({ without: [0x0017] }), works()],
    ["protocol-version-too-low", offers({ versions: null }), works13()],
  ])("does not show %s by what it lacks", (rule, hello, working) => {
    const rules = (one: ClientHello): string[] => {
      const number = rule === "protocol-version-too-low" ? 70 : 40;
      const failing = refused(one, number);
      return (working === undefined ? diagnoseHandshake(failing) : diagnosePair(failing, working)).map((finding) => finding.rule);
    };
    expect(rules(hello)).toContain(rule);
    expect(rules({ ...hello, ...cut })).not.toContain(rule);
  });

  it("shows a suite that it lacks, for suites come before the cut", () => {
    const failing = refused({ ...offers({ suites: [0x1301, 0xc02f], versions: null }), ...cut });
    const working = works(offers({ suites: [0xc02f, 0x0035] }), { suite: 0x0035 });
    expect(first(failing, working)).toBe("no-common-cipher-rsa-kex certain");
  });
});

describe("an empty client certificate in one record with the Finished, as BoringSSL sends it", () => {
  it.each([61, 77])("is told by its %d octets", (length) => {
    expect(first(flightOf(length))).toBe("client-cert-missing-tls13 likely");
  });

  it.each([53, 69, 120])("is not seen in %d octets", (length) => {
    expect(first(flightOf(length))).not.toMatch(/client-cert-missing/);
  });
});

describe("decode_error after the client's flight", () => {
  it("is how GnuTLS says that a certificate is missing", () => {
    expect(first(refusesCertificate(50, []))).toBe("client-cert-missing-tls12 likely");
  });

  it("says nothing of a certificate that was sent", () => {
    expect(first(refusesCertificate(50, [LEAF]))).not.toMatch(/client-cert/);
  });
});

describe("a certificate on P-521 in TLS 1.2", () => {
  const wide = offers({ groups: [0x001d, 0x0019], schemes: [0x0403, 0x0603] });
  const working = works(wide, {
    suite: 0xc02b,
    scheme: 0x0603,
    chain: [{ ...LEAF, publicKey: { algorithm: "EC", curve: "P-521", bits: 521 } }],
  });

  it("needs the curve in supported_groups", () => {
    expect(first(refused(offers({ schemes: [0x0403] })), working)).toBe("cert-p521 certain");
  });

  it("is not the cause where the curve is there", () => {
    expect(first(refused(wide), working)).not.toMatch(/cert-/);
  });
});

describe("plaintext HTTP in answer to a hello", () => {
  it.each([
    ["HTTP/1.1 400 Bad Request", "plaintext-http-on-tls certain"],
    ["HTTP/1.1 302 Found", "plaintext-http-on-tls likely"],
  ])("%s is %s", (text, cause) => {
    expect(first(saysPlainly(text))).toBe(cause);
  });

  it("is the answer to the PROXY header where one was sent", () => {
    expect(
      diagnoseHandshake(saysPlainly("HTTP/1.1 400 Bad Request", "proxy-v1")).map(({ rule, confidence }) => `${rule} ${confidence}`),
    ).toContain("proxy-protocol-expected likely");
    expect(first(saysPlainly("HTTP/1.1 400 Bad Request", "proxy-v1"))).not.toMatch(/certain/);
  });
});

describe("a root that the server sends along", () => {
  it("is one of its own, which a client may not know", () => {
    expect(first(sentBy("CN=Root"))).toBe("unknown-ca likely");
  });

  it("is not there where the chain ends in an intermediate", () => {
    expect(first(sentBy("CN=Intermediate"))).toBe("unknown-ca possible");
  });
});

describe("a connection that a client left without having spoken", () => {
  const left: Handshake = {
    ...works13(),
    id: 2,
    outcome: "incomplete",
    events: [record("server", 6, 900), record("server", 6, 53), record("client", 8, 53), event("fin", "client", 9)],
  };
  const spoke: Handshake = { ...works13(), id: 1 };
  const other = { ...works13(offers({ groups: [0x001d] })), id: 1 };

  it("has no cause where the same client spoke in another of the same capture", () => {
    const told = (...handshakes: Handshake[]): string[] => {
      const [ours, theirs] = [capture("left", ...handshakes), capture("right", other)];
      const only = { leftStream: left.stream, rightStream: other.stream };
      const comparison = compare(capture("left", left), theirs, only);
      return withDiagnosis(comparison, ours, theirs).pairs.flatMap(({ diagnosis }) =>
        (diagnosis as readonly Finding[]).map(({ rule }) => rule),
      );
    };
    expect(told(left)).toEqual(["client-rejects-after-handshake"]);
    expect(told(left, spoke)).toEqual([]);
    expect(told(left, { ...spoke, serverName: "www.example.test" })).toEqual(["client-rejects-after-handshake"]);
  });
});

describe("a client that completes its side and says goodbye before the server has said anything more", () => {
  it("has what it wanted", () => {
    expect(diagnoseHandshake(leavesAfter(53, 19))).toEqual([]);
  });

  it("is not known to, where it has not completed it", () => {
    expect(diagnoseHandshake(leavesAfter(19)).map(({ rule }) => rule)).toEqual(["inconclusive"]);
  });
});

describe("segments of the server that do not arrive", () => {
  const lost = [event("segment", "server", 6, { length: 683 }), event("gap", "server", 6, { length: 1_448 }), event("fin", "client", 10)];

  it("are lost on the way also where the server's hello is among them", () => {
    expect(first(halfHeard(lost), works13())).toBe("pmtu-black-hole likely");
    expect(diagnoseHandshake(halfHeard(lost)).map(({ rule }) => rule)).toEqual(["pmtu-black-hole"]);
  });

  it("are not, where nothing came at all", () => {
    expect(first(halfHeard([event("fin", "client", 10)]), works13())).not.toMatch(/pmtu/);
  });
});

describe("a capture in which a monitor only opens the port", () => {
  it("is diagnosed by its hello", async () => {
    const [real] = await readCaptures("fixtures/pairs/go-rsa-kex/go.pcap");
    const go = real?.handshakes[0] as Handshake;
    const probe: Handshake = {
      ...failed([{ ...alert("server", "0x32"), packet: 2 }], { kind: "close", by: "client", packet: 1 }),
      id: 7,
      transport: go.transport,
      events: [event("syn", "client", 1), event("fin", "client", 1)],
    };
    const [left, right] = [capture("left", probe, { ...go, id: 8 }), capture("right", { ...probe, id: 9 }, { ...go, id: 10 })];
    expect(compare(left, right).pairs.map(({ left: one }) => one.id)).toEqual([2]);
    expect(compare(capture("left", probe), capture("right", { ...go, id: 10 })).pairs).toHaveLength(1);
  });
});
