import { describe, expect, it } from "vitest";
import { compareHandshakes, isRelevant } from "../../src/diff/compare.ts";
import type { Difference, DifferenceClass } from "../../src/diff/difference.ts";
import { FACETS } from "../../src/diff/facets/index.ts";
import { viewOf } from "../../src/diff/view.ts";
import type { Handshake, TransportEvent } from "../../src/handshake/handshake.ts";
import {
  alert,
  bare,
  certificate,
  clientHello,
  extension,
  handshake,
  handshakeOf,
  helloWith,
  message,
  opaqueExtension,
  point,
  points,
  refused,
  serverHello,
  serverKeyExchange,
} from "../support/handshake-builder.ts";

/** Two handshakes and all that their comparison must tell, noise left out. */
interface Case {
  readonly facet: string;
  readonly what: string;
  readonly left: Handshake;
  readonly right: Handshake;
  readonly told: readonly (readonly [path: string, kind: DifferenceClass, values: object])[];
}

const versions = (...ids: string[]): Handshake => handshakeOf(helloWith(extension("supported_versions", { versions: points(...ids) })));
const tls13 = (more: Partial<Handshake["negotiated"]>, decrypted: boolean): Handshake =>
  handshake({
    negotiated: { version: point("0x0304", "TLS 1.3"), ...more },
    messages: [clientHello(), serverHello(), ...(decrypted ? [bare("finished", "server", { decrypted: true })] : [])],
  });
const answered = (...messages: Handshake["messages"]): Handshake => handshake({ messages: [clientHello(), ...messages] });
const event = (kind: TransportEvent["kind"], packet = 1): TransportEvent => ({
  kind,
  from: "client",
  packet,
  time: "2026-01-01T00:00:00Z",
});
const retryHello = (...shares: string[]) =>
  helloWith(extension("key_share", { entries: shares.map((id) => ({ group: point(id), length: 32 })) }));

const ofClass = (kind: DifferenceClass): Difference => ({ path: "x", class: kind, kind: "value" });
const paths = (left: Handshake, right: Handshake): string[] => compareHandshakes(left, right).differences.map(({ path }) => path);
const why = "the capture holds 96 of its 512 octets";

/** A hello that ends within its list of suites. */
function cutInSuites(suite: string): Handshake {
  const { compressionMethods: _, extensions: __, ...start } = clientHello({ cipherSuites: points(suite) });
  return handshake({ messages: [message("client_hello", "client", { ...start, malformed: why }), ...handshake().messages.slice(1)] });
}

