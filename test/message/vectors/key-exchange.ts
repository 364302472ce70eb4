/** ServerKeyExchange and ClientKeyExchange in the shape of every key exchange, with the suite known and, where it can be told, unknown. */
import { type Wire, wire } from "../../support/wire.ts";
import type { MessageVector } from "./vector.ts";

const point = (id: string, name: string | null): { id: string; name: string | null } => ({ id, name });

const SERVER = 12;
const CLIENT = 16;
const SSL3 = 0x0300;
const TLS10 = 0x0301;
const TLS12 = 0x0303;

const ECDHE_RSA = 0xc02f;
const ECDH_ANON = 0xc018;
const DHE_RSA = 0x009e;
const DH_ANON = 0x0034;
const PSK = 0x008c;
const DHE_PSK = 0x0090;
const RSA_PSK = 0x0094;
const ECDHE_PSK = 0xc035;
const SRP = 0xc01d;
const SRP_RSA = 0xc01e;
const RSA_EXPORT = 0x0003;
const RSA = 0x002f;
const ECDH_ECDSA = 0xc004;
const GOST = 0xc100;
const ECJPAKE = 0xc0ff;
const AES128_GCM_OF_TLS13 = 0x1301;
const UNKNOWN = -1;

/** As many octets as wanted, of which the first is not zero. */
const filled = (length: number): Uint8Array => new Uint8Array(length).fill(0x7f);

const named = (body: Wire): Wire =>
  body
    .u8(3)
    .u16(0x001d)
    .vector8((key) => key.raw(filled(32)));
const NAMED = { curveType: point("0x03", "named_curve"), group: point("0x001d", "x25519"), publicLength: 32 };
const dh = (body: Wire): Wire =>
  body
    .vector16((p) => p.raw([0]).raw(filled(128)))
    .vector16((g) => g.raw([2]))
    .vector16((y) => y.raw(filled(128)));
const DH = { publicLength: 128, dhPrimeBits: 1023, dhGeneratorBits: 2 };
const hint = (body: Wire): Wire => body.vector16((text) => text.text("hint"));
const HINT = { pskIdentityHint: "hint" };
const srp = (body: Wire): Wire =>
  body
    .vector16((n) => n.raw(filled(128)))
    .vector16((g) => g.raw([5]))
    .vector8((salt) => salt.raw(filled(16)))
    .vector16((b) => b.raw(filled(128)));
const SRP_FIELDS = { srpPrimeBits: 1023, srpGeneratorBits: 3, srpSaltLength: 16, publicLength: 128 };
const exportKey = (body: Wire): Wire => body.vector16((n) => n.raw([0x80]).raw(filled(63))).vector16((e) => e.raw("010001"));
const EXPORT_KEY = { rsaModulusBits: 512, rsaExponent: "010001" };
const signed10 = (body: Wire): Wire => body.vector16((signature) => signature.raw(filled(64)));
const SIGNED10 = { signatureLength: 64 };
const signed12 = (body: Wire): Wire => signed10(body.u16(0x0804));

/** A proof of knowledge: a point and a number. */
const proof = (body: Wire): Wire => body.vector8((v) => v.raw(filled(65))).vector8((r) => r.raw(filled(32)));
const SIGNED12 = { signatureScheme: point("0x0804", "rsa_pss_rsae_sha256"), signatureLength: 64 };

interface Row {
  readonly what: string;
  readonly cipherSuite: number;
  readonly version?: number;
  readonly write: (body: Wire) => unknown;
  readonly fields: { readonly [field: string]: unknown };
  readonly whole?: readonly number[];
  readonly guessed?: true;
}

