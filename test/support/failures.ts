/**
 * Failed and working handshakes for the diagnosis, made from a few words each: what the client offers, what the server
 * answers, how it ended. Numbers get their registered names, because evidence and some rules read those.
 */
import type { Failure, Handshake, TransportEvent } from "../../src/handshake/handshake.ts";
import type { CertificateEntry, ClientHello, Extension, Message, ServerHello } from "../../src/message/message.ts";
import { codePoint, type CodePoint, type RegistryName } from "../../src/registry/codepoint.ts";
import { alert, bare, certificate, clientHello, handshake, message, serverHello } from "./handshake-builder.ts";

/** Code points of a registry by their numbers. */
export function named(registry: RegistryName, ...numbers: number[]): CodePoint[] {
  return numbers.map((number) => codePoint(registry, number));
}

/** What a client offers; what is not said is that of a client of today. */
export interface Offers {
  readonly suites?: readonly number[];
  readonly groups?: readonly number[];
  readonly shares?: readonly number[];
  /** null: no signature_algorithms. */
  readonly schemes?: readonly number[] | null;
  /** null: no supported_versions. */
  readonly versions?: readonly number[] | null;
  /** null: no server_name. */
  readonly name?: string | null;
  readonly alpn?: readonly string[];
  /** Numbers of extensions to leave out. */
  readonly without?: readonly number[];
  readonly plus?: readonly Extension[];
  readonly more?: Partial<ClientHello>;
}

/** An extension by its number. */
export function extended(number: number, data: Extension["data"] = {}, length = 2): Extension {
  return { ...codePoint("extension_types", number), length, data };
}

/** A ClientHello in packet 4. */
export function offers(what: Offers = {}): ClientHello {
  const { suites = [0x1301, 0x1302, 0xc02f, 0xc030, 0xc02b, 0x00ff], groups = [0x001d, 0x0017], shares = [0x001d], plus = [] } = what;
  const { schemes = [0x0804, 0x0403, 0x0401], versions = [0x0304, 0x0303], name = "mail.example.test", alpn, without = [] } = what;
  const extensions = [
    ...(name === null ? [] : [extended(0x0000, { serverName: name }, 24)]),
    extended(0x000b, { formats: named("ec_point_formats", 0) }),
    extended(0x000a, { groups: named("supported_groups", ...groups) }),
    extended(0x0023),
    extended(0x0016),
    extended(0x0017),
    ...(schemes === null ? [] : [extended(0x000d, { schemes: named("signature_schemes", ...schemes) })]),
    ...(alpn === undefined ? [] : [extended(0x0010, { protocols: alpn })]),
    ...(versions === null ? [] : [extended(0x002b, { versions: named("versions", ...versions) })]),
    ...(versions?.includes(0x0304)
      ? [extended(0x0033, { entries: shares.map((group) => ({ group: codePoint("supported_groups", group), length: 32 })) })]
      : []),
  ].filter(({ id }) => !without.includes(Number.parseInt(id, 16)));
  return clientHello({
    packet: 4,
    packets: [4],
    time: "2026-06-01T12:00:00.000000Z",
    length: 220,
    sessionId: "ab".repeat(32),
    cipherSuites: named("cipher_suites", ...suites),
    extensions: [...extensions, ...plus],
    ...what.more,
  });
}

/** A transport fact. */
export function event(
  kind: TransportEvent["kind"],
  from: TransportEvent["from"],
  packet: number,
  more: Partial<TransportEvent> = {},
): TransportEvent {
  return { kind, from, packet, time: `2026-06-01T12:00:${String(Math.min(packet, 59)).padStart(2, "0")}.000000Z`, ttl: 64, ...more };
}

/** An encrypted record. */
export function record(from: TransportEvent["from"], packet: number, length: number, content = "application_data"): TransportEvent {
  return event("encrypted", from, packet, { length, content });
}

const OPENING = [event("syn", "client", 1), event("syn-ack", "server", 2), event("segment", "client", 4, { length: 229 })];

/** The server refuses the hello with an alert. */
export function refused(hello: ClientHello, number = 0x28, more: Partial<Handshake> = {}): Handshake {
  return died(hello, { kind: "alert", by: "server", packet: 6, alert: codePoint("alerts", number), after: "client_hello" }, more);
}

/** The connection ends in another way after the hello. */
export function died(hello: ClientHello, failure: Failure, more: Partial<Handshake> = {}): Handshake {
  const number = failure.alert === undefined ? undefined : failure.alert.id;
  return failed([hello, ...(number === undefined ? [] : [alert(failure.by === "client" ? "client" : "server", number)])], failure, more);
}

