/** Replaces session ids, challenges and certificates in hellos of SSL 2.0 (RFC 5246 Appendix E.2) in place. */
import { SSLV2_HEADER, sslv2Length } from "../record/sslv2.ts";
import { redactDer } from "./der-octets.ts";
import { Position } from "./position.ts";
import type { RedactionRules } from "./rules.ts";

const CLIENT_HELLO = 1;

/** Redacts the hello whose header is at `at`; returns where it ends. */
export function redactSslv2(bytes: Uint8Array, at: number, { names, keepNames }: RedactionRules): number {
  const end = Math.min(bytes.length, at + SSLV2_HEADER + sslv2Length(bytes, at));
  const body = new Position(bytes, at + SSLV2_HEADER, end);
  const isClient = body.number(1) === CLIENT_HELLO;
  // The version; in a server's hello it follows whether the session is known, and the kind of certificate.
  body.skip(isClient ? 2 : 4);
  const [first, second] = [body.number(2), body.number(2)];
  body.skip(2);
  const start = body.at;
  if (isClient) names.replace(bytes, Math.min(end, start + first), end);
  else {
    redactDer(bytes, start, Math.min(end, start + first), names, keepNames);
    names.replace(bytes, Math.min(end, start + first + second), end);
  }
  return end;
}