const CASES: readonly Case[] = [
  {
    facet: "outcome",
    what: "a failure against a success, by kind, sender and alert, then what was agreed",
    left: refused(),
    right: handshake(),
    told: [
      ["outcome", "outcome", { left: "failed", right: "established" }],
      ["failure.kind", "outcome", { left: "alert" }],
      ["failure.by", "outcome", { left: "server" }],
      ["failure.alert", "outcome", { left: point("0x28", "handshake_failure") }],
      ["failure.after", "outcome", { left: "client_hello" }],
      ["negotiated.version", "semantic", { right: point("0x0303", "TLS 1.2") }],
      ["negotiated.cipherSuite", "semantic", { right: point("0xc02f") }],
      [
        "alerts",
        "semantic",
        { onlyLeft: [{ from: "server", level: point("0x02"), description: point("0x28") }], onlyRight: [], common: 0 },
      ],
    ],
  },
  {
    facet: "outcome",
    what: "two failures with different alerts",
    left: refused(),
    right: refused(undefined, {
      failure: { kind: "alert", by: "server", packet: 9, alert: point("0x46", "protocol_version"), after: "client_hello" },
      messages: [clientHello(), alert("server", "0x46")],
    }),
    told: [
      ["failure.alert", "outcome", { left: { name: "handshake_failure" }, right: { name: "protocol_version" } }],
      ["alerts", "semantic", { common: 0 }],
    ],
  },
  {
    facet: "connection",
    what: "protocol, STARTTLS and proxy",
    left: handshake({ protocol: "tls", startTls: "smtp", dialogue: [{ from: "client", packet: 1, text: "EHLO me" }] }),
    right: handshake({ protocol: "dtls", via: "socks5", proxyTarget: "a.test:25", proxySource: "192.0.2.9:4711" }),
    told: [
      ["protocol", "semantic", { left: "tls", right: "dtls" }],
      ["startTls", "semantic", { left: "smtp" }],
      ["via", "semantic", { right: "socks5" }],
      ["proxyTarget", "transport", { right: "a.test:25" }],
      ["proxySource", "transport", { right: "192.0.2.9:4711" }],
    ],
  },
  {
    facet: "negotiated",
    what: "the choices, once although messages say them again",
    left: handshake({
      negotiated: { version: point("0x0303"), cipherSuite: point("0xc02f"), group: point("0x001d"), alpn: "h2" },
      messages: [
        clientHello(),
        serverHello({ extensions: [extension("application_layer_protocol_negotiation", { protocols: ["h2"] })] }),
        serverKeyExchange(),
      ],
    }),
    right: handshake({
      negotiated: { version: point("0x0303"), cipherSuite: point("0xc030"), group: point("0x0017"), alpn: "http/1.1", resumed: true },
      messages: [
        clientHello(),
        serverHello({
          cipherSuite: point("0xc030"),
          extensions: [extension("application_layer_protocol_negotiation", { protocols: ["http/1.1"] })],
        }),
        serverKeyExchange({ group: point("0x0017") }),
      ],
    }),
    told: [
      ["negotiated.cipherSuite", "semantic", { left: point("0xc02f"), right: point("0xc030") }],
      ["negotiated.group", "semantic", { left: point("0x001d"), right: point("0x0017") }],
      ["negotiated.alpn", "semantic", { left: "h2", right: "http/1.1" }],
      ["negotiated.resumed", "semantic", { right: true }],
    ],
  },
  {
    facet: "negotiated",
    what: "no ALPN that only a key log could show",
    left: tls13({ alpn: "h2", signatureScheme: point("0x0804") }, true),
    right: tls13({}, false),
    told: [],
  },
  {
    facet: "negotiated",
    what: "a missing ALPN where both sides were read with a key log",
    left: tls13({ alpn: "h2" }, true),
    right: tls13({}, true),
    told: [["negotiated.alpn", "semantic", { left: "h2" }]],
  },
  {
    facet: "negotiated",
    what: "no choice that the capture of the other side ended too early to show",
    left: handshake({ outcome: "incomplete", negotiated: {}, messages: [clientHello()] }),
    right: handshake(),
    told: [["outcome", "outcome", { left: "incomplete", right: "established" }]],
  },
  {
    facet: "ech",
    what: "what became of Encrypted Client Hello, where both sides show it",
    left: handshake({ ech: { offered: "outer", answer: "accepted", shownBy: "second-hello", configId: "01" } }),
    right: handshake({ ech: { offered: "outer", answer: "rejected", shownBy: "version", configId: "02" } }),
    told: [["ech.answer", "semantic", { left: "accepted", right: "rejected" }]],
  },
  {
    facet: "ech",
    what: "nothing where one side does not show it",
    left: handshake({ ech: { offered: "outer", answer: "accepted", shownBy: "second-hello" } }),
    right: handshake({ ech: { offered: "outer" } }),
    told: [],
  },
  {
    facet: "client-hello",
    what: "versions, suites and compression",
    left: handshakeOf(
      clientHello({ recordVersion: point("0x0301"), legacyVersion: point("0x0301"), cipherSuites: points("0xc02f", "0x0035") }),
    ),
    right: handshakeOf(
      clientHello({
        recordVersion: point("0x0303"),
        legacyVersion: point("0x0303", "TLS 1.2"),
        cipherSuites: points("0xc030", "0xc02f"),
        compressionMethods: points("0x01", "0x00"),
      }),
    ),
    told: [
      ["clientHello.legacyVersion", "semantic", { left: point("0x0301"), right: point("0x0303", "TLS 1.2") }],
      ["clientHello.recordVersion", "semantic", {}],
      [
        "clientHello.cipherSuites",
        "semantic",
        {
          onlyLeft: points("0x0035"),
          onlyRight: points("0xc030"),
          moved: [],
          common: 1,
          left: points("0xc02f", "0x0035"),
          right: points("0xc030", "0xc02f"),
        },
      ],
      ["clientHello.compressionMethods", "semantic", { onlyRight: points("0x01") }],
    ],
  },
  {
    facet: "client-hello",
    what: "suites in another order",
    left: handshakeOf(clientHello({ cipherSuites: points("0x1301", "0x1302", "0x1303") })),
    right: handshakeOf(clientHello({ cipherSuites: points("0x1303", "0x1301", "0x1302") })),
    told: [["clientHello.cipherSuites", "order", { onlyLeft: [], onlyRight: [], moved: points("0x1303"), common: 3 }]],
  },
  {
    facet: "client-hello",
    what: "an extension on one side, told by presence alone, and contents of those on both",
    left: handshakeOf(
      helloWith(
        extension("server_name", { serverName: "a.test" }),
        extension("supported_groups", { groups: points("0x001d", "0x0017") }),
        extension("record_size_limit", { limit: 16_385 }),
      ),
    ),
    right: handshakeOf(
      helloWith(
        extension("supported_groups", { groups: points("0x11ec", "0x001d") }),
        extension("server_name", { serverName: "b.test" }),
        extension("extended_master_secret"),
      ),
    ),
    told: [
      ["clientHello.extensions.supported_groups.groups", "semantic", { onlyLeft: points("0x0017"), onlyRight: points("0x11ec") }],
      ["clientHello.extensions.server_name.serverName", "semantic", { left: "a.test", right: "b.test" }],
      [
        "clientHello.extensions",
        "semantic",
        {
          onlyLeft: [{ id: "0x001c", name: "record_size_limit" }],
          onlyRight: [{ id: "0x0017", name: "extended_master_secret" }],
          moved: [{ id: "0x0000", name: "server_name" }],
          common: 2,
        },
      ],
    ],
  },
  {
    facet: "client-hello",
    what: "key shares by their group",
    left: handshakeOf(retryHello("0x001d", "0x0017")),
    right: handshakeOf(retryHello("0x001d")),
    told: [
      [
        "clientHello.extensions.key_share.entries",
        "semantic",
        { onlyLeft: [{ group: point("0x0017"), length: 32 }], onlyRight: [], common: 1 },
      ],
    ],
  },
  {
    facet: "client-hello",
    what: "versions offered",
    left: versions("0x0304", "0x0303"),
    right: versions("0x0303"),
    told: [["clientHello.extensions.supported_versions.versions", "semantic", { onlyLeft: points("0x0304") }]],
  },
  {
    facet: "client-hello",
    what: "an extension without codec by its octets",
    left: handshakeOf(helloWith(opaqueExtension("0x1234", "00"))),
    right: handshakeOf(helloWith(opaqueExtension("0x1234", "0001"))),
    told: [["clientHello.extensions.0x1234.hex", "semantic", { left: "00", right: "0001" }]],
  },
  {
    facet: "client-hello",
    what: "an extension decoded on one side only by its length",
    left: handshakeOf(helloWith(opaqueExtension("0x001c", "4001"))),
    right: handshakeOf(helloWith(extension("record_size_limit", { limit: 16_385 }, { length: 3 }))),
    told: [["clientHello.extensions.record_size_limit.length", "semantic", { left: 2, right: 3 }]],
  },
  {
    facet: "client-hello",
    what: "no block of extensions against an empty one",
    left: handshakeOf({ ...clientHello({ extensions: [] }) }),
    right: handshakeOf(JSON.parse(JSON.stringify({ ...clientHello(), extensions: undefined }))),
    told: [["clientHello.extensions", "semantic", { left: [] }]],
  },
  {
    facet: "client-hello",
    what: "a second hello, without what the first one told",
    left: handshake({ messages: [retryHello("0x001d"), retryHello("0x0017")] }),
    right: handshake({ messages: [retryHello("0x001d", "0x0019"), retryHello("0x0018")] }),
    told: [
      ["clientHello.extensions.key_share.entries", "semantic", { onlyRight: [{ group: point("0x0019"), length: 32 }] }],
      [
        "secondClientHello.extensions.key_share.entries",
        "semantic",
        { onlyLeft: [{ group: point("0x0017"), length: 32 }], onlyRight: [{ group: point("0x0018"), length: 32 }] },
      ],
    ],
  },
  {
    facet: "client-hello",
    what: "nothing twice of a second hello that repeats the first",
    left: handshake({ messages: [clientHello({ legacyVersion: point("0x0301") }), clientHello({ legacyVersion: point("0x0301") })] }),
    right: handshake({ messages: [clientHello(), clientHello()] }),
    told: [["clientHello.legacyVersion", "semantic", {}]],
  },
  {
    facet: "messages",
    what: "fields of the server's messages, also of types without a rule",
    left: answered(
      serverHello({ compressionMethod: point("0x00") }),
      message("certificate_request", "server", { signatureSchemes: points("0x0804", "0x0403") }),
      message("supplemental_data", "server", { data: { entries: [{ format: 1 }] } }),
    ),
    right: answered(
      serverHello({ compressionMethod: point("0x01") }),
      message("certificate_request", "server", { signatureSchemes: points("0x0403", "0x0804") }),
      message("supplemental_data", "server", { data: { entries: [{ format: 2 }] } }),
    ),
    told: [
      ["serverHello.compressionMethod", "semantic", { left: point("0x00"), right: point("0x01") }],
      ["certificateRequest.signatureSchemes", "order", { common: 2 }],
      ["supplementalData.data.entries", "semantic", { onlyLeft: [{ format: 1 }], onlyRight: [{ format: 2 }] }],
    ],
  },
  {
    facet: "messages",
    what: "the client's certificate_verify apart from the server's",
    left: answered(message("certificate_verify", "client", { signatureScheme: point("0x0804") })),
    right: answered(message("certificate_verify", "client", { signatureScheme: point("0x0403") })),
    told: [["clientCertificateVerify.signatureScheme", "semantic", { left: point("0x0804"), right: point("0x0403") }]],
  },
  {
    facet: "certificates",
    what: "another certificate in the same place, field by field",
    left: answered(certificate([{ sha256: "aa", subject: "CN=a.test", notAfter: "2026-01-01T00:00:00Z" }, { sha256: "cc" }])),
    right: answered(certificate([{ sha256: "bb", subject: "CN=a.test", notAfter: "2027-01-01T00:00:00Z" }, { sha256: "cc" }])),
    told: [
      ["certificates", "certificate", { onlyLeft: [{ sha256: "aa" }], onlyRight: [{ sha256: "bb" }], moved: [], common: 1 }],
      ["certificates[0].notAfter", "certificate", { left: "2026-01-01T00:00:00Z", right: "2027-01-01T00:00:00Z" }],
    ],
  },
  {
    facet: "certificates",
    what: "a chain in another order, and an intermediate that one side lacks",
    left: answered(certificate([{ sha256: "aa" }, { sha256: "bb" }, { sha256: "cc" }])),
    right: answered(certificate([{ sha256: "aa" }, { sha256: "cc" }])),
    told: [["certificates", "certificate", { onlyLeft: [{ sha256: "bb" }], moved: [], common: 2 }]],
  },
  {
    facet: "certificates",
    what: "no field of a certificate that was not read",
    left: answered(certificate([{ sha256: "aa", subject: "CN=a.test" }])),
    right: answered(JSON.parse(JSON.stringify(certificate([{ sha256: "bb", subject: undefined, issuer: undefined } as object])))),
    told: [["certificates", "certificate", { common: 0 }]],
  },
  {
    facet: "certificates",
    what: "an empty client certificate against a full one",
    left: answered(certificate([], { from: "client" })),
    right: answered(certificate([{}], { from: "client" })),
    told: [["clientCertificates", "certificate", { onlyLeft: [], common: 0 }]],
  },
  {
    facet: "certificates",
    what: "how the chains hang together, and that one has expired",
    left: handshake({
      certificateChain: {
        server: { path: [0, 1], order: "right", complete: "root", unused: [2] },
        client: { path: [0], order: "right", complete: "issuer-not-sent", missingIssuer: "CN=a" },
      },
    }),
    right: handshake({
      certificateChain: {
        server: {
          path: [0, 2],
          order: "wrong",
          outOfPlace: [1],
          complete: "gap",
          missingIssuer: "CN=b",
          notValid: [{ certificate: 0, why: "expired", limit: "2025-01-01T00:00:00Z" }],
        },
        client: { path: [0], order: "right", complete: "issuer-not-sent", missingIssuer: "CN=b" },
      },
    }),
    told: [
      ["certificateChain.server.complete", "certificate", { left: "root", right: "gap" }],
      ["certificateChain.server.missingIssuer", "certificate", { right: "CN=b" }],
      ["certificateChain.server.notValid", "certificate", { right: "expired" }],
      ["certificateChain.server.order", "certificate", { left: "right", right: "wrong" }],
    ],
  },
  {
    facet: "certificates",
    what: "which issuer is missing where one side sent more, although both lack one",
    left: handshake({ certificateChain: { client: { path: [0], order: "right", complete: "issuer-not-sent", missingIssuer: "CN=a" } } }),
    right: handshake({
      certificateChain: { client: { path: [0, 1], order: "right", complete: "issuer-not-sent", missingIssuer: "CN=b" } },
    }),
    told: [["certificateChain.client.missingIssuer", "certificate", { left: "CN=a", right: "CN=b" }]],
  },
  {
    facet: "alerts",
    what: "a warning that only one side saw",
    left: answered(serverHello(), alert("server", "0x70", "0x01")),
    right: answered(serverHello()),
    told: [["alerts", "semantic", { onlyLeft: [{ from: "server", level: point("0x01"), description: point("0x70") }], onlyRight: [] }]],
  },
  {
    facet: "alerts",
    what: "no alert that only a key log shows",
    left: answered(serverHello(), message("alert", "server", { level: point("0x01"), description: point("0x00"), decrypted: true })),
    right: answered(serverHello()),
    told: [],
  },
  {
    facet: "alerts",
    what: "no alert that the capture of the other side ended too early to show",
    left: handshake({ outcome: "incomplete", messages: [clientHello()], negotiated: {} }),
    right: refused(),
    told: [
      ["outcome", "outcome", { left: "incomplete", right: "failed" }],
      ["failure.kind", "outcome", {}],
      ["failure.by", "outcome", {}],
      ["failure.alert", "outcome", {}],
      ["failure.after", "outcome", {}],
    ],
  },
  {
    facet: "sequence",
    what: "a message that one side lacks, and a round trip more",
    left: answered(serverHello({ type: "hello_retry_request" }), clientHello(), serverHello()),
    right: answered(serverHello()),
    told: [
      ["messages.client", "semantic", { onlyLeft: ["client_hello"], onlyRight: [], common: 1 }],
      ["messages.server", "semantic", { onlyLeft: ["hello_retry_request"], onlyRight: [], common: 1 }],
    ],
  },
  {
    facet: "sequence",
    what: "nothing that only a key log shows",
    left: answered(serverHello(), bare("finished", "server", { decrypted: true })),
    right: answered(serverHello()),
    told: [],
  },
  {
    facet: "transport",
    what: "the hello's size and segments, retransmissions, gaps and the server's address",
    left: handshakeOf(clientHello({ length: 1_800, packets: [4, 5] }), {
      events: [event("retransmission"), event("retransmission", 2), event("segment")],
      transport: { ...handshake().transport, server: { address: "10.0.0.8", port: 443 } },
    }),
    right: handshakeOf(clientHello({ length: 300, packets: [4] }), { events: [event("gap")] }),
    told: [
      ["transport.gaps.client", "transport", { left: 0, right: 1 }],
      ["transport.helloLength", "transport", { left: 1_800, right: 300 }],
      ["transport.helloSegments", "transport", { left: 2, right: 1 }],
      ["transport.retransmissions.client", "transport", { left: 2, right: 0 }],
      ["transport.server.address", "transport", { left: "10.0.0.8", right: "10.0.0.9" }],
    ],
  },
];