const SERVER_ROWS: readonly Row[] = [
  {
    what: "ECDHE, TLS 1.2",
    cipherSuite: ECDHE_RSA,
    write: (body) => signed12(named(body)),
    fields: { keyExchange: "ECDHE", ...NAMED, ...SIGNED12 },
  },
  {
    what: "ECDHE, TLS 1.0",
    cipherSuite: ECDHE_RSA,
    version: TLS10,
    write: (body) => signed10(named(body)),
    fields: { keyExchange: "ECDHE", ...NAMED, ...SIGNED10 },
  },
  {
    what: "ECDHE, version unknown",
    cipherSuite: ECDHE_RSA,
    version: 0,
    write: (body) => signed12(named(body)),
    fields: { keyExchange: "ECDHE", ...NAMED, ...SIGNED12 },
  },
  {
    what: "ECDHE over a prime curve that is spelled out",
    cipherSuite: ECDHE_RSA,
    write: (body) => {
      body.u8(1).vector8((p) => p.raw(filled(32)));
      for (const length of [1, 2, 65, 32, 1]) body.vector8((part) => part.raw(filled(length)));
      signed12(body.vector8((key) => key.raw(filled(65))));
    },
    fields: { keyExchange: "ECDHE", curveType: point("0x01", "explicit_prime"), curveBits: 255, publicLength: 65, ...SIGNED12 },
  },
  ...[1, 2].map((basis): Row => ({
    what: `ECDHE over a binary curve that is spelled out, basis ${basis}`,
    cipherSuite: ECDHE_RSA,
    write: (body) => {
      body.u8(2).u16(163).u8(basis);
      for (const length of [...(basis === 1 ? [1] : [1, 1, 1]), 1, 2, 43, 21, 1]) body.vector8((part) => part.raw(filled(length)));
      signed12(body.vector8((key) => key.raw(filled(43))));
    },
    fields: { keyExchange: "ECDHE", curveType: point("0x02", "explicit_char2"), curveBits: 163, publicLength: 43, ...SIGNED12 },
  })),
  { what: "ECDH_anon", cipherSuite: ECDH_ANON, write: named, fields: { keyExchange: "ECDH_anon", ...NAMED } },
  { what: "DHE", cipherSuite: DHE_RSA, write: (body) => signed12(dh(body)), fields: { keyExchange: "DHE", ...DH, ...SIGNED12 } },
  { what: "DH_anon", cipherSuite: DH_ANON, write: dh, fields: { keyExchange: "DH_anon", ...DH } },
  { what: "PSK", cipherSuite: PSK, write: hint, fields: { keyExchange: "PSK", ...HINT } },
  { what: "RSA_PSK", cipherSuite: RSA_PSK, write: hint, fields: { keyExchange: "RSA_PSK", ...HINT } },
  { what: "DHE_PSK", cipherSuite: DHE_PSK, write: (body) => dh(hint(body)), fields: { keyExchange: "DHE_PSK", ...HINT, ...DH } },
  {
    what: "ECDHE_PSK",
    cipherSuite: ECDHE_PSK,
    write: (body) => named(hint(body)),
    fields: { keyExchange: "ECDHE_PSK", ...HINT, ...NAMED },
  },
  { what: "SRP", cipherSuite: SRP, write: srp, fields: { keyExchange: "SRP", ...SRP_FIELDS } },
  {
    what: "SRP with a certificate",
    cipherSuite: SRP_RSA,
    write: (body) => signed12(srp(body)),
    fields: { keyExchange: "SRP", ...SRP_FIELDS, ...SIGNED12 },
  },
  { what: "EC J-PAKE", cipherSuite: ECJPAKE, write: (body) => proof(named(body)), fields: { keyExchange: "ECJPAKE", ...NAMED } },
  {
    what: "RSA for export",
    cipherSuite: RSA_EXPORT,
    version: TLS10,
    write: (body) => signed10(exportKey(body)),
    fields: { keyExchange: "RSA", ...EXPORT_KEY, ...SIGNED10 },
  },
];

