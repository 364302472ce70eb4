/** A good body of every handshake message in each of its shapes, with what must be known to read it and what it must give. */
import type { DecodeContext } from "../../src/message/message.ts";
import { encodeClientHello, encodeExtensions, encodeServerHello, wire } from "../support/wire.ts";

/** A body and what it must give. */
export interface MessageVector {
  /** What is special about it. */
  readonly what: string;
  readonly handshakeType: number;
  readonly body: Uint8Array;
  readonly context?: Partial<DecodeContext>;
  readonly fields: { readonly type: string; readonly [field: string]: unknown };
  /** Lengths to which the body may be cut and still be whole: what is optional starts there. */
  readonly whole?: readonly number[];
  /** Its shape is told by what fits: a cut or longer body may be taken for something else, and must only not throw. */
  readonly guessed?: boolean;
}

const point = (id: string, name: string | null): { id: string; name: string | null } => ({ id, name });
const suite = (id: string, name: string, openssl: string): object => ({ id, name, openssl });
const octets = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value);

const TLS10 = 0x0301;
const TLS12 = 0x0303;
const TLS13 = 0x0304;

const AES128_GCM = suite("0x1301", "TLS_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256");
const NULL_COMPRESSION = point("0x00", "null");
const RANDOM = octets(32, 0xab);
const RETRY_RANDOM = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";
const KEY_SHARE = wire((body) => body.u16(0x001d).vector16((share) => share.raw([1, 2, 3])));
const KEY_SHARE_DATA = { entry: { group: point("0x001d", "x25519"), length: 3 } };
const SCHEMES = wire((body) => body.vector16((list) => list.u16(0x0403).u16(0x0804)));
const SCHEME_POINTS = [point("0x0403", "ecdsa_secp256r1_sha256"), point("0x0804", "rsa_pss_rsae_sha256")];

const CLIENT_HELLO = {
  legacyVersion: TLS12,
  random: RANDOM,
  sessionId: octets(2, 0xcd),
  cipherSuites: [0x1301, 0x3a3a],
  compressionMethods: [0],
};
const CLIENT_HELLO_FIELDS = {
  legacyVersion: point("0x0303", "TLS 1.2"),
  random: "ab".repeat(32),
  sessionId: "cdcd",
  cipherSuites: [AES128_GCM, point("0x3a3a", "GREASE")],
  compressionMethods: [NULL_COMPRESSION],
};

