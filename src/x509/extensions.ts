/** The extensions of a certificate (RFC 5280 §4.2) that can affect a handshake; the others are ignored. */
import { addressText, wordAt } from "../bytes/address.ts";
import { Cursor } from "../bytes/cursor.ts";
import { toHex } from "../bytes/hex.ts";
import { safeText } from "../bytes/text.ts";
import {
  bitStringOf,
  booleanOf,
  contextOf,
  type Element,
  hiddenIdentifierOf,
  identifierOf,
  insideOf,
  numberOf,
  octetsInside,
  octetStringOf,
  parseDer,
  sequenceOf,
} from "./der.ts";
import type { CertificateFields } from "./fields.ts";
import { nameOf, nameText } from "./name.ts";

/** An extension of a certificate. */
export interface Extension {
  readonly type: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** Reads an `Extension` (RFC 5280 §4.1). */
export function extensionOf(element: Element): Extension {
  const [type, second, third] = sequenceOf(element);
  const critical = booleanOf(second);
  return { type: identifierOf(type), critical: critical ?? false, value: octetStringOf(critical === undefined ? second : third) };
}

/** Calls `read`; if that throws, notes that `field` cannot be read. */
export type Attempt = <T>(field: string, read: () => T) => T | undefined;

/** The fields that the extensions fill in; `undefined` if the certificate has no such extension. */
export function describeExtensions(
  extensions: readonly Extension[],
  attempt: Attempt,
): { readonly [field in keyof CertificateFields]: unknown } {
  const fields: { -readonly [field in keyof CertificateFields]: unknown } = {};
  const others: string[] = [];
  for (const { type, critical, value } of extensions) {
    const reader = READERS[type];
    if (reader === undefined) {
      if (critical) others.push(OTHERS[type] ?? type);
      continue;
    }
    const [field, read] = reader;
    fields[field] ??= attempt(field, () => read(parseDer(value), critical));
  }
  if (others.length > 0) fields.otherCriticalExtensions = others;
  return fields;
}

type Reader = (element: Element, critical: boolean) => unknown;

/** By object identifier: the field that it fills, and how it is read. */
const READERS: { readonly [type: string]: readonly [keyof CertificateFields, Reader] } = {
  "2.5.29.14": ["subjectKeyIdentifier", (element) => toHex(octetStringOf(element))],
  "2.5.29.15": ["keyUsage", readKeyUsage],
  "2.5.29.17": ["subjectAltNames", (element) => sequenceOf(element).map(generalNameText)],
  "2.5.29.19": ["basicConstraints", readBasicConstraints],
  "2.5.29.31": ["crlDistributionPoints", readDistributionPoints],
  "2.5.29.35": ["authorityKeyIdentifier", readAuthorityKey],
  "2.5.29.37": ["extendedKeyUsage", readExtendedKeyUsage],
  "1.3.6.1.5.5.7.1.1": ["authorityInfoAccess", readInfoAccess],
  "1.3.6.1.5.5.7.1.24": ["mustStaple", readTlsFeatures],
  "1.3.6.1.4.1.11129.2.4.2": ["signedCertificateTimestamps", countTimestamps],
};

/** Extensions of which only the name is reported, if they are critical. */
const OTHERS: { readonly [type: string]: string } = {
  "2.5.29.18": "issuerAltName",
  "2.5.29.30": "nameConstraints",
  "2.5.29.32": "certificatePolicies",
  "2.5.29.33": "policyMappings",
  "2.5.29.36": "policyConstraints",
  "2.5.29.54": "inhibitAnyPolicy",
  "1.3.6.1.4.1.11129.2.4.3": "CT poison",
};

/** Empty if the key is identified by its certificate's issuer and serial number instead. */
function readAuthorityKey(element: Element): string {
  const [first] = taggedOf(element);
  return first === undefined || contextOf(first) !== 0 ? "" : toHex(octetsInside(first));
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

function readKeyUsage(element: Element): readonly string[] {
  const bits = bitStringOf(element);
  return KEY_USAGES.filter((_, bit) => (((bits[bit >> 3] ?? 0) << (bit & 7)) & 0x80) !== 0);
}

function readBasicConstraints(element: Element, critical: boolean): CertificateFields["basicConstraints"] {
  const [first, second] = sequenceOf(element);
  const said = booleanOf(first);
  const ca = said ?? false;
  const limit = said === undefined ? first : second;
  const length = limit === undefined ? undefined : numberOf(limit);
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

function readExtendedKeyUsage(element: Element): readonly string[] {
  return sequenceOf(element)
    .map(identifierOf)
    .map((purpose) => PURPOSES[purpose] ?? purpose);
}

const STATUS_REQUEST = 5;

/** RFC 7633 §4: the TLS extensions that the server promises to send. */
function readTlsFeatures(element: Element): true | undefined {
  return sequenceOf(element).map(numberOf).includes(STATUS_REQUEST) ? true : undefined;
}

/** The elements of a SEQUENCE that begins, if it has any, with a context-specific tag. */
function taggedOf(element: Element): readonly Element[] {
  const elements = sequenceOf(element);
  if (elements.length > 0 && contextOf(elements[0]) < 0) throw new TypeError("no such field");
  return elements;
}

/** The full names; a name relative to the issuer cannot be fetched and is left out. */
function readDistributionPoints(element: Element): readonly string[] {
  return sequenceOf(element).flatMap((point) => {
    const [name] = taggedOf(point);
    if (name === undefined || contextOf(name) !== 0) return [];
    const [full] = insideOf(name);
    return full === undefined || contextOf(full) !== 0 ? [] : insideOf(full).map(locationText);
  });
}

const ACCESS_METHODS: { readonly [type: string]: "ocsp" | "caIssuers" } = {
  "1.3.6.1.5.5.7.48.1": "ocsp",
  "1.3.6.1.5.5.7.48.2": "caIssuers",
};

function readInfoAccess(element: Element): CertificateFields["authorityInfoAccess"] {
  const places: { ocsp?: string[]; caIssuers?: string[] } = {};
  for (const access of sequenceOf(element)) {
    const [type, location] = sequenceOf(access);
    const method = ACCESS_METHODS[identifierOf(type)];
    if (location === undefined) throw new RangeError("access without a place");
    if (method !== undefined) (places[method] ??= []).push(locationText(location));
  }
  return places;
}

/** RFC 6962 §3.3: an octet string that contains a list in the notation of TLS. */
function countTimestamps(element: Element): number {
  const octets = new Cursor(octetStringOf(element));
  const count = octets.vector16().all((list) => list.vector16()).length;
  octets.finish();
  return count;
}

function locationText(name: Element): string {
  return contextOf(name) === URI ? asciiText(name) : generalNameText(name);
}

const URI = 6;

/** `GeneralName` (RFC 5280 §4.2.1.6). */
function generalNameText(name: Element): string {
  switch (contextOf(name)) {
    case 0:
      return `othername:${identifierOf(insideOf(name)[0])}`;
    case 1:
      return `email:${asciiText(name)}`;
    case 2:
      return `DNS:${asciiText(name)}`;
    case 3:
    case 5:
      return "othername:";
    case 4:
      return `dirName:${nameText(nameOf(insideOf(name)[0]))}`;
    case URI:
      return `URI:${asciiText(name)}`;
    case 7:
      return `IP:${ipText(octetsInside(name))}`;
    case 8:
      return `RID:${hiddenIdentifierOf(name)}`;
    default:
      throw new TypeError("no such kind of name");
  }
}

function asciiText(name: Element): string {
  return safeText(String.fromCharCode(...octetsInside(name)));
}

/** Four octets or sixteen (RFC 5280 §4.2.1.6); anything else in hex. */
function ipText(octets: Uint8Array): string {
  if (octets.length === 4) return addressText(4, [wordAt(octets, 0), 0, 0, 0]);
  if (octets.length === 16) return addressText(6, [wordAt(octets, 0), wordAt(octets, 4), wordAt(octets, 8), wordAt(octets, 12)]);
  return toHex(octets);
}
