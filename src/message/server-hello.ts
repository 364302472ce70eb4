/**
 * ServerHello (RFC 9846 §4.1.3, RFC 5246 §7.4.1.3): what the server chose. With one fixed random it is
 * a HelloRetryRequest (RFC 9846 §4.1.4). The drafts of TLS 1.3 before 22, and experiments of their time,
 * put their version where legacy_version is and have neither session id nor compression.
 */
import type { Cursor } from "../bytes/cursor.ts";
import { codePoint } from "../registry/codepoint.ts";
import { draftOf, isTls13 } from "../registry/tls-versions.ts";
import { readExtensions } from "./extension/read-extensions.ts";
import type { DecodedBody, Extension } from "./message.ts";
import { isVector16ToEnd, readHex, readHex8 } from "./read-values.ts";

/** SHA-256 of `HelloRetryRequest` (RFC 9846 §4.1.3). */
const RETRY_RANDOM = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

/** Reads the fields of {@link ServerHello}; names the message a hello_retry_request if it is one. */
export function decodeServerHello(body: Cursor, fields: DecodedBody): void {
  const version = body.at("legacy_version").u16();
  fields["legacyVersion"] = codePoint("versions", version);
  const random = readHex(body.at("random"), 32);
  fields["random"] = random;
  if (random === RETRY_RANDOM) fields.type = "hello_retry_request";
  const short = isShortForm(version, body);
  if (!short) fields["sessionId"] = readHex8(body.at("legacy_session_id_echo"));
  fields["cipherSuite"] = codePoint("cipher_suites", body.at("cipher_suite").u16());
  if (!short) fields["compressionMethod"] = codePoint("compression_methods", body.at("legacy_compression_method").u8());
  if (body.remaining === 0) return;
  const extensions: Extension[] = [];
  fields["extensions"] = extensions;
  readExtensions(body, random === RETRY_RANDOM ? "hello_retry_request" : "server_hello", extensions);
}

/** Whether the hello has the shape of the early drafts: by its draft number, else (0x0304, 0x7e01, 0xfb1a) by what fits. */
function isShortForm(version: number, body: Cursor): boolean {
  if (!isTls13(version)) return false;
  if (draftOf(version) < 22) return true;
  return body.remaining === 2 || isVector16ToEnd(body, body.position + 2);
}