const hellos: MessageVector[] = [
  {
    what: "a client_hello without extensions",
    handshakeType: 1,
    body: encodeClientHello(CLIENT_HELLO),
    fields: { type: "client_hello", ...CLIENT_HELLO_FIELDS, extensions: [] },
  },
  {
    what: "a client_hello with extensions",
    handshakeType: 1,
    body: encodeClientHello({ ...CLIENT_HELLO, extensions: [{ type: 23, body: octets(0, 0) }] }),
    fields: {
      type: "client_hello",
      ...CLIENT_HELLO_FIELDS,
      extensions: [{ id: "0x0017", name: "extended_master_secret", length: 0, data: {} }],
    },
    whole: [45],
  },
  {
    what: "a client_hello of DTLS",
    handshakeType: 1,
    context: { protocol: "dtls" },
    body: encodeClientHello({ ...CLIENT_HELLO, legacyVersion: 0xfefd, cookie: octets(3, 0xee) }),
    fields: { type: "client_hello", ...CLIENT_HELLO_FIELDS, legacyVersion: point("0xfefd", "DTLS 1.2"), cookie: "eeeeee", extensions: [] },
  },
  {
    what: "a server_hello",
    handshakeType: 2,
    body: encodeServerHello({
      legacyVersion: TLS12,
      random: RANDOM,
      sessionId: octets(1, 9),
      cipherSuite: 0x1301,
      compressionMethod: 0,
      extensions: [{ type: 51, body: KEY_SHARE }],
    }),
    fields: {
      type: "server_hello",
      legacyVersion: point("0x0303", "TLS 1.2"),
      random: "ab".repeat(32),
      sessionId: "09",
      cipherSuite: AES128_GCM,
      compressionMethod: NULL_COMPRESSION,
      extensions: [{ id: "0x0033", name: "key_share", length: 7, data: KEY_SHARE_DATA }],
    },
    whole: [39],
  },
  {
    what: "a hello_retry_request by its random",
    handshakeType: 2,
    body: encodeServerHello({
      legacyVersion: TLS12,
      random: wire((body) => body.raw(RETRY_RANDOM)),
      sessionId: octets(0, 0),
      cipherSuite: 0x1301,
      compressionMethod: 0,
      extensions: [{ type: 51, body: Uint8Array.of(0, 0x17) }],
    }),
    fields: {
      type: "hello_retry_request",
      legacyVersion: point("0x0303", "TLS 1.2"),
      random: RETRY_RANDOM,
      sessionId: "",
      cipherSuite: AES128_GCM,
      compressionMethod: NULL_COMPRESSION,
      extensions: [{ id: "0x0033", name: "key_share", length: 2, data: { group: point("0x0017", "secp256r1") } }],
    },
    whole: [38],
  },
  ...[
    { version: 0x7f12, name: "TLS 1.3 (draft 18)" },
    { version: TLS13, name: "TLS 1.3" },
    { version: 0x7e01, name: "TLS 1.3 (Chrome experiment 1)" },
    { version: 0xfb1a, name: "TLS 1.3 (Facebook draft 26)" },
  ].map(({ version, name }): MessageVector => {
    const id = `0x${version.toString(16).padStart(4, "0")}`;
    return {
      what: `a server_hello of the short form, version ${id}`,
      handshakeType: 2,
      body: wire((body) =>
        body
          .u16(version)
          .raw(RANDOM)
          .u16(0x1301)
          .raw(encodeExtensions([{ type: 40, body: KEY_SHARE }])),
      ),
      fields: {
        type: "server_hello",
        legacyVersion: point(id, name),
        random: "ab".repeat(32),
        cipherSuite: AES128_GCM,
        extensions: [{ id: "0x0028", name: "key_share_draft", length: 7, data: KEY_SHARE_DATA }],
      },
      whole: [36],
    };
  }),
  {
    what: "a server_hello of the long form that says 0x0304",
    handshakeType: 2,
    body: encodeServerHello({
      legacyVersion: TLS13,
      random: RANDOM,
      sessionId: octets(32, 0x55),
      cipherSuite: 0x1301,
      compressionMethod: 0,
      extensions: [],
    }),
    fields: {
      type: "server_hello",
      legacyVersion: point("0x0304", "TLS 1.3"),
      random: "ab".repeat(32),
      sessionId: "55".repeat(32),
      cipherSuite: AES128_GCM,
      compressionMethod: NULL_COMPRESSION,
      extensions: [],
    },
    whole: [36, 70],
  },
  ...[
    { version: 0x7f12, name: "TLS 1.3 (draft 18)", cipherSuite: undefined },
    { version: 0x7f14, name: "TLS 1.3 (draft 20)", cipherSuite: AES128_GCM },
  ].map(({ version, name, cipherSuite }): MessageVector => ({
    what: `a hello_retry_request of its own type, ${name}`,
    handshakeType: 6,
    body: wire((body) => {
      body.u16(version);
      if (cipherSuite !== undefined) body.u16(0x1301);
      body.raw(encodeExtensions([{ type: 40, body: Uint8Array.of(0, 0x1d) }]));
    }),
    fields: {
      type: "hello_retry_request",
      legacyVersion: point(`0x${version.toString(16)}`, name),
      ...(cipherSuite === undefined ? {} : { cipherSuite }),
      extensions: [{ id: "0x0028", name: "key_share_draft", length: 2, data: { group: point("0x001d", "x25519") } }],
    },
  })),
  {
    what: "a hello_verify_request",
    handshakeType: 3,
    body: wire((body) => body.u16(0xfeff).vector8((cookie) => cookie.raw("c0ffee"))),
    fields: { type: "hello_verify_request", legacyVersion: point("0xfeff", "DTLS 1.0"), cookie: "c0ffee" },
  },
  {
    what: "encrypted_extensions",
    handshakeType: 8,
    body: encodeExtensions([{ type: 42, body: octets(0, 0) }]),
    context: { version: TLS13 },
    fields: { type: "encrypted_extensions", extensions: [{ id: "0x002a", name: "early_data", length: 0, data: {} }] },
  },
];

