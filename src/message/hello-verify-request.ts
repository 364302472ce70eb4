/** HelloVerifyRequest (RFC 6347 §4.2.1): a DTLS server asks the client to prove that it receives packets at its address. */
import type { Cursor } from "../bytes/cursor.ts";
import { codePoint } from "../registry/codepoint.ts";
import type { DecodedBody } from "./message.ts";
import { readHex8 } from "./read-values.ts";

/** Reads `legacyVersion` and `cookie`. */
export function decodeHelloVerifyRequest(body: Cursor, fields: DecodedBody): void {
  fields["legacyVersion"] = codePoint("versions", body.at("server_version").u16());
  fields["cookie"] = readHex8(body.at("cookie"));
}