const CLIENT_ROWS: readonly Row[] = [
  {
    what: "RSA",
    cipherSuite: RSA,
    write: (body) => body.vector16((secret) => secret.raw(filled(256))),
    fields: { keyExchange: "RSA", publicLength: 256 },
  },
  {
    what: "RSA of SSL 3.0 with the length that it should not have",
    cipherSuite: RSA,
    version: SSL3,
    write: (body) => body.vector16((secret) => secret.raw(filled(128))),
    fields: { keyExchange: "RSA", publicLength: 128 },
    guessed: true,
  },
  {
    what: "DHE",
    cipherSuite: DHE_RSA,
    write: (body) => body.vector16((key) => key.raw(filled(128))),
    fields: { keyExchange: "DHE", publicLength: 128 },
    whole: [0],
  },
  {
    what: "ECDHE",
    cipherSuite: ECDHE_RSA,
    write: (body) => body.vector8((key) => key.raw(filled(32))),
    fields: { keyExchange: "ECDHE", publicLength: 32 },
    whole: [0],
  },
  {
    what: "ECDH with the client's certificate",
    cipherSuite: ECDH_ECDSA,
    write: () => undefined,
    fields: { keyExchange: "ECDH", publicLength: 0 },
    guessed: true,
  },
  {
    what: "SRP",
    cipherSuite: SRP,
    write: (body) => body.vector16((key) => key.raw(filled(128))),
    fields: { keyExchange: "SRP", publicLength: 128 },
    whole: [0],
  },
  {
    what: "PSK",
    cipherSuite: PSK,
    write: (body) => body.vector16((name) => name.text("bob")),
    fields: { keyExchange: "PSK", pskIdentity: "bob" },
  },
  ...[DHE_PSK, RSA_PSK].map((cipherSuite): Row => ({
    what: cipherSuite === DHE_PSK ? "DHE_PSK" : "RSA_PSK",
    cipherSuite,
    write: (body) => body.vector16((name) => name.text("bob")).vector16((key) => key.raw(filled(3))),
    fields: { keyExchange: cipherSuite === DHE_PSK ? "DHE_PSK" : "RSA_PSK", pskIdentity: "bob", publicLength: 3 },
  })),
  {
    what: "ECDHE_PSK",
    cipherSuite: ECDHE_PSK,
    write: (body) => body.vector16((name) => name.text("bob")).vector8((key) => key.raw(filled(3))),
    fields: { keyExchange: "ECDHE_PSK", pskIdentity: "bob", publicLength: 3 },
  },
  {
    what: "EC J-PAKE",
    cipherSuite: ECJPAKE,
    write: (body) => proof(body.vector8((key) => key.raw(filled(65)))),
    fields: { keyExchange: "ECJPAKE", publicLength: 65 },
  },
];

function vectors(handshakeType: number, type: string, rows: readonly Row[]): MessageVector[] {
  return rows.map(({ what, cipherSuite, version = TLS12, write, fields, whole, guessed }) => ({
    what: `a ${type} of ${what}`,
    handshakeType,
    context: { version, cipherSuite },
    body: wire(write),
    fields: { type, ...fields },
    ...(whole === undefined ? {} : { whole }),
    ...(version === 0 || guessed ? { guessed: true } : {}),
  }));
}

/** The same bodies without their suite: what only one shape can be is told, the rest stays hex. */
const GUESSED: readonly MessageVector[] = [
  ...vectors(SERVER, "server_key_exchange", SERVER_ROWS)
    .filter(({ fields }) => !["PSK", "RSA_PSK"].includes(fields["keyExchange"] as string))
    .flatMap((vector) => [withSuite(vector, UNKNOWN), withSuite(vector, AES128_GCM_OF_TLS13)]),
  {
    what: "a client_key_exchange of a curve",
    handshakeType: CLIENT,
    body: wire((body) => body.vector8((key) => key.raw(filled(65)))),
    fields: { type: "client_key_exchange", keyExchange: "ECDHE", publicLength: 65 },
  },
  {
    what: "a client_key_exchange of one of several kinds",
    handshakeType: CLIENT,
    body: wire((body) => body.vector16((key) => key.raw(filled(256)))),
    fields: { type: "client_key_exchange", publicLength: 256 },
  },
].map(asGuess);

function withSuite(vector: MessageVector, cipherSuite: number): MessageVector {
  return { ...vector, context: { ...vector.context, cipherSuite } };
}

function asGuess(vector: MessageVector): MessageVector {
  return { ...vector, what: `${vector.what}, suite unknown`, guessed: true };
}

/** Every shape of both messages. */
export const KEY_EXCHANGE_VECTORS: readonly MessageVector[] = [
  ...vectors(SERVER, "server_key_exchange", SERVER_ROWS),
  ...vectors(CLIENT, "client_key_exchange", CLIENT_ROWS),
  ...GUESSED,
];

/** Bodies that stay hex: the suite and what it has to say. */
export const OPAQUE_KEY_EXCHANGES = [
  { handshakeType: SERVER, cipherSuite: UNKNOWN, hex: "0004 68696e74", keyExchange: undefined },
  { handshakeType: CLIENT, cipherSuite: UNKNOWN, hex: "30 02 05 00", keyExchange: undefined },
  { handshakeType: CLIENT, cipherSuite: GOST, hex: "30 02 05 00", keyExchange: "GOST" },
  { handshakeType: SERVER, cipherSuite: GOST, hex: "00", keyExchange: "GOST" },
] as const;

/** SSL 3.0's RSA has no length at all (RFC 6101 §5.6.7.1), so no cut of it can be told. */
export const BARE_SECRET = { handshakeType: CLIENT, cipherSuite: RSA, version: SSL3, body: filled(128) };
