/**
 * X.509 certificates (RFC 5280): DER comes in, what it says goes out as plain data with safe text. An
 * adapter around a kept library, which is heavy: load this module with a dynamic `import()` only. Nothing
 * is thrown; `malformed` says what cannot be read. No signature is verified.
 */
import { toHex } from "../bytes/hex.ts";
import { publicKeyOf } from "./algorithms.ts";
import { algorithmOf, bitStringOf, contextOf, type Element, insideOf, integerOf, numberOf, parseDer, sequenceOf, timeOf } from "./der.ts";
import { describeExtensions, type Extension, extensionOf } from "./extensions.ts";
import type { CertificateFields } from "./fields.ts";
import { nameOf, nameText } from "./name.ts";
import { signatureAlgorithmName, signatureOf } from "./signature.ts";

/** Octets of the longest certificate that is read; the longest of real servers have some 20 kB. */
const MAX_OCTETS = 65_536;
/** Certificates whose description is kept: reading one takes a millisecond, and a capture repeats a few chains. */
const KEPT_CERTIFICATES = 512;
/** Octets of the longest certificate that is kept. */
const KEPT_OCTETS = 8_192;
/** Names whose text is kept: servers that ask for certificates send the same hundreds each time. */
const KEPT_NAMES = 1_024;

/**
 * What a DER-encoded certificate says. `subject` and `issuer` are in the certificate's own order (as a rule from
 * `C=` down to `CN=`, the reverse of RFC 4514), see {@link nameText}; times are RFC 3339; `serialNumber` is hex with a `-` before a
 * negative one. A certificate that is damaged as a whole gives only `malformed`; if one
 * field is damaged, the others are still given.
 */
export function describeCertificate(der: Uint8Array): CertificateFields {
  const key = `${der.length} ${toHex(der, Math.max(0, der.length - 16))}`;
  const kept = certificates.get(key);
  if (kept !== undefined && isSame(kept.der, der)) return kept.fields;
  const fields = readCertificate(der);
  if (der.length <= KEPT_OCTETS) {
    if (certificates.size === KEPT_CERTIFICATES) certificates.clear();
    certificates.set(key, { der: der.slice(), fields });
  }
  return fields;
}

/** The text of a DER-encoded distinguished name as {@link nameText} writes it; `#` and its hex if it cannot be read. */
export function describeName(der: Uint8Array): string {
  const hex = toHex(der);
  let text = names.get(hex);
  if (text !== undefined) return text;
  try {
    text = nameText(nameOf(parseDer(der)));
  } catch {
    text = `#${hex}`;
  }
  if (names.size === KEPT_NAMES) names.clear();
  names.set(hex, text);
  return text;
}

/** The key is made of the length and the last octets, which belong to the signature. */
const certificates = new Map<string, { readonly der: Uint8Array; readonly fields: CertificateFields }>();
const names = new Map<string, string>();

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, at) => octet === b[at]);
}

function readCertificate(der: Uint8Array): CertificateFields {
  if (der.length > MAX_OCTETS) return { malformed: `longer than ${MAX_OCTETS} octets, not read` };
  const extra = der.length - lengthOf(der);
  if (extra !== 0)
    return { malformed: extra < 0 ? `truncated: ${-extra} octets are missing` : `${extra} octets too many after the certificate` };
  try {
    return describe(partsOf(parseDer(der)));
  } catch {
    return { malformed: "not a certificate" };
  }
}

/** `Certificate` (RFC 5280 §4.1): its parts. Throws if it has another structure. */
function partsOf(certificate: Element) {
  const [signed, algorithm, signatureValue] = sequenceOf(certificate);
  const fields = [...sequenceOf(signed)];
  const version = contextOf(fields[0]) === 0 ? numberOf(insideOf(fields.shift() as Element)[0]) : 0;
  const [serialNumber, signature, issuer, validity, subject, key, ...rest] = fields;
  algorithmOf(signature);
  bitStringOf(signatureValue);
  const [notBefore, notAfter] = sequenceOf(validity);
  const [keyAlgorithm, keyBits] = sequenceOf(key);
  return {
    version,
    serialNumber: integerOf(serialNumber),
    issuer: nameOf(issuer),
    notBefore: timeOf(notBefore),
    notAfter: timeOf(notAfter),
    subject: nameOf(subject),
    keyAlgorithm: algorithmOf(keyAlgorithm),
    keyBits: bitStringOf(keyBits),
    extensions: extensionsOf(rest),
    signature: algorithmOf(algorithm),
  };
}

