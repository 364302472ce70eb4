/**
 * Signature schemes and the keys that they need (RFC 9846 §4.2.3), and the kind of the server's key:
 * known from its certificate, its signature, or, if TLS 1.3 hides both, the length of its signature.
 */
import type { CertificateEntry } from "../message/message.ts";
import type { Look } from "./look.ts";

/** A kind of key, as far as schemes distinguish kinds. */
export type KeyKind = "RSA" | "RSASSA-PSS" | "P-256" | "P-384" | "P-521" | "Ed25519" | "Ed448" | "brainpool" | "ML-DSA";

const RSA_MODERN = [0x0804, 0x0805, 0x0806];
const RSA_PKCS1 = [0x0401, 0x0501, 0x0601, 0x0301];
const ECDSA = [0x0403, 0x0503, 0x0603, 0x0303, 0x0203];
/** rsa_pkcs1_sha1 and ecdsa_sha1. */
const SHA1_SCHEMES: ReadonlySet<number> = new Set([0x0201, 0x0203, 0x0202]);

const SCHEMES: Readonly<Record<KeyKind, readonly number[]>> = {
  RSA: [...RSA_MODERN, ...RSA_PKCS1, 0x0201],
  "RSASSA-PSS": [0x0809, 0x080a, 0x080b],
  "P-256": [0x0403],
  "P-384": [0x0503],
  "P-521": [0x0603],
  Ed25519: [0x0807],
  Ed448: [0x0808],
  brainpool: [0x081a, 0x081b, 0x081c],
  "ML-DSA": [0x0904, 0x0905, 0x0906],
};

/** Schemes with which a key of this kind can sign a handshake. In TLS 1.2 an ECDSA scheme does not determine the curve (RFC 5246 §7.4.1.4.1). */
export function schemesFor(key: KeyKind, isTls13: boolean): readonly number[] {
  if (key === "RSA" && isTls13) return RSA_MODERN;
  if (!isTls13 && key.startsWith("P-")) return ECDSA;
  return SCHEMES[key];
}

/** The group of a key's curve, for NIST curves. */
export function groupOfKey(key: KeyKind | undefined): number | undefined {
  return key === "P-256" ? 0x0017 : key === "P-384" ? 0x0018 : key === "P-521" ? 0x0019 : undefined;
}

/** The kind of key that made a signature of this scheme. */
export function keyOfScheme(scheme: number): KeyKind | undefined {
  return (Object.keys(SCHEMES) as KeyKind[]).find((key) => SCHEMES[key].includes(scheme));
}

/** The kind of a certificate's key. */
export function keyOfCertificate(entry: CertificateEntry | undefined): KeyKind | undefined {
  const { algorithm = "", curve = "" } = entry?.publicKey ?? {};
  if (/pss/i.test(algorithm)) return "RSASSA-PSS";
  if (/ed25519/i.test(algorithm)) return "Ed25519";
  if (/ed448/i.test(algorithm)) return "Ed448";
  if (/ml-dsa/i.test(algorithm)) return "ML-DSA";
  if (/^rsa/i.test(algorithm)) return "RSA";
  if (/brainpool/i.test(curve)) return "brainpool";
  if (/256r1|P-256/i.test(curve)) return "P-256";
  if (/384r1|P-384/i.test(curve)) return "P-384";
  if (/521r1|P-521/i.test(curve)) return "P-521";
  return undefined;
}

/** The kind of the server's key, by whatever shows it. */
export function keyOfServer(look: Look): KeyKind | undefined {
  const leaf = keyOfCertificate(look.chain[0]);
  if (leaf !== undefined) return leaf;
  return look.isTls13 ? keysOfLength(signatureLength(look))[0] : undefined;
}

/** Octets of the server's signature in TLS 1.3, from the size of the record before its Finished; 0 if records do not correspond to messages. */
export function signatureLength(look: Look): number {
  const padding = look.padding("server");
  const records = look.records("server").filter(({ packet }) => packet >= (look.serverHello?.packet ?? 0));
  const finished = records.findIndex(({ length = 0 }) => length - padding === 53 || length - padding === 69);
  const verify = records[finished - 1];
  // A header of four, the scheme, the signature's length, the type, the tag.
  return finished < 2 || verify?.length === undefined ? 0 : verify.length - padding - 4 - 4 - 1 - 16;
}

/** Kinds of keys whose signatures have this length; the first is the most common one. */
export function keysOfLength(length: number): readonly KeyKind[] {
  if (length === 64) return ["Ed25519"];
  if (length === 114) return ["Ed448"];
  if (length >= 68 && length <= 72) return ["P-256", "brainpool"];
  if (length >= 100 && length <= 104) return ["P-384", "brainpool"];
  if (length >= 136 && length <= 139) return ["P-521"];
  if (length >= 2420) return ["ML-DSA"];
  if (length % 64 === 0 && length >= 128) return ["RSA", "RSASSA-PSS"];
  return [];
}

/** Does a scheme sign with SHA-1? */
export function isSha1(scheme: number): boolean {
  return SHA1_SCHEMES.has(scheme);
}
