/** Finished (RFC 9846 §4.4.4, RFC 5246 §7.4.9, RFC 6101 §5.6.9): a MAC over the whole handshake. */
import type { Cursor } from "../bytes/cursor.ts";
import { isTls13 } from "../registry/tls-versions.ts";
import type { DecodeContext, DecodedBody } from "./message.ts";
import { readHexRest } from "./read-values.ts";

const SSL3 = 0x0300;

/** Reads `data`: `verifyData`, whose length depends on the version (in TLS 1.3, on the suite's hash). */
export function decodeFinished(body: Cursor, fields: DecodedBody, context: DecodeContext): void {
  const length = body.at("verify_data").remaining;
  if (!isPossible(length, context.version)) throw body.illegal();
  fields["data"] = { verifyData: readHexRest(body) };
}

/** Can it have this length? 12 octets from TLS 1.0 to 1.2, but 32 in suites of RFC 9189; two digests in SSL 3.0. */
function isPossible(length: number, version: number): boolean {
  const modern = length === 32 || length === 48 || length === 64;
  if (isTls13(version)) return modern;
  if (version === SSL3) return length === 36;
  return length === 12 || length === 32 || (version === 0 && (modern || length === 36));
}
