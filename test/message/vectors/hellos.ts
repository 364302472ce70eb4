/** Hellos in each of their shapes. */
import { encodeClientHello, encodeExtensions, encodeServerHello, wire } from "../../support/wire.ts";
import { type MessageVector, point, octets, TLS12, TLS13 } from "./vector.ts";

const suite = (id: string, name: string, openssl: string): object => ({ id, name, openssl });
const AES128_GCM = suite("0x1301", "TLS_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256");
const NULL_COMPRESSION = point("0x00", "null");
const RANDOM = octets(32, 0xab);
const RETRY_RANDOM = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";
const KEY_SHARE = wire((body) => body.u16(0x001d).vector16((share) => share.raw([1, 2, 3])));
const KEY_SHARE_DATA = { entry: { group: point("0x001d", "x25519"), length: 3 } };
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

export const HELLOS: readonly MessageVector[] = [
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
