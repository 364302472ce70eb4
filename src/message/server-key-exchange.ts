/**
 * ServerKeyExchange (RFC 5246 §7.4.3, RFC 8422 §5.4, RFC 4279 §2, RFC 5489 §2, RFC 5054 §2.5.3;
 * Thread's EC J-PAKE: draft-cragie-tls-ecjpake-01 §7): the server's ephemeral public value. Its shape
 * depends on the cipher suite; if that is unknown (the capture began too late), the shape that fits exactly is taken, and if none does, it stays hex.
 */
import { Cursor, DecodeFault } from "../bytes/cursor.ts";
import { toHex } from "../bytes/hex.ts";
import { codePoint } from "../registry/codepoint.ts";
import { suiteParts } from "../registry/suite.ts";
import type { DecodeContext, DecodedBody } from "./message.ts";
import { bitsOf, readHex16, readHexRest, readLength8, readText16 } from "./read-values.ts";
import { readSignature } from "./signature.ts";

/** Reads the fields of {@link ServerKeyExchange}. */
export function decodeServerKeyExchange(body: Cursor, fields: DecodedBody, context: DecodeContext): void {
  const suite = suiteParts(context.cipherSuite);
  if (suite === undefined || suite.keyExchange === "TLS13" || suite.keyExchange === "NULL") {
    recognise(body, fields, context.version);
    return;
  }
  fields["keyExchange"] = suite.keyExchange;
  const read = SHAPES[suite.keyExchange];
  if (read === undefined) {
    fields["hex"] = readHexRest(body);
    return;
  }
  read(body, fields);
  const isUnsigned = suite.keyExchange.endsWith("PSK") || UNSIGNED.has(suite.authentication);
  if (!isUnsigned) readSignature(body, fields, context.version);
}

const UNSIGNED: ReadonlySet<string> = new Set(["anon", "SRP", "PAKE"]);

type ShapeReader = (body: Cursor, fields: DecodedBody) => void;

/** The parameters of each key exchange, without the signature. */
const SHAPES: { readonly [keyExchange: string]: ShapeReader } = {
  ECDHE: readCurve,
  ECDH_anon: readCurve,
  DHE: readDiffieHellman,
  DH_anon: readDiffieHellman,
  PSK: readHint,
  RSA_PSK: readHint,
  DHE_PSK: (body, fields) => {
    readHint(body, fields);
    readDiffieHellman(body, fields);
  },
  ECDHE_PSK: (body, fields) => {
    readHint(body, fields);
    readCurve(body, fields);
  },
  ECJPAKE: (body, fields) => {
    readCurve(body, fields);
    skip8(body.at("zkp"), 2);
  },
  SRP: readSrp,
  RSA: readExportKey,
};

const EXPLICIT_PRIME = 1;
const EXPLICIT_CHAR2 = 2;
const NAMED_CURVE = 3;

function readCurve(body: Cursor, fields: DecodedBody): void {
  const type = body.at("curve_type").u8();
  fields["curveType"] = codePoint("ec_curve_types", type);
  if (type === NAMED_CURVE) fields["group"] = codePoint("supported_groups", body.at("namedcurve").u16());
  else if (type === EXPLICIT_PRIME) readPrimeCurve(body, fields);
  else if (type === EXPLICIT_CHAR2) readBinaryCurve(body, fields);
  else throw body.illegal();
  fields["publicLength"] = readLength8(body.at("public"));
}

/** Prime, coefficients a and b, base point, order, cofactor. */
function readPrimeCurve(body: Cursor, fields: DecodedBody): void {
  fields["curveBits"] = bitsOf(body.at("prime_p").vector8());
  skip8(body.at("curve"), 5);
}

const TRINOMIAL = 1;
const PENTANOMIAL = 2;

