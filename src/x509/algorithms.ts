/**
 * Public keys of certificates (RFC 3279, 4055, 5480, 8410, 9881, 9909): object identifiers and DER come
 * in, names and sizes go out. Throws where a key's DER does not fit its algorithm.
 */
import { AsnIntegerArrayBufferConverter, AsnParser, AsnProp, AsnPropTypes, AsnType, AsnTypeTypes } from "@peculiar/asn1-schema";
import type { SubjectPublicKeyInfo } from "@peculiar/asn1-x509";
import type { PublicKeyFields } from "./fields.ts";
import { pssParametersOf } from "./pss.ts";

/** The kind and size of a public key. A curve has its TLS name; one that is spelled out instead of named is `explicit`. */
export function publicKeyOf(info: SubjectPublicKeyInfo): PublicKeyFields {
  const { algorithm: type, parameters } = info.algorithm;
  const algorithm = KEY_ALGORITHMS[type] ?? type;
  switch (algorithm) {
    case "RSA":
    case "RSASSA-PSS": {
      const bits = bitsOf(AsnParser.parse(info.subjectPublicKey, RsaPublicKey).modulus);
      return { algorithm, bits, ...(algorithm === "RSASSA-PSS" && parameters ? pssParametersOf(parameters) : {}) };
    }
    case "DSA":
      return parameters ? { algorithm, bits: bitsOf(AsnParser.parse(parameters, DssParameters).p) } : { algorithm };
    case "EC":
      return parameters ? { algorithm, curve: curveName(AsnParser.parse(parameters, EcParameters)) } : { algorithm };
    default:
      return { algorithm };
  }
}

/** `RSAPublicKey` (RFC 8017 §A.1.1). */
class RsaPublicKey {
  modulus = new ArrayBuffer(0);
  publicExponent = new ArrayBuffer(0);
}

/** `Dss-Parms` (RFC 3279 §2.3.2). */
class DssParameters {
  p = new ArrayBuffer(0);
  q = new ArrayBuffer(0);
  g = new ArrayBuffer(0);
}

/** `ECParameters` (RFC 5480 §2.1.1): a named curve, or something else. */
class EcParameters {
  namedCurve?: string;
  other?: ArrayBuffer;
}

const number = AsnProp({ type: AsnPropTypes.Integer, converter: AsnIntegerArrayBufferConverter });
for (const field of ["modulus", "publicExponent"]) number(RsaPublicKey.prototype, field);
for (const field of ["p", "q", "g"]) number(DssParameters.prototype, field);
AsnProp({ type: AsnPropTypes.ObjectIdentifier })(EcParameters.prototype, "namedCurve");
AsnProp({ type: AsnPropTypes.Any })(EcParameters.prototype, "other");
AsnType({ type: AsnTypeTypes.Choice })(EcParameters);

function curveName({ namedCurve }: EcParameters): string {
  return namedCurve === undefined ? "explicit" : (CURVES[namedCurve] ?? namedCurve);
}

/** Bits of a positive number in two's complement. */
function bitsOf(integer: ArrayBuffer): number {
  const octets = new Uint8Array(integer);
  const first = octets.findIndex((octet) => octet !== 0);
  return first < 0 ? 0 : 8 * (octets.length - first) - Math.clz32(octets[first] as number) + 24;
}

/** FIPS 204 and 205: one object identifier for the key and the signature. */
export const POST_QUANTUM: { readonly [type: string]: string } = {
  "2.16.840.1.101.3.4.3.17": "ML-DSA-44",
  "2.16.840.1.101.3.4.3.18": "ML-DSA-65",
  "2.16.840.1.101.3.4.3.19": "ML-DSA-87",
  "2.16.840.1.101.3.4.3.20": "SLH-DSA-SHA2-128s",
  "2.16.840.1.101.3.4.3.21": "SLH-DSA-SHA2-128f",
  "2.16.840.1.101.3.4.3.22": "SLH-DSA-SHA2-192s",
  "2.16.840.1.101.3.4.3.23": "SLH-DSA-SHA2-192f",
  "2.16.840.1.101.3.4.3.24": "SLH-DSA-SHA2-256s",
  "2.16.840.1.101.3.4.3.25": "SLH-DSA-SHA2-256f",
  "2.16.840.1.101.3.4.3.26": "SLH-DSA-SHAKE-128s",
  "2.16.840.1.101.3.4.3.27": "SLH-DSA-SHAKE-128f",
  "2.16.840.1.101.3.4.3.28": "SLH-DSA-SHAKE-192s",
  "2.16.840.1.101.3.4.3.29": "SLH-DSA-SHAKE-192f",
  "2.16.840.1.101.3.4.3.30": "SLH-DSA-SHAKE-256s",
  "2.16.840.1.101.3.4.3.31": "SLH-DSA-SHAKE-256f",
};

const KEY_ALGORITHMS: { readonly [type: string]: string } = {
  ...POST_QUANTUM,
  "1.2.840.113549.1.1.1": "RSA",
  "1.2.840.113549.1.1.10": "RSASSA-PSS",
  "1.2.840.10040.4.1": "DSA",
  "1.2.840.10045.2.1": "EC",
  "1.3.101.110": "X25519",
  "1.3.101.111": "X448",
  "1.3.101.112": "Ed25519",
  "1.3.101.113": "Ed448",
  "1.2.643.2.2.19": "GOST R 34.10-2001",
  "1.2.643.7.1.1.1.1": "GOST R 34.10-2012 (256 bits)",
  "1.2.643.7.1.1.1.2": "GOST R 34.10-2012 (512 bits)",
};

const CURVES: { readonly [type: string]: string } = {
  "1.2.840.10045.3.1.1": "secp192r1",
  "1.2.840.10045.3.1.7": "secp256r1",
  "1.3.132.0.1": "sect163k1",
  "1.3.132.0.10": "secp256k1",
  "1.3.132.0.15": "sect163r2",
  "1.3.132.0.16": "sect283k1",
  "1.3.132.0.17": "sect283r1",
  "1.3.132.0.26": "sect233k1",
  "1.3.132.0.27": "sect233r1",
  "1.3.132.0.32": "secp224k1",
  "1.3.132.0.33": "secp224r1",
  "1.3.132.0.34": "secp384r1",
  "1.3.132.0.35": "secp521r1",
  "1.3.132.0.36": "sect409k1",
  "1.3.132.0.37": "sect409r1",
  "1.3.132.0.38": "sect571k1",
  "1.3.132.0.39": "sect571r1",
  "1.3.36.3.3.2.8.1.1.7": "brainpoolP256r1",
  "1.3.36.3.3.2.8.1.1.11": "brainpoolP384r1",
  "1.3.36.3.3.2.8.1.1.13": "brainpoolP512r1",
  "1.2.156.10197.1.301": "curveSM2",
};
