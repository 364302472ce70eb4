/**
 * Public keys of certificates (RFC 3279, 4055, 5480, 8410, 9881, 9909): object identifiers and DER come
 * in, names and sizes go out. Throws if a key's DER does not fit its algorithm.
 */
import { type Algorithm, type Element, identifierOf, integerOf, parseDer, sequenceOf } from "./der.ts";
import type { PublicKeyFields } from "./fields.ts";
import { pssParametersOf } from "./pss.ts";

/** The kind and size of a public key. A curve has its TLS name; one given by its parameters is `explicit`. */
export function publicKeyOf({ type, parameters }: Algorithm, key: Uint8Array): PublicKeyFields {
  const algorithm = KEY_ALGORITHMS[type] ?? type;
  switch (algorithm) {
    case "RSA":
    case "RSASSA-PSS": {
      const bits = rsaBits(key);
      return { algorithm, bits, ...(algorithm === "RSASSA-PSS" && parameters !== undefined ? pssParametersOf(parameters) : {}) };
    }
    case "DSA":
      return parameters === undefined ? { algorithm } : { algorithm, bits: dsaBits(parameters) };
    case "EC":
      return parameters === undefined ? { algorithm } : { algorithm, curve: curveName(parameters) };
    default:
      return { algorithm };
  }
}

/** Of an `RSAPublicKey` (RFC 8017 §A.1.1): its modulus; an exponent must be there. */
function rsaBits(key: Uint8Array): number {
  const [modulus, exponent] = sequenceOf(parseDer(key));
  integerOf(exponent);
  return bitsOf(integerOf(modulus));
}

/** Of `Dss-Parms` (RFC 3279 §2.3.2): its p; q and g must be there. */
function dsaBits(parameters: Element): number {
  const [p, ...others] = sequenceOf(parameters);
  for (const at of [0, 1]) integerOf(others[at]);
  return bitsOf(integerOf(p));
}

/** Of `ECParameters` (RFC 5480 §2.1.1): a named curve, or something else. */
function curveName(parameters: Element): string {
  if (parameters.idBlock.tagNumber !== OBJECT_IDENTIFIER) return "explicit";
  const curve = identifierOf(parameters);
  return CURVES[curve] ?? curve;
}

const OBJECT_IDENTIFIER = 6;

/** Bits of a positive number in two's complement. */
function bitsOf(octets: Uint8Array): number {
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