const NO_BODY: MessageVector[] = [
  { type: "hello_request", handshakeType: 0 },
  { type: "end_of_early_data", handshakeType: 5 },
  { type: "server_hello_done", handshakeType: 14 },
].map(({ type, handshakeType }) => ({ what: type, handshakeType, body: octets(0, 0), fields: { type } }));

/** SHA-256 of 30 01 00 and of 30 00. */
const DIGESTS = {
  300100: "edc8c1efa9b3a9dc08b95dd0236472be2167c4eb4994fc1edda33e8deefc1a45",
  3000: "e4f60d0aa6d7f3d3b6a6494b1c861b99f649c6f9ec51abaf201b20f297327c95",
};
const CHAIN = wire((body) => body.vector24((list) => list.vector24((der) => der.raw("300100")).vector24((der) => der.raw("3000"))));
const CHAIN_ENTRIES = [
  { sha256: DIGESTS[300100], length: 3 },
  { sha256: DIGESTS[3000], length: 2 },
];
const CHAIN13 = wire((body) =>
  body
    .vector8((context) => context.raw("07"))
    .vector24((list) => {
      list.vector24((der) => der.raw("300100")).raw(encodeExtensions([{ type: 34, body: octets(1, 0) }]));
      list.vector24((der) => der.raw("3000")).raw(encodeExtensions([]));
    }),
);
const CHAIN13_FIELDS = {
  type: "certificate",
  requestContext: "07",
  certificates: [
    {
      ...CHAIN_ENTRIES[0],
      extensions: [
        {
          id: "0x0022",
          name: "delegated_credential",
          length: 1,
          hex: "00",
          malformed: "truncated in delegated_credential at offset 17: 2 octets wanted, 1 left",
        },
      ],
    },
    CHAIN_ENTRIES[1],
  ],
};

