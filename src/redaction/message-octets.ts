/**
 * Replaces in place what identifies somebody in a plaintext handshake message: randoms, session ids, cookies, tickets,
 * names, certificates, signatures. A message that is cut or damaged is redacted as far as it makes sense; nothing is thrown.
 */
import { RETRY_RANDOM } from "../registry/retry-random.ts";
import { isTls13 } from "../registry/tls-versions.ts";
import { redactDer } from "./der-octets.ts";
import { redactAuthorities, redactExtensions } from "./extension-octets.ts";
import { redactClientKeyExchange, redactServerKeyExchange } from "./key-exchange-octets.ts";
import { Position } from "./position.ts";
import type { RedactionRules } from "./rules.ts";

/** Redacts the body of a message of handshake type `type`; `dtls` hellos have a cookie. */
export function redactMessage(type: number, body: Uint8Array, dtls: boolean, rules: RedactionRules): void {
  const at = new Position(body);
  const { names, keepNames } = rules;
  const replace = (start: number, end: number): void => names.replace(body, start, end);
  switch (type) {
    case 1:
      redactClientHello(at, dtls, rules);
      break;
    case 2:
      redactServerHello(at, rules);
      break;
    case 3:
      at.skip(2);
      at.vector(1, replace);
      break;
    case 4:
      at.skip(4);
      at.vector(2, replace);
      break;
    case 11:
      at.vector(3, (start, end) => redactChain(body, start, end, rules));
      break;
    case 12:
      return redactServerKeyExchange(body, rules);
    case 13:
      redactCertificateRequest(at, rules);
      break;
    case 15:
      at.skip(4);
      break;
    case 16:
      return redactClientKeyExchange(body, rules);
    case 21:
    case 23:
      return names.replaceWords(body, 0, body.length);
    case 22:
      at.skip(1);
      at.vector(3, (start, end) => redactDer(body, start, end, names, keepNames));
      break;
    default:
  }
  replace(at.at, body.length);
}

function redactClientHello(at: Position, dtls: boolean, rules: RedactionRules): void {
  const { names } = rules;
  const replace = (start: number, end: number): void => names.replace(at.bytes, start, end);
  // A list with a wrong length may include anything that follows it.
  const keep = (start: number, end: number, isWhole: boolean): void =>
    isWhole ? names.replaceWordy(at.bytes, start, end) : replace(start, end);
  at.skip(2);
  redactRandom(at, rules);
  at.vector(1, replace);
  if (dtls) at.vector(1, replace);
  at.vector(2, keep);
  at.vector(1, keep);
  at.vector(2, (start, end) => redactExtensions(new Position(at.bytes, start, end), rules, true));
}

function redactServerHello(at: Position, rules: RedactionRules): void {
  const version = at.number(2);
  redactRandom(at, rules);
  const isShort = isTls13(version) && fillsFrom(at.bytes, at.at + 2);
  if (!isShort) at.vector(1, (start, end) => rules.names.replace(at.bytes, start, end));
  at.skip(isShort ? 2 : 3);
  at.vector(2, (start, end) => redactExtensions(new Position(at.bytes, start, end), rules, false));
}

/** Early drafts of TLS 1.3 had neither session id nor compression: after the suite, extensions or nothing fill the rest. */
function fillsFrom(bytes: Uint8Array, at: number): boolean {
  return at === bytes.length || (bytes.length - at >= 2 && new Position(bytes, at).number(2) === bytes.length - at - 2);
}

/** Keeps the random of a HelloRetryRequest, all of which is fixed (RFC 9846 §4.1.3), and the last octets of one that signals a downgrade. */
function redactRandom(at: Position, { names }: RedactionRules): void {
  const start = at.at;
  at.skip(32);
  const isRetry = RETRY_RANDOM.subarray(0, at.at - start).every((octet, index) => at.bytes[start + index] === octet);
  if (isRetry) return;
  const isDowngrade = [0x44, 0x4f, 0x57, 0x4e, 0x47, 0x52, 0x44].every((octet, index) => at.bytes[start + 24 + index] === octet);
  names.replace(at.bytes, start, isDowngrade ? at.at - 8 : at.at);
}

function redactChain(body: Uint8Array, start: number, end: number, { names, keepNames }: RedactionRules): void {
  const list = new Position(body, start, end);
  while (list.isInside) list.vector(3, (from, to) => redactDer(body, from, to, names, keepNames));
}

/** With signature algorithms since TLS 1.2, without before: the authorities are what fills the message. */
function redactCertificateRequest(at: Position, rules: RedactionRules): void {
  at.vector(1, () => {});
  const afterTypes = at.at;
  at.vector(2, () => {});
  if (at.isInside) redactAuthorities(at, rules);
  else redactAuthorities(new Position(at.bytes, afterTypes), rules);
}
