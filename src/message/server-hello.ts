/**
 * ServerHello (RFC 9846 §4.1.3, RFC 5246 §7.4.1.3): what the server chose. With one fixed random it is
 * a HelloRetryRequest (RFC 9846 §4.1.4). The drafts of TLS 1.3 before 22, and experiments of their time,
 * put their version in place of legacy_version, and have neither session id nor compression.
 */
import type { Cursor } from "../bytes/cursor.ts";
import { toHex } from "../bytes/hex.ts";
import { codePoint } from "../registry/codepoint.ts";
import { RETRY_RANDOM } from "../registry/retry-random.ts";
import { draftOf, isTls13 } from "../registry/tls-versions.ts";
import { readExtensions } from "./extension/read-extensions.ts";
import type { DecodeContext, DecodedBody, Extension } from "./message.ts";
import { isVector16ToEnd } from "./read-values.ts";

/** Reads the fields of {@link ServerHello}; sets the type to hello_retry_request if it is one. */
export function decodeServerHello(body: Cursor, fields: DecodedBody, { isBrief = false }: DecodeContext): void {
  const version = body.at("legacy_version").u16();
  fields["legacyVersion"] = codePoint("versions", version);
  const random = body.at("random").sub(RETRY_RANDOM.length);
  if (!isBrief) fields["random"] = toHex(random.bytes, random.position, random.end);
  const isRetry = RETRY_RANDOM.every((octet, at) => octet === random.bytes[random.position + at]);
  if (isRetry) fields.type = "hello_retry_request";
  const short = isShortForm(version, body);
  if (!short) {
    const sessionId = body.at("legacy_session_id_echo").vector8();
    if (!isBrief) fields["sessionId"] = toHex(sessionId.bytes, sessionId.position, sessionId.end);
  }
  fields["cipherSuite"] = codePoint("cipher_suites", body.at("cipher_suite").u16());
  if (!short) fields["compressionMethod"] = codePoint("compression_methods", body.at("legacy_compression_method").u8());
  if (body.remaining === 0) return;
  const extensions: Extension[] = [];
  fields["extensions"] = extensions;
  readExtensions(body, isRetry ? "hello_retry_request" : "server_hello", extensions);
}

/** Whether the hello has the shape of the early drafts: by its draft number, else (0x0304, 0x7e01, 0xfb1a) by what fits. */
function isShortForm(version: number, body: Cursor): boolean {
  if (!isTls13(version)) return false;
  if (draftOf(version) < 22) return true;
  return body.remaining === 2 || isVector16ToEnd(body, body.position + 2);
}