const certificates: MessageVector[] = [
  {
    what: "a certificate up to TLS 1.2",
    handshakeType: 11,
    context: { version: TLS12 },
    body: CHAIN,
    fields: { type: "certificate", certificates: CHAIN_ENTRIES },
  },
  {
    what: "a certificate message without certificates",
    handshakeType: 11,
    context: { version: TLS10 },
    body: octets(3, 0),
    fields: { type: "certificate", certificates: [] },
  },
  { what: "a certificate of TLS 1.3", handshakeType: 11, context: { version: TLS13 }, body: CHAIN13, fields: CHAIN13_FIELDS },
  {
    what: "a certificate of the older form, version unknown",
    handshakeType: 11,
    body: CHAIN,
    fields: { type: "certificate", certificates: CHAIN_ENTRIES },
    guessed: true,
  },
  { what: "a certificate of TLS 1.3, version unknown", handshakeType: 11, body: CHAIN13, fields: CHAIN13_FIELDS, guessed: true },
  {
    what: "a raw public key",
    handshakeType: 11,
    context: { version: TLS12 },
    body: wire((body) => body.vector24((key) => key.raw("3003 020101"))),
    fields: {
      type: "certificate",
      certificateType: point("0x02", "Raw Public Key"),
      certificates: [{ sha256: "1b65f68a522c858715f5dd951cd0402dc16691778814bf0759822b7a257421d0", length: 5 }],
    },
  },
  {
    what: "an OpenPGP key with the id of its subkey",
    handshakeType: 11,
    context: { version: TLS12 },
    body: wire((body) =>
      body
        .u8(2)
        .vector8((id) => id.raw(octets(8, 1)))
        .vector24((key) => key.raw("300100")),
    ),
    fields: { type: "certificate", certificateType: point("0x01", "OpenPGP"), certificates: [CHAIN_ENTRIES[0]] },
  },
  {
    what: "no OpenPGP key",
    handshakeType: 11,
    context: { version: TLS12 },
    body: Uint8Array.of(1, 0, 0, 0),
    fields: { type: "certificate", certificateType: point("0x01", "OpenPGP"), certificates: [] },
  },
  {
    what: "a certificate_request of TLS 1.0",
    handshakeType: 13,
    context: { version: TLS10 },
    body: wire((body) => body.vector8((types) => types.u8(1).u8(64)).vector16((names) => names.vector16((name) => name.raw("3000")))),
    fields: {
      type: "certificate_request",
      certificateTypes: [point("0x01", "rsa_sign"), point("0x40", "ecdsa_sign")],
      authorities: ["3000"],
    },
  },
  ...[TLS12, 0].map((version): MessageVector => ({
    what: `a certificate_request of TLS 1.2, ${version === 0 ? "version unknown" : "version known"}`,
    handshakeType: 13,
    context: { version },
    body: wire((body) =>
      body
        .vector8((types) => types.u8(1))
        .raw(SCHEMES)
        .vector16((names) => names.raw([])),
    ),
    fields: {
      type: "certificate_request",
      certificateTypes: [point("0x01", "rsa_sign")],
      signatureSchemes: SCHEME_POINTS,
      authorities: [],
    },
    guessed: version === 0,
  })),
  {
    what: "a certificate_request of TLS 1.3",
    handshakeType: 13,
    context: { version: TLS13 },
    body: wire((body) =>
      body.u8(0).raw(
        encodeExtensions([
          { type: 13, body: SCHEMES },
          { type: 47, body: wire((names) => names.vector16((list) => list.vector16((name) => name.raw("3000")))) },
        ]),
      ),
    ),
    fields: {
      type: "certificate_request",
      requestContext: "",
      signatureSchemes: SCHEME_POINTS,
      authorities: ["3000"],
      extensions: [
        { id: "0x000d", name: "signature_algorithms", length: 6, data: { schemes: SCHEME_POINTS } },
        { id: "0x002f", name: "certificate_authorities", length: 6, data: { authorities: ["3000"] } },
      ],
    },
  },
  {
    what: "a certificate_status",
    handshakeType: 22,
    body: wire((body) => body.u8(1).vector24((response) => response.raw(octets(5, 1)))),
    fields: { type: "certificate_status", statusType: point("0x01", "ocsp"), responseLengths: [5] },
  },
  {
    what: "a certificate_status for a chain",
    handshakeType: 22,
    body: wire((body) => body.u8(2).vector24((list) => list.vector24((response) => response.raw([1])).vector24(() => {}))),
    fields: { type: "certificate_status", statusType: point("0x02", "ocsp_multi"), responseLengths: [1, 0] },
  },
  ...[
    { version: TLS10, scheme: false },
    { version: TLS12, scheme: true },
    { version: TLS13, scheme: true },
    { version: 0, scheme: true },
    { version: 0, scheme: false },
  ].map(({ version, scheme }): MessageVector => ({
    what: `a certificate_verify of version ${version} with${scheme ? "" : "out"} a scheme`,
    handshakeType: 15,
    context: { version },
    body: wire((body) => (scheme ? body.u16(0x0804) : body).vector16((signature) => signature.raw(octets(6, 5)))),
    fields: {
      type: "certificate_verify",
      ...(scheme ? { signatureScheme: point("0x0804", "rsa_pss_rsae_sha256") } : {}),
      signatureLength: 6,
    },
    guessed: version === 0,
  })),
];