/** A handshake that failed after these messages. */
export function failed(messages: readonly Message[], failure: Failure, more: Partial<Handshake> = {}): Handshake {
  const hello = messages.find((one): one is ClientHello => one.type === "client_hello");
  const name = hello?.extensions?.find(({ name: known }) => known === "server_name")?.data?.["serverName"];
  return handshake({
    outcome: "failed",
    failure,
    negotiated: {},
    messages,
    events: OPENING,
    ...(typeof name === "string" ? { serverName: name } : {}),
    ...more,
  });
}

/** What a server answers in TLS 1.2 and before. */
export interface Answer {
  readonly version?: number;
  readonly suite?: number;
  readonly group?: number;
  readonly scheme?: number;
  readonly chain?: readonly Partial<CertificateEntry>[];
  readonly alpn?: string;
  readonly dhPrimeBits?: number;
  readonly hello?: Partial<ServerHello>;
  /** Further messages before server_hello_done. */
  readonly before?: readonly Message[];
}

/** A valid certificate for the server, issued by an intermediate CA. */
export const LEAF: Partial<CertificateEntry> = {
  sha256: "a1".repeat(32),
  subject: "CN=mail.example.test",
  issuer: "CN=Intermediate",
  serialNumber: "1234",
  notBefore: "2026-01-01T00:00:00Z",
  notAfter: "2027-01-01T00:00:00Z",
  subjectAltNames: ["DNS:mail.example.test"],
  publicKey: { algorithm: "RSA", bits: 2048 },
  signatureAlgorithm: "sha256WithRSAEncryption",
  keyUsage: ["digitalSignature", "keyEncipherment"],
  extendedKeyUsage: ["serverAuth"],
  authorityKeyIdentifier: "aa",
};
/** Who issued it. */
export const INTERMEDIATE: Partial<CertificateEntry> = {
  sha256: "b2".repeat(32),
  subject: "CN=Intermediate",
  issuer: "CN=Root",
  subjectKeyIdentifier: "aa",
  authorityKeyIdentifier: "bb",
  basicConstraints: { ca: true, critical: true },
  signatureAlgorithm: "sha256WithRSAEncryption",
  publicKey: { algorithm: "RSA", bits: 2048 },
  notBefore: "2020-01-01T00:00:00Z",
  notAfter: "2030-01-01T00:00:00Z",
};

/** The server's flight in TLS 1.2, from packet 6 on. */
export function answers(what: Answer = {}): Message[] {
  const { version = 0x0303, suite = 0xc02f, group = 0x001d, scheme = 0x0804, chain = [LEAF, INTERMEDIATE], alpn, dhPrimeBits } = what;
  const extensions = [
    extended(0xff01, { renegotiatedConnection: "" }),
    extended(0x0017),
    ...(alpn === undefined ? [] : [extended(0x0010, { protocols: [alpn] })]),
  ];
  const isStatic = codePoint("cipher_suites", suite).name?.startsWith("TLS_RSA_") === true;
  return [
    serverHello({
      packet: 6,
      packets: [6],
      legacyVersion: codePoint("versions", version),
      cipherSuite: codePoint("cipher_suites", suite),
      extensions,
      ...what.hello,
    }),
    certificate(chain, { packet: 8, packets: [8] }),
    ...(isStatic
      ? []
      : [
          message("server_key_exchange", "server", {
            packet: 8,
            ...(dhPrimeBits === undefined ? { group: codePoint("supported_groups", group) } : { dhPrimeBits }),
            signatureScheme: codePoint("signature_schemes", scheme),
            signatureLength: 256,
          }),
        ]),
    ...(what.before ?? []),
    bare("server_hello_done", "server", { packet: 8 }),
  ];
}

/** What was agreed, as the model tells it. */
export function agreed(what: Answer = {}): Handshake["negotiated"] {
  const { version = 0x0303, suite = 0xc02f, group = 0x001d, scheme = 0x0804, alpn, dhPrimeBits } = what;
  const isStatic = codePoint("cipher_suites", suite).name?.startsWith("TLS_RSA_") === true;
  return {
    version: codePoint("versions", version),
    cipherSuite: codePoint("cipher_suites", suite),
    ...(isStatic
      ? {}
      : {
          ...(dhPrimeBits === undefined ? { group: codePoint("supported_groups", group) } : {}),
          signatureScheme: codePoint("signature_schemes", scheme),
        }),
    ...(alpn === undefined ? {} : { alpn }),
  };
}

/** A working handshake of TLS 1.2 with data of the application. */
export function works(hello: ClientHello = offers(), what: Answer = {}, more: Partial<Handshake> = {}): Handshake {
  const name = hello.extensions?.find(({ name: known }) => known === "server_name")?.data?.["serverName"];
  const { serverName: _, ...base } = handshake();
  return {
    ...base,
    ...(typeof name === "string" ? { serverName: name } : {}),
    negotiated: agreed(what),
    messages: [
      hello,
      ...answers(what),
      message("client_key_exchange", "client", { packet: 10 }),
      bare("change_cipher_spec", "client", { packet: 10 }),
      bare("change_cipher_spec", "server", { packet: 11 }),
    ],
    events: [
      ...OPENING,
      record("client", 10, 40, "handshake"),
      record("server", 11, 40, "handshake"),
      record("client", 12, 100),
      record("server", 13, 200),
      event("fin", "client", 14),
    ],
    ...more,
  };
}