/** Degree, one or three exponents of the reduction polynomial, then as for a prime. */
function readBinaryCurve(body: Cursor, fields: DecodedBody): void {
  fields["curveBits"] = body.at("m").u16();
  const basis = body.at("basis").u8();
  if (basis !== TRINOMIAL && basis !== PENTANOMIAL) throw body.illegal();
  skip8(body.at("curve"), (basis === TRINOMIAL ? 1 : 3) + 5);
}

function skip8(body: Cursor, vectors: number): void {
  for (let count = 0; count < vectors; count++) body.vector8();
}

function readDiffieHellman(body: Cursor, fields: DecodedBody): void {
  const primeBits = bitsOf(body.at("dh_p").vector16());
  const generatorBits = bitsOf(body.at("dh_g").vector16());
  fields["publicLength"] = body.at("dh_Ys").vector16().remaining;
  fields["dhPrimeBits"] = primeBits;
  fields["dhGeneratorBits"] = generatorBits;
}

function readHint(body: Cursor, fields: DecodedBody): void {
  fields["pskIdentityHint"] = readText16(body.at("psk_identity_hint"));
}

function readSrp(body: Cursor, fields: DecodedBody): void {
  fields["srpPrimeBits"] = bitsOf(body.at("srp_N").vector16());
  fields["srpGeneratorBits"] = bitsOf(body.at("srp_g").vector16());
  fields["srpSaltLength"] = readLength8(body.at("srp_s"));
  fields["publicLength"] = body.at("srp_B").vector16().remaining;
}

/** The short key of an export suite (RFC 2246 §7.4.3). */
function readExportKey(body: Cursor, fields: DecodedBody): void {
  fields["rsaModulusBits"] = bitsOf(body.at("rsa_modulus").vector16());
  fields["rsaExponent"] = readHex16(body.at("rsa_exponent"));
}

/** A key exchange that may fit, with or without a signature, and what its values must be like. */
interface Guess {
  readonly keyExchange: string;
  readonly signed: boolean;
  readonly isPlausible: (fields: DecodedBody) => boolean;
}

const hasShare = (fields: DecodedBody): boolean => (fields["publicLength"] as number) > 0;
const hasPrime = (fields: DecodedBody): boolean => (fields["dhPrimeBits"] as number) >= 256 && hasShare(fields);

const GUESSES: readonly Guess[] = [
  { keyExchange: "ECDHE", signed: true, isPlausible: hasShare },
  { keyExchange: "ECDH_anon", signed: false, isPlausible: hasShare },
  { keyExchange: "DHE", signed: true, isPlausible: hasPrime },
  { keyExchange: "RSA", signed: true, isPlausible: (fields) => fields["rsaExponent"] === "010001" },
  { keyExchange: "DH_anon", signed: false, isPlausible: hasPrime },
  { keyExchange: "ECJPAKE", signed: false, isPlausible: hasShare },
  { keyExchange: "ECDHE_PSK", signed: false, isPlausible: hasShare },
  { keyExchange: "DHE_PSK", signed: false, isPlausible: hasPrime },
  { keyExchange: "SRP", signed: true, isPlausible: hasShare },
  { keyExchange: "SRP", signed: false, isPlausible: hasShare },
];

function recognise(body: Cursor, fields: DecodedBody, version: number): void {
  for (const { keyExchange, signed, isPlausible } of GUESSES) {
    const found: DecodedBody = { type: fields.type, keyExchange };
    const attempt = new Cursor(body.bytes, body.position, body.end);
    try {
      (SHAPES[keyExchange] as ShapeReader)(attempt, found);
      if (signed) readSignature(attempt, found, version);
      attempt.finish();
    } catch (fault) {
      if (!(fault instanceof DecodeFault)) throw fault;
      continue;
    }
    if (!isPlausible(found)) continue;
    Object.assign(fields, found);
    body.position = body.end;
    return;
  }
  fields["hex"] = toHex(body.bytes, body.position, body.end);
  body.position = body.end;
  fields.malformed = "the cipher suite is not known, and no key exchange fits";
}
