/** ClientHello (RFC 9846 §4.1.2, RFC 5246 §7.4.1.2; DTLS: RFC 6347 §4.2.1): what the client offers. */
import type { Cursor } from "../bytes/cursor.ts";
import { Interned } from "../bytes/interned.ts";
import { type CodePoint, codePoint } from "../registry/codepoint.ts";
import { readExtensions } from "./extension/read-extensions.ts";
import type { DecodeContext, DecodedBody, Extension } from "./message.ts";
import { readHex, readHex8, readPoints8, readPoints16 } from "./read-values.ts";

const SERVER_NAME = 0;
const EARLY_DATA = 42;

/** Reads the fields of {@link ClientHello}. */
export function decodeClientHello(body: Cursor, fields: DecodedBody, context: DecodeContext): void {
  if (context.isBrief === true) {
    readBriefly(body, fields, context);
    return;
  }
  fields["legacyVersion"] = codePoint("versions", body.at("legacy_version").u16());
  fields["random"] = readHex(body.at("random"), 32);
  fields["sessionId"] = readHex8(body.at("legacy_session_id"));
  if (context.protocol === "dtls") fields["cookie"] = readHex8(body.at("legacy_cookie"));
  fields["cipherSuites"] = readSuites(body.at("cipher_suites").vector16());
  fields["compressionMethods"] = readPoints8(body.at("legacy_compression_methods").vector8(), "compression_methods");
  const extensions: Extension[] = [];
  fields["extensions"] = extensions;
  // SSL 3.0 has no extensions block, and later versions may omit it: then no extensions are offered.
  if (body.remaining > 0) readExtensions(body, "client_hello", extensions);
}

/** Extensions that say something about a connection that its hello's outline does not, and those needed to judge its end. */
function isTelling(type: number): boolean {
  return type === SERVER_NAME || type === EARLY_DATA;
}

function readBriefly(body: Cursor, fields: DecodedBody, context: DecodeContext): void {
  body.skip(34);
  body.skip(body.u8());
  if (context.protocol === "dtls") body.skip(body.u8());
  body.skip(body.u16());
  body.skip(body.u8());
  const extensions: Extension[] = [];
  fields["extensions"] = extensions;
  if (body.remaining > 0) readExtensions(body, "client_hello", extensions, isTelling);
}

/** Lists of suites, frozen because hellos share them. */
const known = new Interned<readonly CodePoint[]>();

function readSuites(window: Cursor): readonly CodePoint[] {
  const { bytes, position, end } = window;
  const same = known.find(0, bytes, position, end);
  if (same !== undefined) return same;
  const suites = Object.freeze(readPoints16(window, "cipher_suites"));
  known.keep(0, bytes, position, end, suites);
  return suites;
}