const others: MessageVector[] = [
  {
    what: "a new_session_ticket up to TLS 1.2",
    handshakeType: 4,
    context: { version: TLS12 },
    body: wire((body) => body.u32(300).vector16((ticket) => ticket.raw([1, 2]))),
    fields: { type: "new_session_ticket", ticketLifetime: 300, ticketLength: 2 },
  },
  {
    what: "a new_session_ticket of TLS 1.3",
    handshakeType: 4,
    context: { version: TLS13 },
    body: wire((body) =>
      body
        .u32(7200)
        .u32(0xdeadbeef)
        .vector8((nonce) => nonce.raw([9]))
        .vector16((ticket) => ticket.raw([1, 2, 3]))
        .raw(encodeExtensions([{ type: 42, body: octets(4, 0) }])),
    ),
    fields: {
      type: "new_session_ticket",
      ticketLifetime: 7200,
      ticketNonce: "09",
      ticketLength: 3,
      extensions: [{ id: "0x002a", name: "early_data", length: 4, data: { maxEarlyDataSize: 0 } }],
    },
  },
  {
    what: "a new_session_ticket of TLS 1.3 draft 18",
    handshakeType: 4,
    context: { version: 0x7f12 },
    body: wire((body) =>
      body
        .u32(1)
        .u32(2)
        .vector16((ticket) => ticket.raw([1]))
        .raw(encodeExtensions([])),
    ),
    fields: { type: "new_session_ticket", ticketLifetime: 1, ticketLength: 1, extensions: [] },
  },
  ...[
    { version: TLS12, length: 12 },
    { version: TLS13, length: 32 },
    { version: 0x0300, length: 36 },
    { version: 0, length: 12 },
  ].map(({ version, length }): MessageVector => ({
    what: `a finished of ${length} octets, version ${version}`,
    handshakeType: 20,
    context: { version },
    body: octets(length, 0xfe),
    fields: { type: "finished", data: { verifyData: "fe".repeat(length) } },
  })),
  {
    what: "a certificate_url",
    handshakeType: 21,
    body: wire((body) =>
      body.u8(1).vector16((list) => {
        list
          .vector16((url) => url.text("http://a"))
          .u8(1)
          .raw(octets(20, 0x11));
        list.vector16((url) => url.text("b")).u8(0);
      }),
    ),
    fields: {
      type: "certificate_url",
      data: { chainType: point("0x01", "pkipath"), urls: [{ url: "http://a", sha1: "11".repeat(20) }, { url: "b" }] },
    },
  },
  {
    what: "a supplemental_data",
    handshakeType: 23,
    body: wire((body) => body.vector24((list) => list.u16(0).vector16((entry) => entry.raw([1, 2])))),
    fields: { type: "supplemental_data", data: { entries: [{ type: point("0x0000", "user_mapping_data"), length: 2 }] } },
  },
  {
    what: "a key_update",
    handshakeType: 24,
    body: Uint8Array.of(1),
    fields: { type: "key_update", data: { requestUpdate: point("0x01", "update_requested") } },
  },
  {
    what: "a compressed_certificate",
    handshakeType: 25,
    body: wire((body) =>
      body
        .u16(2)
        .u24(4000)
        .vector24((message) => message.raw([1, 2, 3])),
    ),
    fields: {
      type: "compressed_certificate",
      data: { algorithm: point("0x0002", "brotli"), uncompressedLength: 4000, compressedLength: 3 },
    },
  },
  {
    what: "a next_protocol",
    handshakeType: 0x43,
    body: wire((body) => body.vector8((protocol) => protocol.text("h2")).vector8((padding) => padding.raw(octets(4, 0)))),
    fields: { type: "next_protocol", data: { protocol: "h2", paddingLength: 4 } },
  },
];

/** Every message but the two key exchanges. */
export const MESSAGE_VECTORS: readonly MessageVector[] = [...hellos, ...NO_BODY, ...certificates, ...others];
