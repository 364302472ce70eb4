/**
 * Certificate (RFC 9846 §4.4.2, RFC 5246 §7.4.2): a chain of certificates comes in, the digest and the
 * length of each go out, with its octets under a symbol. Instead of X.509 it may hold a raw public
 * key (RFC 7250 §3) or an OpenPGP key (RFC 6091 §3.3), which up to TLS 1.2 have shapes of their own.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import type { Cursor } from "../bytes/cursor.ts";
import { toHex } from "../bytes/hex.ts";
import { codePoint } from "../registry/codepoint.ts";
import { isTls13 } from "../registry/tls-versions.ts";
import { readExtensions } from "./extension/read-extensions.ts";
import type { CertificateEntry, DecodeContext, DecodedBody, Extension } from "./message.ts";
import { readHex8 } from "./read-values.ts";

/** The key under which an entry has its octets; neither JSON nor a comparison sees it. */
const DER: unique symbol = Symbol("der");

interface CertificateWithDer extends CertificateEntry {
  readonly [DER]?: Uint8Array;
}

/** The octets of a certificate, in DER; `undefined` if it comes from a saved report. Copying the entry by spreading keeps them. */
export function derOf(entry: CertificateEntry): Uint8Array | undefined {
  return (entry as CertificateWithDer)[DER];
}

/** Entries of one message that are read: real chains have ten, and an entry may be as short as three octets. */
const MAX_CERTIFICATES = 1_024;

/** Reads `requestContext` (TLS 1.3), `certificateType` (unless X.509) and `certificates`. */
export function decodeCertificate(body: Cursor, fields: DecodedBody, context: DecodeContext): void {
  const modern = context.version === 0 ? !isWholeVector24(body, body.position) : isTls13(context.version);
  if (modern) fields["requestContext"] = readHex8(body.at("certificate_request_context"));
  if (!modern && readOtherType(body, fields)) return;
  const certificates: CertificateEntry[] = [];
  fields["certificates"] = certificates;
  const length = body.at("certificate_list").u24();
  const present = Math.min(length, body.remaining);
  const list = body.sub(present);
  while (list.remaining > 0) {
    if (certificates.length === MAX_CERTIFICATES) {
      fields.malformed = `more than ${MAX_CERTIFICATES} certificates; the rest is not read`;
      list.rest();
      break;
    }
    const entry = certificateEntry(list.at("certificate").vector24().rest());
    certificates.push(entry);
    if (!modern) continue;
    const extensions: Extension[] = [];
    readExtensions(list, "certificate", extensions);
    if (extensions.length > 0) certificates[certificates.length - 1] = { ...entry, extensions };
  }
  if (present < length) body.at("certificate_list").take(length - present);
}

/** An entry for a certificate's octets, which are copied. */
export function certificateEntry(octets: Uint8Array): CertificateEntry {
  const { digest, der } = digestOf(octets);
  const entry: CertificateWithDer = { sha256: digest, length: der.length, [DER]: der };
  return entry;
}

/** A certificate that was seen recently. */
interface Seen {
  readonly der: Uint8Array;
  readonly digest: string;
}

/** Certificates that are remembered: a capture repeats a few chains, and hashing them each time would cost more than everything else. */
const REMEMBERED = 16;
/** Octets of the longest certificate that is remembered. */
const REMEMBERED_OCTETS = 16_384;
const remembered: Seen[] = [];
let next = 0;

/** The digest in hex, and a copy of the octets, so that the message's buffer can be freed. */
function digestOf(octets: Uint8Array): Seen {
  const known = remembered.find((seen) => isSame(seen.der, octets));
  if (known !== undefined) return known;
  const der = octets.slice();
  const seen = { der, digest: toHex(sha256(der)) };
  if (der.length <= REMEMBERED_OCTETS) {
    remembered[next] = seen;
    next = (next + 1) % REMEMBERED;
  }
  return seen;
}

/** Compares from the end, where the signature is, which distinguishes certificates of the same length at once. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = a.length - 1; at >= 0; at--) if (a[at] !== b[at]) return false;
  return true;
}

const OPENPGP = 1;
const RAW_PUBLIC_KEY = 2;
const DER_SEQUENCE = 0x30;

/** Reads a body that is a single key instead of a list, if it fits exactly. */
function readOtherType(body: Cursor, fields: DecodedBody): boolean {
  const { position: start, end } = body;
  const isKey = isWholeVector24(body, start) && body.bytes[start + 3] === DER_SEQUENCE && !isListOfVectors24(body, start + 3);
  const keyAt = isKey ? start : openPgpKeyAt(body);
  if (keyAt < 0) return false;
  fields["certificateType"] = codePoint("certificate_types", isKey ? RAW_PUBLIC_KEY : OPENPGP);
  body.position = keyAt;
  const key = body.vector24();
  fields["certificates"] = key.position === end ? [] : [certificateEntry(key.rest())];
  return true;
}

/** Where the length of an OpenPGP key is: after its kind (1 none, 2 with a subkey's id before it), or -1 (RFC 6091 §3.3). */
function openPgpKeyAt({ bytes, position: start, end }: Cursor): number {
  const kind = bytes[start];
  if (end - start < 4 || (kind !== 1 && kind !== 2)) return -1;
  const at = kind === 1 ? start + 1 : start + 2 + (bytes[start + 1] as number);
  return at + 3 <= end && numberAt(bytes, at) === end - at - 3 ? at : -1;
}

function isWholeVector24({ bytes, end }: Cursor, at: number): boolean {
  return end - at >= 3 && numberAt(bytes, at) === end - at - 3;
}

function isListOfVectors24({ bytes, end }: Cursor, start: number): boolean {
  let at = start;
  while (at + 3 <= end) at += 3 + numberAt(bytes, at);
  return at === end;
}

function numberAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 16) | ((bytes[at + 1] as number) << 8) | (bytes[at + 2] as number);
}
