/** The HelloRetryRequest of TLS 1.3 drafts before 22, a message of its own (draft-ietf-tls-tls13-21 §4.1.4). */
import type { Cursor } from "../bytes/cursor.ts";
import { codePoint } from "../registry/codepoint.ts";
import { draftOf } from "../registry/tls-versions.ts";
import { readExtensions } from "./extension/read-extensions.ts";
import type { DecodedBody, Extension } from "./message.ts";

/** From this draft on the message names the cipher suite. */
const FIRST_DRAFT_WITH_SUITE = 19;

/** Reads `legacyVersion`, `cipherSuite` and `extensions`. */
export function decodeHelloRetryRequest(body: Cursor, fields: DecodedBody): void {
  const version = body.at("server_version").u16();
  fields["legacyVersion"] = codePoint("versions", version);
  if (draftOf(version) >= FIRST_DRAFT_WITH_SUITE) fields["cipherSuite"] = codePoint("cipher_suites", body.at("cipher_suite").u16());
  const extensions: Extension[] = [];
  fields["extensions"] = extensions;
  readExtensions(body, "hello_retry_request", extensions);
}