/** A working handshake of TLS 1.3; `signature` is the length of the server's, in octets. */
export function works13(
  hello: ClientHello = offers(),
  what: { group?: number; suite?: number; signature?: number; hello?: Partial<ServerHello> } = {},
  more: Partial<Handshake> = {},
): Handshake {
  const { group = 0x001d, suite = 0x1301, signature = 256 } = what;
  return {
    ...works(hello),
    negotiated: {
      version: codePoint("versions", 0x0304),
      cipherSuite: codePoint("cipher_suites", suite),
      group: codePoint("supported_groups", group),
    },
    messages: [hello, answer13({ group, suite, ...(what.hello === undefined ? {} : { hello: what.hello }) })],
    events: [
      ...OPENING,
      record("server", 6, 23),
      record("server", 6, 900),
      record("server", 6, signature + 25),
      record("server", 6, 53),
      record("client", 8, 53),
      record("client", 9, 120),
      record("server", 10, 300),
      event("fin", "client", 11),
    ],
    ...more,
  };
}

/** A ServerHello of TLS 1.3 in packet 6. */
export function answer13({
  group = 0x001d,
  suite = 0x1301,
  hello = {},
}: { group?: number; suite?: number; hello?: Partial<ServerHello> } = {}): ServerHello {
  return serverHello({
    packet: 6,
    packets: [6],
    sessionId: "ab".repeat(32),
    cipherSuite: codePoint("cipher_suites", suite),
    extensions: [
      extended(0x002b, { version: codePoint("versions", 0x0304) }),
      extended(0x0033, { entry: { group: codePoint("supported_groups", group), length: 32 } }),
    ],
    ...hello,
  });
}

/** A HelloRetryRequest for a group in packet 6. */
export function retries(group: number, packet = 6): ServerHello {
  return answer13({
    hello: {
      type: "hello_retry_request",
      packet,
      packets: [packet],
      extensions: [
        extended(0x002b, { version: codePoint("versions", 0x0304) }),
        extended(0x0033, { group: codePoint("supported_groups", group) }),
      ],
    },
  });
}

/** What TLS 1.3 agreed, for handshakes that failed after the ServerHello. */
export const AGREED13: Handshake["negotiated"] = {
  version: codePoint("versions", 0x0304),
  cipherSuite: codePoint("cipher_suites", 0x1301),
  group: codePoint("supported_groups", 0x001d),
};

/** The client aborts with an alert after the server's flight in TLS 1.2. */
export function aborts(number: number, hello: ClientHello = offers(), what: Answer = {}, more: Partial<Handshake> = {}): Handshake {
  const description = codePoint("alerts", number);
  return failed(
    [hello, ...answers(what), { ...alert("client", description.id), packet: 10 }],
    { kind: "alert", by: "client", packet: 10, alert: description, after: "server_hello_done" },
    { negotiated: agreed(what), ...more },
  );
}

/** A client that completes the handshake of TLS 1.2 and closes without a word. */
export function leaves(hello: ClientHello = offers(), what: Answer = {}): Handshake {
  return works(hello, what, {
    events: [...OPENING, record("client", 10, 40, "handshake"), record("server", 11, 40, "handshake"), event("fin", "client", 12)],
  });
}

/** A handshake with a client certificate that the server refuses with an alert, in TLS 1.2. */
export function refusesCertificate(number: number, chain: readonly Partial<CertificateEntry>[], request: object = {}): Handshake {
  const description = codePoint("alerts", number);
  return failed(
    [
      offers(),
      ...answers({ before: [asks(request)] }),
      certificate(chain, { from: "client", packet: 10, packets: [10] }),
      message("client_key_exchange", "client", { packet: 10 }),
      bare("change_cipher_spec", "client", { packet: 10 }),
      { ...alert("server", description.id), packet: 11 },
    ],
    { kind: "alert", by: "server", packet: 11, alert: description, after: "finished" },
    { negotiated: agreed(), events: [...OPENING, record("client", 10, 40, "handshake")] },
  );
}

/** The same, accepted. */
export function acceptsCertificate(chain: readonly Partial<CertificateEntry>[], request: object = {}): Handshake {
  const base = works(offers(), { before: [asks(request)] });
  return { ...base, messages: [...base.messages, certificate(chain, { from: "client", packet: 10, packets: [10] })] };
}

function asks(request: object): Message {
  return message("certificate_request", "server", {
    packet: 8,
    certificateTypes: [],
    signatureSchemes: named("signature_schemes", 0x0804, 0x0401, 0x0403),
    authorities: ["CN=Client Root"],
    ...request,
  });
}
