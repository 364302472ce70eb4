/** The extensions of a certificate (RFC 5280 §4.2) on which a handshake can depend; the others are passed over. */
import { AsnArray, AsnParser, AsnPropTypes, AsnType, AsnTypeTypes, OctetString } from "@peculiar/asn1-schema";
import {
  AuthorityInfoAccessSyntax,
  AuthorityKeyIdentifier,
  BasicConstraints,
  CRLDistributionPoints,
  ExtendedKeyUsage,
  type Extension,
  type GeneralName,
  KeyUsage,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
} from "@peculiar/asn1-x509";
import { Cursor } from "../bytes/cursor.ts";
import { toHex } from "../bytes/hex.ts";
import { safeText } from "../bytes/text.ts";
import type { CertificateFields } from "./fields.ts";
import { nameText } from "./name.ts";

/** Calls `read`; if that throws, notes that `field` cannot be read. */
export type Attempt = <T>(field: string, read: () => T) => T | undefined;

/** The fields that the extensions fill in; `undefined` where the certificate has no such extension. */
export function describeExtensions(
  extensions: Iterable<Extension>,
  attempt: Attempt,
): { readonly [field in keyof CertificateFields]: unknown } {
  const fields: { -readonly [field in keyof CertificateFields]: unknown } = {};
  const others: string[] = [];
  for (const extension of extensions) {
    const reader = READERS[extension.extnID];
    if (reader === undefined) {
      if (extension.critical) others.push(OTHERS[extension.extnID] ?? extension.extnID);
      continue;
    }
    const [field, read] = reader;
    fields[field] ??= attempt(field, () => read(extension.extnValue.buffer, extension.critical));
  }
  if (others.length > 0) fields.otherCriticalExtensions = others;
  return fields;
}

type Reader = (der: ArrayBuffer, critical: boolean) => unknown;

/** By object identifier: the field that it fills, and how it is read. */
const READERS: { readonly [type: string]: readonly [keyof CertificateFields, Reader] } = {
  "2.5.29.14": ["subjectKeyIdentifier", (der) => hexOf(AsnParser.parse(der, SubjectKeyIdentifier).buffer)],
  "2.5.29.15": ["keyUsage", readKeyUsage],
  "2.5.29.17": ["subjectAltNames", (der) => Array.from(AsnParser.parse(der, SubjectAlternativeName), generalNameText)],
  "2.5.29.19": ["basicConstraints", readBasicConstraints],
  "2.5.29.31": ["crlDistributionPoints", readDistributionPoints],
  "2.5.29.35": ["authorityKeyIdentifier", (der) => hexOf(AsnParser.parse(der, AuthorityKeyIdentifier).keyIdentifier?.buffer)],
  "2.5.29.37": ["extendedKeyUsage", readExtendedKeyUsage],
  "1.3.6.1.5.5.7.1.1": ["authorityInfoAccess", readInfoAccess],
  "1.3.6.1.5.5.7.1.24": ["mustStaple", readTlsFeatures],
  "1.3.6.1.4.1.11129.2.4.2": ["signedCertificateTimestamps", countTimestamps],
};

/** Extensions that are told by name alone, where they are critical. */
const OTHERS: { readonly [type: string]: string } = {
  "2.5.29.18": "issuerAltName",
  "2.5.29.30": "nameConstraints",
  "2.5.29.32": "certificatePolicies",
  "2.5.29.33": "policyMappings",
  "2.5.29.36": "policyConstraints",
  "2.5.29.54": "inhibitAnyPolicy",
  "1.3.6.1.4.1.11129.2.4.3": "CT poison",
};

function hexOf(octets: ArrayBuffer | undefined): string {
  return octets === undefined ? "" : toHex(new Uint8Array(octets));
}

/** RFC 5280 §4.2.1.3, from bit 0. */
const KEY_USAGES = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
];

function readKeyUsage(der: ArrayBuffer): readonly string[] {
  const bits = new Uint8Array(AsnParser.parse(der, KeyUsage).value);
  return KEY_USAGES.filter((_, bit) => (((bits[bit >> 3] ?? 0) << (bit & 7)) & 0x80) !== 0);
}

