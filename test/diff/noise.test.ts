import { describe, expect, it } from "vitest";
import { compareHandshakes } from "../../src/diff/compare.ts";
import type { DifferenceClass } from "../../src/diff/difference.ts";
import { NOISE } from "../../src/diff/noise.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import type { ClientHello, Extension, Message } from "../../src/message/message.ts";
import {
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

/** Two values of one thing, put into a handshake by `make`. */
interface Case {
  readonly rule: string;
  readonly path: string;
  readonly make: (value: never) => Handshake;
  readonly noise: readonly [unknown, unknown];
  /** Two values whose difference means something at the same path, and its class. */
  readonly meant?: readonly [unknown, unknown, DifferenceClass?];
}

const withExtension = (name: string) => (data: Extension["data"]) => handshakeOf(helloWith(extension(name, data)));
const withServerExtension = (name: string) => (data: Extension["data"]) =>
  withMessage(message("encrypted_extensions", "server", { extensions: [extension(name, data)], decrypted: true }));
const withMessage = (...messages: Message[]): Handshake => handshake({ messages: [clientHello(), ...messages] });
const withParameters = (...parameters: object[]): Handshake =>
  handshakeOf(helloWith(extension("quic_transport_parameters", { parameters })));
const withParameter = (id: string, name: string) => (fields: object) => withParameters({ id, name, ...fields });
const greased = (...ids: string[]): ClientHello =>
  clientHello({ cipherSuites: points("0x0a0a", "0x1301"), extensions: ids.map((id) => opaqueExtension(id, "")) });

const withSuites = (...ids: string[]): Handshake => handshakeOf(clientHello({ cipherSuites: points(...ids) }));
const withGroup = (id: string): Handshake => handshake({ negotiated: { group: point(id) } });
const offer = (group: string, length: number, protocol: string): Handshake =>
  handshakeOf(
    helloWith(
      extension("key_share", { entries: [{ group: point(group), length }] }),
      extension("application_layer_protocol_negotiation", { protocols: [protocol, "h2"] }),
    ),
  );

const CASES: readonly Case[] = [
  {
    rule: "*.random",
    path: "serverHello.random",
    make: (random: string) => withMessage(serverHello({ random })),
    noise: ["11".repeat(32), "22".repeat(32)],
    meant: ["11".repeat(32), `${"22".repeat(24)}444f574e47524401`],
  },
  {
    rule: "*.sessionId",
    path: "clientHello.sessionId",
    make: (sessionId: string) => handshakeOf(clientHello({ sessionId })),
    noise: ["aa".repeat(32), "bb".repeat(32)],
    meant: ["", "bb".repeat(32)],
  },
  {
    rule: "*.cookie",
    path: "clientHello.cookie",
    make: (cookie: string) => handshakeOf(clientHello({ cookie })),
    noise: ["0102", "0304"],
    meant: ["", "0304"],
  },
  {
    rule: "*.requestContext",
    path: "certificateRequest.requestContext",
    make: (requestContext: string) => withMessage(message("certificate_request", "server", { requestContext })),
    noise: ["01", "02"],
    meant: ["", "02"],
  },
  {
    rule: "*.extensions.GREASE*.**",
    path: "clientHello.extensions.GREASE.hex",
    make: (hex: string) => handshakeOf(helloWith(opaqueExtension("0x1a1a", hex))),
    noise: ["", "00"],
  },
  {
    rule: "clientHello.extensions",
    path: "clientHello.extensions",
    make: (ids: string[]) => handshakeOf(greased(...ids)),
    noise: [
      ["0x0a0a", "0x0017", "0x0023", "0x000b", "0x5a5a"],
      ["0x2a2a", "0x000b", "0x0017", "0x0023", "0x6a6a"],
    ],
    meant: [["0x0017", "0x0023", "0x000b"], ["0x000b", "0x0017", "0x0023"], "order"],
  },
  {
    rule: "secondClientHello.extensions",
    path: "secondClientHello.extensions",
    make: (ids: string[]) => handshake({ messages: [greased(...ids.filter((id) => id !== "0x002c")), greased(...ids)] }),
    noise: [
      ["0x0a0a", "0x0017", "0x002c", "0x0023", "0x5a5a"],
      ["0x2a2a", "0x0023", "0x0017", "0x002c", "0x6a6a"],
    ],
    meant: [
      ["0x0a0a", "0x0017", "0x0023", "0x5a5a"],
      ["0x0a0a", "0x002c", "0x0017", "0x0023", "0x6a6a"],
    ],
  },
  {
    rule: "*.extensions.key_share*.**.length",
    path: "clientHello.extensions.key_share.entries.x25519.length",
    make: (length: number) => handshakeOf(helloWith(extension("key_share", { entries: [{ group: point("0x001d", "x25519"), length }] }))),
    noise: [32, 33],
  },
  {
    rule: "*.extensions.session_ticket.**",
    path: "clientHello.extensions.session_ticket.ticketLength",
    make: (ticketLength: number) => withExtension("session_ticket")({ ticketLength }),
    noise: [192, 208],
    meant: [0, 208],
  },
  {
    rule: "*.extensions.pre_shared_key.**",
    path: "clientHello.extensions.pre_shared_key.identities",
    make: (ages: number[]) =>
      withExtension("pre_shared_key")({ identities: ages.map((obfuscatedTicketAge) => ({ length: 192, obfuscatedTicketAge })) }),
    noise: [[1], [2, 3]],
  },
  {
    rule: "*.extensions.cookie.**",
    path: "clientHello.extensions.cookie.cookie",
    make: (cookie: string) => withExtension("cookie")({ cookie }),
    noise: ["01", "02"],
    meant: ["", "02"],
  },
  {
    rule: "*.extensions.padding*.**",
    path: "clientHello.extensions.padding.paddingLength",
    make: (paddingLength: number) => withExtension("padding")({ paddingLength }),
    noise: [0, 190],
  },
  {
    rule: "*.extensions.encrypted_client_hello*.configId",
    path: "clientHello.extensions.encrypted_client_hello.configId",
    make: (configId: string) => withExtension("encrypted_client_hello")({ configId }),
    noise: ["00", "7f"],
  },
  {
    rule: "*.extensions.encrypted_client_hello*.encLength",
    path: "clientHello.extensions.encrypted_client_hello.encLength",
    make: (encLength: number) => withExtension("encrypted_client_hello")({ encLength }),
    noise: [32, 65],
    meant: [32, 0],
  },
  {
    rule: "*.extensions.encrypted_client_hello*.kdf",
    path: "clientHello.extensions.encrypted_client_hello.kdf",
    make: (id: string) => withExtension("encrypted_client_hello")({ kdf: id === "" ? undefined : point(id) }),
    noise: ["0x0001", "0x0002"],
    meant: ["", "0x0002"],
  },
  {
    rule: "*.extensions.encrypted_client_hello*.aead",
    path: "clientHello.extensions.encrypted_client_hello.aead",
    make: (id: string) => withExtension("encrypted_client_hello")({ aead: id === "" ? undefined : point(id) }),
    noise: ["0x0001", "0x0003"],
    meant: ["", "0x0003"],
  },
  {
    rule: "*.extensions.encrypted_client_hello*.payloadLength",
    path: "clientHello.extensions.encrypted_client_hello.payloadLength",
    make: (payloadLength: number) => withExtension("encrypted_client_hello")({ payloadLength }),
    noise: [144, 176],
    meant: [144, 0],
  },
  {
    rule: "*.extensions.encrypted_client_hello*.confirmation",
    path: "helloRetryRequest.extensions.encrypted_client_hello.confirmation",
    make: (confirmation: string) =>
      withMessage(serverHello({ type: "hello_retry_request", extensions: [extension("encrypted_client_hello", { confirmation })] })),
    noise: ["01", "02"],
    meant: ["", "02"],
  },
  {
    rule: "*.extensions.encrypted_client_hello*.retryConfigs",
    path: "encryptedExtensions.extensions.encrypted_client_hello.retryConfigs",
    make: (retryConfigs: unknown[]) => withServerExtension("encrypted_client_hello")({ retryConfigs }),
    noise: [[{ configId: "01" }], [{ configId: "02" }]],
    meant: [[], [{ configId: "02" }]],
  },
  {
    rule: "*.extensions.encrypted_server_name.recordDigest",
    path: "clientHello.extensions.encrypted_server_name.recordDigest",
    make: (recordDigest: string) => withExtension("encrypted_server_name")({ recordDigest }),
    noise: ["01", "02"],
    meant: ["", "02"],
  },
  {
    rule: "*.extensions.encrypted_server_name.nonce",
    path: "encryptedExtensions.extensions.encrypted_server_name.nonce",
    make: (nonce: string) => withServerExtension("encrypted_server_name")({ nonce }),
    noise: ["01", "02"],
    meant: ["", "02"],
  },
  {
    rule: "*.extensions.renegotiation_info.**",
    path: "clientHello.extensions.renegotiation_info.renegotiatedConnection",
    make: (renegotiatedConnection: string) => withExtension("renegotiation_info")({ renegotiatedConnection }),
    noise: ["01", "02"],
    meant: ["", "02"],
  },
  {
    rule: "*.extensions.connection_id*.**",
    path: "clientHello.extensions.connection_id.connectionId",
    make: (connectionId: string) => withExtension("connection_id")({ connectionId }),
    noise: ["01", "02"],
    meant: ["", "02"],
  },
  {
    rule: "*.extensions.external_*.**",
    path: "clientHello.extensions.external_session_id.sessionId",
    make: (sessionId: string) => withExtension("external_session_id")({ sessionId }),
    noise: ["01", "02"],
    meant: ["", "02"],
  },
  {
    rule: "*.extensions.signed_certificate_timestamp.**",
    path: "serverHello.extensions.signed_certificate_timestamp.scts",
    make: (scts: unknown[]) => withMessage(serverHello({ extensions: [extension("signed_certificate_timestamp", { scts })] })),
    noise: [[{ logId: "01" }], [{ logId: "02" }]],
    meant: [[], [{ logId: "02" }]],
  },
  {
    rule: "*.extensions.transparency_info.**",
    path: "serverHello.extensions.transparency_info.items",
    make: (items: unknown[]) => withMessage(serverHello({ extensions: [extension("transparency_info", { items })] })),
    noise: [[{ length: 1 }], [{ length: 2 }]],
    meant: [[], [{ length: 2 }]],
  },
  {
    rule: "*.extensions.quic_transport_parameters*.parameters",
    path: "clientHello.extensions.quic_transport_parameters.parameters",
    make: (ids: string[]) => withParameters(...ids.map((id) => point(id))),
    noise: [
      ["0x01", "0x04"],
      ["0x04", "0x01"],
    ],
    meant: [["0x01", "0x04"], ["0x04"]],
  },
  {
    rule: "*.extensions.quic_transport_parameters*.**.*_connection_id.**",
    path: "clientHello.extensions.quic_transport_parameters.parameters.initial_source_connection_id.value",
    make: (value: string) => withParameter("0x0f", "initial_source_connection_id")({ value }),
    noise: ["01", "02"],
    meant: ["", "02"],
  },
  {
    rule: "*.extensions.quic_transport_parameters*.**.stateless_reset_token.**",
    path: "clientHello.extensions.quic_transport_parameters.parameters.stateless_reset_token.value",
    make: (value: string) => withParameter("0x02", "stateless_reset_token")({ value }),
    noise: ["01", "02"],
    meant: ["", "02"],
  },
  {
    rule: "*.extensions.quic_transport_parameters*.**.preferred_address.**",
    path: "clientHello.extensions.quic_transport_parameters.parameters.preferred_address.value.connectionId",
    make: (connectionId: string) => withParameter("0x0d", "preferred_address")({ value: { connectionId } }),
    noise: ["01", "02"],
    meant: ["", "02"],
  },
  {
    rule: "*.extensions.quic_transport_parameters*.**.initial_rtt.**",
    path: "clientHello.extensions.quic_transport_parameters.parameters.initial_rtt.value",
    make: (value: number) => withParameter("0x3127", "initial_rtt")({ value }),
    noise: [100, 200],
    meant: [0, 200],
  },
  {
    rule: "*.extensions.quic_transport_parameters*.**.GREASE*.**",
    path: "clientHello.extensions.quic_transport_parameters.parameters.GREASE.hex",
    make: (hex: string) => withParameter(hex === "" ? "0x1b" : "0x3a", "GREASE")({ hex }),
    noise: ["", "0102"],
  },
  {
    rule: "*.extensions.quic_transport_parameters*.**.length",
    path: "clientHello.extensions.quic_transport_parameters.parameters.max_idle_timeout.length",
    make: (length: number) => withParameter("0x01", "max_idle_timeout")({ length, value: 30 }),
    noise: [1, 2],
  },
  {
    rule: "certificates*.extensions.status_request.**",
    path: "certificates[0].extensions.status_request.responseLength",
    make: (responseLength: number) => withMessage(certificate([{ extensions: [extension("status_request", { responseLength })] }])),
    noise: [471, 472],
    meant: [0, 472, "certificate"],
  },
  {
    rule: "certificateStatus.responseLengths",
    path: "certificateStatus.responseLengths",
    make: (responseLengths: number[]) => withMessage(message("certificate_status", "server", { responseLengths })),
    noise: [[471], [472]],
    meant: [[], [472], "certificate"],
  },
  {
    rule: "*.publicLength",
    path: "serverKeyExchange.publicLength",
    make: (publicLength: number) => withMessage(serverKeyExchange({ publicLength })),
    noise: [255, 256],
  },
  {
    rule: "*.signatureLength",
    path: "serverKeyExchange.signatureLength",
    make: (signatureLength: number) => withMessage(serverKeyExchange({ signatureLength })),
    noise: [70, 71],
  },
  {
    rule: "newSessionTicket.**.ticket*",
    path: "newSessionTicket.ticketLifetime",
    make: (ticketLifetime: number) => withMessage(message("new_session_ticket", "server", { ticketLifetime })),
    noise: [7200, 7199],
  },
  {
    rule: "*inished.**",
    path: "clientFinished.hex",
    make: (hex: string) => withMessage(bare("finished", "client", { hex, decrypted: true })),
    noise: ["01", "02"],
  },
  {
    rule: "failure.text",
    path: "failure.text",
    make: (text: string) => refused(clientHello(), { failure: { kind: "not-tls", by: "server", packet: 2, text } }),
    noise: ["220 mx Thu", "220 mx Fri"],
    meant: ["", "220 mx Fri", "outcome"],
  },
  {
    rule: "transport.client.**",
    path: "transport.client.port",
    make: (port: number) => handshake({ transport: { ...handshake().transport, client: { address: "10.0.0.1", port } } }),
    noise: [40_001, 40_002],
  },
];

describe("the table of noise", () => {
  it("has a case below for each rule, and no rule twice", () => {
    const rules = NOISE.map((rule) => rule.path);
    expect([...new Set(rules)]).toEqual(rules);
    expect(CASES.map(({ rule }) => rule).toSorted()).toEqual(rules.toSorted());
  });

  it("has a case where the rule does not apply for each rule that does not apply always", () => {
    const conditional = NOISE.filter(({ noise }) => noise !== "always");
    const tested = new Set(CASES.filter(({ meant }) => meant !== undefined).map(({ rule }) => rule));
    expect(conditional.map(({ path }) => path).filter((path) => !tested.has(path))).toEqual([]);
  });

  it("gives a reason for each rule", () => {
    for (const { because } of NOISE) expect(because.split(" ").length).toBeGreaterThan(2);
  });
});

describe.each(CASES)("$path", ({ path, make, noise }) => {
  const build = make as (value: unknown) => Handshake;

  it.each([
    [0, 1],
    [1, 0],
  ] as const)("is noise: hidden and counted, or told with all (sides %i and %i)", (left, right) => {
    const [one, other] = [build(noise[left]), build(noise[right])];
    const hidden = compareHandshakes(one, other);
    const told = compareHandshakes(one, other, { all: true });
    expect(hidden.differences).toEqual([]);
    expect(hidden.identical).toBe(true);
    expect(hidden.hidden.noise).toBeGreaterThan(0);
    expect(told.hidden.noise).toBe(0);
    expect(told.differences.map((difference) => [difference.path, difference.class])).toContainEqual([path, "noise"]);
    expect(told.differences.length).toBe(hidden.hidden.noise);
  });
});

describe("what the rules spare", () => {
  it.each(CASES.filter(({ meant }) => meant !== undefined))("$path means something", ({ path, make, meant }) => {
    const build = make as (value: unknown) => Handshake;
    const [left, right, expected = "semantic"] = meant ?? [];
    const { differences, identical } = compareHandshakes(build(left), build(right));
    expect(differences.map((difference) => [difference.path, difference.class])).toContainEqual([path, expected]);
    expect(identical).toBe(false);
  });
});

describe("GREASE", () => {
  it("of another value in the same place is noise", () => {
    const found = compareHandshakes(withSuites("0x0a0a", "0x1301"), withSuites("0xfafa", "0x1301"), { all: true });
    expect(found.differences).toMatchObject([
      { path: "clientHello.cipherSuites", class: "noise", onlyLeft: [], onlyRight: [], moved: [], common: 2 },
    ]);
    expect(found.identical).toBe(true);
  });

  it("on one side only is a difference of meaning", () => {
    expect(compareHandshakes(withSuites("0x0a0a", "0x1301"), withSuites("0x1301")).differences).toMatchObject([
      { path: "clientHello.cipherSuites", class: "semantic", onlyLeft: [{ id: "0x0a0a", name: "GREASE" }], onlyRight: [], moved: [] },
    ]);
  });

  it("in another place is a difference of order", () => {
    expect(compareHandshakes(withSuites("0x0a0a", "0x1301", "0x1302"), withSuites("0x1301", "0x1302", "0x3a3a")).differences).toMatchObject(
      [{ path: "clientHello.cipherSuites", class: "order", moved: [{ name: "GREASE" }], common: 3 }],
    );
  });

  it("among key shares and ALPN names is known too", () => {
    const found = compareHandshakes(offer("0x0a0a", 1, "\\x8a\\x8a"), offer("0x1a1a", 1, "**"), { all: true });
    expect(found.differences.map((difference) => [difference.path, difference.class])).toEqual([
      ["clientHello.extensions.key_share.entries", "noise"],
      ["clientHello.extensions.application_layer_protocol_negotiation.protocols", "noise"],
    ]);
  });

  it("that stands twice is told twice, each by its number", () => {
    const one = handshakeOf(helloWith(opaqueExtension("0x0a0a", ""), opaqueExtension("0x0a0a", "00")));
    const other = handshakeOf(helloWith(opaqueExtension("0x0a0a", "01"), opaqueExtension("0x0a0a", "02")));
    const { differences } = compareHandshakes(one, other, { all: true });
    expect(differences.map(({ path }) => path)).toEqual(["clientHello.extensions.GREASE.hex", "clientHello.extensions.GREASE#2.hex"]);
  });

  it("against an assigned value is a difference of meaning", () => {
    expect(compareHandshakes(withGroup("0x0a0a"), withGroup("0x001d")).differences).toMatchObject([
      { path: "negotiated.group", class: "semantic" },
    ]);
  });
});