describe("every facet", () => {
  it("has a case below, a sentence and a name of its own", () => {
    expect(FACETS.map(({ name }) => name)).toEqual([...new Set(CASES.map(({ facet }) => facet))]);
    for (const { about } of FACETS) expect(about).toMatch(/^[A-Z].*\.$/);
  });

  it.each(FACETS)("$name finds nothing between a handshake and itself", ({ compare }) => {
    for (const { left, right } of CASES) {
      expect(compare({ left: viewOf(left), right: viewOf(left) })).toEqual([]);
      expect(compare({ left: viewOf(right), right: viewOf(JSON.parse(JSON.stringify(right)) as Handshake) })).toEqual([]);
    }
  });
});

describe.each(CASES)("$facet tells $what", ({ left, right, told }) => {
  it("in this order and nothing else", () => {
    const { differences } = compareHandshakes(left, right);
    expect(differences.map((difference) => [difference.path, difference.class])).toEqual(told.map(([path, kind]) => [path, kind]));
    for (const [index, [, , values]] of told.entries()) expect(differences[index]).toMatchObject(values);
  });

  it("mirrored when the sides are swapped", () => {
    const { differences } = compareHandshakes(right, left);
    expect(differences.map((difference) => [difference.path, difference.class])).toEqual(told.map(([path, kind]) => [path, kind]));
  });
});

