/**
 * How a certificate is signed (RFC 8017, 5758, 8410, 9814, 9881): an algorithm's object identifier and parameters come in, its
 * name and its parts go out. Throws where the parameters do not fit the algorithm.
 */
import { POST_QUANTUM } from "./algorithms.ts";
import type { Algorithm } from "./der.ts";
import type { SignatureFields } from "./fields.ts";
import { pssParametersOf } from "./pss.ts";

/** A signature algorithm as OpenSSL calls it; its object identifier if it has no name here. */
export function signatureAlgorithmName(type: string): string {
  return SIGNATURES[type]?.[0] ?? POST_QUANTUM[type] ?? type;
}

/** The same in parts: the scheme, and its hash where it is not fixed by the scheme. `undefined` for an algorithm without a name. */
export function signatureOf({ type, parameters }: Algorithm): SignatureFields | undefined {
  if (type === RSASSA_PSS) return { algorithm: "RSASSA-PSS", ...pssParametersOf(parameters) };
  const known = SIGNATURES[type];
  if (known === undefined) return POST_QUANTUM[type] === undefined ? undefined : { algorithm: POST_QUANTUM[type] };
  const [, algorithm, hash] = known;
  return hash === undefined ? { algorithm } : { algorithm, hash };
}

const PKCS1 = "RSASSA-PKCS1-v1_5";
const GOST_2001 = "GOST R 34.10-2001";
const GOST_2012 = "GOST R 34.10-2012";
const RSASSA_PSS = "1.2.840.113549.1.1.10";

/** Name, scheme, hash; none where the scheme fixes it. */
const SIGNATURES: { readonly [type: string]: readonly [name: string, scheme: string, hash?: string] } = {
  "1.2.840.113549.1.1.2": ["md2WithRSAEncryption", PKCS1, "MD2"],
  "1.2.840.113549.1.1.3": ["md4WithRSAEncryption", PKCS1, "MD4"],
  "1.2.840.113549.1.1.4": ["md5WithRSAEncryption", PKCS1, "MD5"],
  "1.2.840.113549.1.1.5": ["sha1WithRSAEncryption", PKCS1, "SHA-1"],
  [RSASSA_PSS]: ["RSASSA-PSS", "RSASSA-PSS"],
  "1.2.840.113549.1.1.11": ["sha256WithRSAEncryption", PKCS1, "SHA-256"],
  "1.2.840.113549.1.1.12": ["sha384WithRSAEncryption", PKCS1, "SHA-384"],
  "1.2.840.113549.1.1.13": ["sha512WithRSAEncryption", PKCS1, "SHA-512"],
  "1.2.840.113549.1.1.14": ["sha224WithRSAEncryption", PKCS1, "SHA-224"],
  "1.3.14.3.2.29": ["sha1WithRSA", PKCS1, "SHA-1"],
  "2.16.840.1.101.3.4.3.14": ["RSA-SHA3-256", PKCS1, "SHA3-256"],
  "2.16.840.1.101.3.4.3.15": ["RSA-SHA3-384", PKCS1, "SHA3-384"],
  "2.16.840.1.101.3.4.3.16": ["RSA-SHA3-512", PKCS1, "SHA3-512"],
  "1.2.840.10040.4.3": ["dsa-with-SHA1", "DSA", "SHA-1"],
  "2.16.840.1.101.3.4.3.1": ["dsa-with-SHA224", "DSA", "SHA-224"],
  "2.16.840.1.101.3.4.3.2": ["dsa-with-SHA256", "DSA", "SHA-256"],
  "1.2.840.10045.4.1": ["ecdsa-with-SHA1", "ECDSA", "SHA-1"],
  "1.2.840.10045.4.3.1": ["ecdsa-with-SHA224", "ECDSA", "SHA-224"],
  "1.2.840.10045.4.3.2": ["ecdsa-with-SHA256", "ECDSA", "SHA-256"],
  "1.2.840.10045.4.3.3": ["ecdsa-with-SHA384", "ECDSA", "SHA-384"],
  "1.2.840.10045.4.3.4": ["ecdsa-with-SHA512", "ECDSA", "SHA-512"],
  "2.16.840.1.101.3.4.3.10": ["ecdsa_with_SHA3-256", "ECDSA", "SHA3-256"],
  "2.16.840.1.101.3.4.3.11": ["ecdsa_with_SHA3-384", "ECDSA", "SHA3-384"],
  "2.16.840.1.101.3.4.3.12": ["ecdsa_with_SHA3-512", "ECDSA", "SHA3-512"],
  "1.3.101.112": ["Ed25519", "Ed25519"],
  "1.3.101.113": ["Ed448", "Ed448"],
  "1.2.156.10197.1.501": ["SM2-with-SM3", "SM2", "SM3"],
  "1.2.643.2.2.3": ["GOST R 34.11-94 with GOST R 34.10-2001", GOST_2001, "GOST R 34.11-94"],
  "1.2.643.7.1.1.3.2": ["GOST R 34.10-2012 with GOST R 34.11-2012 (256 bits)", GOST_2012, "GOST R 34.11-2012 (256 bits)"],
  "1.2.643.7.1.1.3.3": ["GOST R 34.10-2012 with GOST R 34.11-2012 (512 bits)", GOST_2012, "GOST R 34.11-2012 (512 bits)"],
};