/** The extensions may be preceded by two unique identifiers, which nobody uses. */
function extensionsOf(rest: readonly Element[]): readonly Extension[] {
  let at = 0;
  for (const context of [1, 2]) if (contextOf(rest[at]) === context) at++;
  const element = rest[at];
  if (element === undefined) return [];
  if (contextOf(element) !== EXTENSIONS) throw new TypeError("no extensions");
  return sequenceOf(insideOf(element)[0]).map(extensionOf);
}

const EXTENSIONS = 3;

/** Reads field by field, so that what cannot be read costs only itself. */
function describe(certificate: ReturnType<typeof partsOf>): CertificateFields {
  const damaged: string[] = [];
  const attempt = <T>(field: string, read: () => T): T | undefined => {
    try {
      return read();
    } catch {
      damaged.push(field);
      return undefined;
    }
  };
  const { issuer, subject, signature } = certificate;
  const fields = present({
    version: attempt("version", () => versionNumber(certificate.version)),
    subject: attempt("subject", () => nameText(subject)),
    issuer: attempt("issuer", () => nameText(issuer)),
    serialNumber: serialText(certificate.serialNumber),
    notBefore: attempt("notBefore", () => timeText(certificate.notBefore)),
    notAfter: attempt("notAfter", () => timeText(certificate.notAfter)),
    publicKey: attempt("subjectPublicKeyInfo", () => publicKeyOf(certificate.keyAlgorithm, certificate.keyBits)),
    signatureAlgorithm: signatureAlgorithmName(signature.type),
    signature: attempt("signatureAlgorithm", () => signatureOf(signature)),
    ...describeExtensions(certificate.extensions, attempt),
  }) as CertificateFields;
  return {
    ...fields,
    ...(isSelfSigned(fields) ? { selfSigned: true } : {}),
    ...(damaged.length === 0 ? {} : { malformed: `cannot be read: ${damaged.join(", ")}` }),
  };
}

function present(fields: { readonly [key: string]: unknown }): { readonly [key: string]: unknown } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** By its names, and its key identifiers if it has both. */
function isSelfSigned(fields: CertificateFields): boolean {
  const { subject, issuer, subjectKeyIdentifier: own, authorityKeyIdentifier: signer } = fields;
  return subject !== undefined && subject === issuer && (own === undefined || !signer || own === signer);
}

/** The usual number of a version; the encoded one is one less. */
function versionNumber(version: number): number {
  if (version !== 0 && version !== 1 && version !== 2) throw new RangeError("no such version");
  return version + 1;
}

/** A two's-complement number (X.690 §8.3) as hex of its value, `-` before a negative one. */
function serialText(octets: Uint8Array): string {
  const negative = ((octets[0] ?? 0) & 0x80) !== 0;
  let value = BigInt(`0x0${toHex(octets)}`);
  if (negative) value = (1n << BigInt(8 * octets.length)) - value;
  const digits = value.toString(16);
  return `${negative ? "-" : ""}${digits.padStart(digits.length + (digits.length % 2), "0")}`;
}

function timeText(time: Date): string {
  return time.toISOString().replace(".000Z", "Z");
}

/** Octets of the outermost DER element with its header; 0 if even that cannot be read. */
function lengthOf(der: Uint8Array): number {
  const first = der[1] ?? 0;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  let length = 0;
  for (let at = 0; at < count; at++) length = length * 256 + (der[2 + at] ?? 0);
  return 2 + count + length;
}