describe("a hello that was not decoded to its end", () => {
  it("is told to be so", () => {
    const cut = handshakeOf(clientHello({ malformed: why }));
    expect(compareHandshakes(cut, handshake()).differences).toMatchObject([
      { path: "clientHello.malformed", class: "semantic", left: why },
    ]);
  });

  it("is not said to lack the extensions behind the damage, but compared in what it has", () => {
    const cut = handshakeOf({ ...helloWith(extension("server_name", { serverName: "b.test" })), malformed: why });
    expect(paths(cut, handshake())).toEqual(["clientHello.malformed", "clientHello.extensions.server_name.serverName"]);
  });

  it("is compared in the suites where the damage lies behind them", () => {
    const cut = handshakeOf({ ...clientHello({ cipherSuites: points("0x1301"), extensions: [] }), malformed: why });
    expect(paths(cut, handshake())).toEqual(["clientHello.malformed", "clientHello.cipherSuites"]);
  });

  it("is not compared in the suites where the damage lies within them", () => {
    expect(paths(cutInSuites("0x1301"), handshake())).toEqual(["clientHello.malformed"]);
  });

  it("says nothing where both are cut at the same place", () => {
    expect(paths(cutInSuites("0x1301"), cutInSuites("0x1302"))).toEqual([]);
  });

  it("keeps to itself what is wrong with one extension", () => {
    const damaged = handshakeOf(helloWith(extension("supported_groups", { groups: [] }, { malformed: "1 octet is left" })));
    const sound = handshakeOf(helloWith(extension("supported_groups", { groups: points("0x001d") })));
    expect(paths(damaged, sound)).toEqual(["clientHello.extensions.supported_groups.malformed"]);
  });
});

