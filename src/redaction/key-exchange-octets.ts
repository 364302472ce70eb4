/**
 * Replaces public values, encrypted secrets, identities and signatures in ServerKeyExchange and ClientKeyExchange
 * (RFC 5246 §7.4.3, §7.4.7) in place. Their shape depends on the suite; here the one whose lengths fit is taken.
 */
import { Position } from "./position.ts";
import type { RedactionRules } from "./rules.ts";

const NAMED_CURVE = 3;

/** Redacts the body of a ServerKeyExchange. */
export function redactServerKeyExchange(body: Uint8Array, rules: RedactionRules): void {
  const at = new Position(body);
  if (isHint(body)) at.vector(2, (start, end) => redactIdentity(body, start, end, rules));
  if (body[at.at] === NAMED_CURVE) {
    at.skip(3);
    redactVector(at, 1, rules);
  } else {
    // Prime, generator and public value; SRP has a salt before the last one.
    for (let count = 0; count < 3; count++) redactVector(at, 2, rules);
  }
  // The scheme of the signature, since TLS 1.2, then the signature.
  for (const octets of [0, 2]) {
    const signature = new Position(body, at.at + octets);
    if (signature.end - signature.at >= 2 && signature.number(2) === signature.end - signature.at) {
      rules.names.replace(body, signature.at, signature.end);
      return;
    }
  }
  if (isTiled(body, at.at)) while (at.isInside) redactVector(at, 1, rules);
}

/** Redacts the body of a ClientKeyExchange. */
export function redactClientKeyExchange(body: Uint8Array, rules: RedactionRules): void {
  const at = new Position(body);
  if (!fills(body, 0, 1) && !fills(body, 0, 2) && isHint(body)) at.vector(2, (start, end) => redactIdentity(body, start, end, rules));
  if (at.at === 0 && fills(body, 0, 2) && isText(body.subarray(2))) redactIdentity(body, 2, body.length, rules);
  else if (fills(body, at.at, 1)) redactVector(at, 1, rules);
  else if (fills(body, at.at, 2)) redactVector(at, 2, rules);
  else if (isTiled(body, at.at)) while (at.isInside) redactVector(at, 1, rules);
  // SSL 3.0 sends the encrypted secret without its length.
  else if (at.at === 0) rules.names.replace(body, 0, body.length, 1);
}

/** Redacts a public value except its first octet, which says how a point is encoded, or determines how many bits a number has. */
function redactVector(at: Position, octets: number, { names }: RedactionRules): void {
  at.vector(octets, (start, end) => names.replace(at.bytes, start, end, 1));
}

function redactIdentity(bytes: Uint8Array, start: number, end: number, { names }: RedactionRules): void {
  if (isText(bytes.subarray(start, end))) names.replaceWords(bytes, start, end);
  else names.replace(bytes, start, end);
}

/** Does the body begin with a PSK identity hint (RFC 4279 §2): text, perhaps empty, after a two-octet length? */
function isHint(body: Uint8Array): boolean {
  const length = ((body[0] ?? 0) << 8) | (body[1] ?? 0);
  return body.length >= 2 && 2 + length <= body.length && isText(body.subarray(2, 2 + length));
}

function isText(octets: Uint8Array): boolean {
  return octets.every((octet) => octet >= 0x20 && octet < 0x7f);
}

/** Do two or three short vectors fill the rest: the points and proofs of EC J-PAKE? */
function isTiled(body: Uint8Array, at: number): boolean {
  const place = new Position(body, at);
  let vectors = 0;
  while (place.isInside && vectors <= 3) {
    const length = body[place.at] as number;
    if (place.at + 1 + length > body.length) return false;
    place.skip(1 + length);
    vectors++;
  }
  return vectors >= 2 && vectors <= 3;
}

/** Does one vector at `at` fill the rest? */
function fills(body: Uint8Array, at: number, octets: number): boolean {
  const place = new Position(body, at);
  return body.length - at > octets && place.number(octets) === body.length - at - octets;
}