function readBasicConstraints(der: ArrayBuffer, critical: boolean): CertificateFields["basicConstraints"] {
  const { cA: ca, pathLenConstraint: length } = AsnParser.parse(der, BasicConstraints);
  if (length !== undefined && !Number.isInteger(length)) throw new RangeError("no path is that long");
  return { ca, ...(length === undefined ? {} : { pathLength: length }), ...(critical ? { critical } : {}) };
}

const PURPOSES: { readonly [type: string]: string } = {
  "1.3.6.1.5.5.7.3.1": "serverAuth",
  "1.3.6.1.5.5.7.3.2": "clientAuth",
  "1.3.6.1.5.5.7.3.3": "codeSigning",
  "1.3.6.1.5.5.7.3.4": "emailProtection",
  "1.3.6.1.5.5.7.3.8": "timeStamping",
  "1.3.6.1.5.5.7.3.9": "OCSPSigning",
  "2.5.29.37.0": "anyExtendedKeyUsage",
};

function readExtendedKeyUsage(der: ArrayBuffer): readonly string[] {
  return Array.from(AsnParser.parse(der, ExtendedKeyUsage), (purpose) => PURPOSES[purpose] ?? purpose);
}

/** RFC 7633 §4: the TLS extensions that the server promises to send. */
class TlsFeatures extends AsnArray<number> {}
AsnType({ type: AsnTypeTypes.Sequence, itemType: AsnPropTypes.Integer })(TlsFeatures);

const STATUS_REQUEST = 5;

function readTlsFeatures(der: ArrayBuffer): true | undefined {
  return AsnParser.parse(der, TlsFeatures).includes(STATUS_REQUEST) ? true : undefined;
}

function readDistributionPoints(der: ArrayBuffer): readonly string[] {
  return Array.from(AsnParser.parse(der, CRLDistributionPoints)).flatMap((point) =>
    Array.from(point.distributionPoint?.fullName ?? [], locationText),
  );
}

const ACCESS_METHODS: { readonly [type: string]: "ocsp" | "caIssuers" } = {
  "1.3.6.1.5.5.7.48.1": "ocsp",
  "1.3.6.1.5.5.7.48.2": "caIssuers",
};

function readInfoAccess(der: ArrayBuffer): CertificateFields["authorityInfoAccess"] {
  const places: { ocsp?: string[]; caIssuers?: string[] } = {};
  for (const { accessMethod, accessLocation } of AsnParser.parse(der, AuthorityInfoAccessSyntax)) {
    const method = ACCESS_METHODS[accessMethod];
    if (method !== undefined) (places[method] ??= []).push(locationText(accessLocation));
  }
  return places;
}

/** RFC 6962 §3.3: an octet string, and in it a list in the language of TLS. */
function countTimestamps(der: ArrayBuffer): number {
  const octets = new Cursor(new Uint8Array(AsnParser.parse(der, OctetString).buffer));
  const count = octets.vector16().all((list) => list.vector16()).length;
  octets.finish();
  return count;
}

function locationText(name: GeneralName): string {
  return name.uniformResourceIdentifier === undefined ? generalNameText(name) : safeText(name.uniformResourceIdentifier);
}

function generalNameText(name: GeneralName): string {
  if (name.dNSName !== undefined) return `DNS:${safeText(name.dNSName)}`;
  if (name.iPAddress !== undefined) return `IP:${name.iPAddress}`;
  if (name.rfc822Name !== undefined) return `email:${safeText(name.rfc822Name)}`;
  if (name.uniformResourceIdentifier !== undefined) return `URI:${safeText(name.uniformResourceIdentifier)}`;
  if (name.directoryName !== undefined) return `dirName:${nameText(name.directoryName)}`;
  if (name.registeredID !== undefined) return `RID:${name.registeredID}`;
  return `othername:${name.otherName?.typeId ?? ""}`;
}