describe("other messages that were not decoded to their end", () => {
  it("are compared in the fields of both, never in lists", () => {
    const cut = answered(message("certificate_request", "server", { certificateTypes: points("0x01"), note: 1, malformed: why }));
    const whole = answered(
      message("certificate_request", "server", { certificateTypes: points("0x01", "0x40"), authorities: ["CN=ca"], note: 2 }),
    );
    const { differences } = compareHandshakes(cut, whole);
    expect(differences.map(({ path }) => path)).toEqual(["certificateRequest.malformed", "certificateRequest.note"]);
  });

  it("do not shorten a chain of certificates", () => {
    const cut = answered(certificate([{ sha256: "aa" }], { malformed: "why" }));
    const whole = answered(certificate([{ sha256: "aa" }, { sha256: "bb" }]));
    expect(compareHandshakes(cut, whole).differences).toMatchObject([{ path: "certificates.malformed", left: "why" }]);
  });
});

describe("what a hello lacks as a whole", () => {
  it("is told by the sequence where the capture shows the end", () => {
    const without = handshake({ messages: handshake().messages.slice(1) });
    expect(compareHandshakes(without, handshake()).differences).toMatchObject([{ path: "messages.client", onlyRight: ["client_hello"] }]);
  });

  it("is not told of an attempt that never came so far", () => {
    const attempt = handshake({ outcome: "failed", failure: { kind: "refused", by: "server", packet: 2 }, negotiated: {}, messages: [] });
    const { differences } = compareHandshakes(attempt, handshake());
    expect(differences.map(({ path }) => path)).toEqual([
      "outcome",
      "failure.kind",
      "failure.by",
      "negotiated.version",
      "negotiated.cipherSuite",
    ]);
  });
});

describe("what counts for the exit status", () => {
  it.each([
    ["outcome", true, true],
    ["semantic", true, true],
    ["order", true, true],
    ["certificate", true, true],
    ["transport", true, false],
    ["noise", false, false],
  ] as const)("%s: %s where the outcomes differ, %s where they do not", (kind, whereTheyDiffer, whereTheyDoNot) => {
    expect(isRelevant(ofClass(kind), true)).toBe(whereTheyDiffer);
    expect(isRelevant(ofClass(kind), false)).toBe(whereTheyDoNot);
  });

  it("is not the transport of two working handshakes", () => {
    const { identical, differences } = compareHandshakes(handshakeOf(clientHello({ length: 400 })), handshake());
    expect(differences).toHaveLength(1);
    expect(identical).toBe(true);
  });
});
