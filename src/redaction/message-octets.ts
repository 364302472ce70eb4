/**
 * One plaintext handshake message with what identifies somebody replaced in place: randoms, session ids, cookies, tickets,
 * names, certificates, signatures. What is cut or damaged is replaced up to where it makes sense; nothing is thrown.
 */
import { redactDer } from "./der-octets.ts";
import type { Pseudonyms } from "./pseudonym.ts";

/** How to replace. */
export interface RedactionRules {
  readonly names: Pseudonyms;
  readonly keepNames: boolean;
  /** The addresses of the packets, 4 or 16 octets each. */
  readonly addresses: readonly Uint8Array[];
}

/** Replaces in the body of a message of the handshake type `type`; `dtls` hellos have a cookie. */
export function redactMessage(type: number, body: Uint8Array, dtls: boolean, rules: RedactionRules): void {
  const at = new Position(body);
  switch (type) {
    case 1:
      return redactClientHello(at, dtls, rules);
    case 2:
      return redactServerHello(at, rules);
    case 3:
      at.skip(2);
      return at.vector(1, (start, end) => rules.names.replace(body, start, end));
    case 4:
      at.skip(4);
      return at.vector(2, (start, end) => rules.names.replace(body, start, end));
    case 11:
      return at.vector(3, (start, end) => redactChain(body, start, end, rules));
    case 13:
      return redactCertificateRequest(body, rules);
    case 15:
      return rules.names.replace(body, 4, body.length);
    case 16:
    case 12:
      return redactKeyExchange(body, rules);
    case 20:
      return rules.names.replace(body, 0, body.length);
    case 21:
    case 23:
      return rules.names.replaceWords(body, 0, body.length);
    case 22:
      at.skip(1);
      return at.vector(3, (start, end) => redactDer(body, start, end, rules.names, rules.keepNames));
    default:
  }
}

/** A place in a message; what lies past its end is not there. */
class Position {
  readonly bytes: Uint8Array;
  at: number;
  readonly end: number;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get isInside(): boolean {
    return this.at < this.end;
  }

  skip(octets: number): void {
    this.at = Math.min(this.end, this.at + octets);
  }

  number(octets: number): number {
    let value = 0;
    for (let index = 0; index < octets; index++)
      value = value * 256 + (this.at + index < this.end ? (this.bytes[this.at + index] as number) : 0);
    this.skip(octets);
    return value;
  }

  /** A vector whose length has `octets` octets, as far as it is there. */
  vector(octets: number, use: (start: number, end: number) => void): void {
    const length = this.number(octets);
    const start = this.at;
    this.skip(length);
    use(start, this.at);
  }
}

function redactClientHello(at: Position, dtls: boolean, rules: RedactionRules): void {
  const { names } = rules;
  const replace = (start: number, end: number): void => names.replace(at.bytes, start, end);
  at.skip(2);
  redactRandom(at, rules);
  at.vector(1, replace);
  if (dtls) at.vector(1, replace);
  at.vector(2, () => {});
  at.vector(1, () => {});
  at.vector(2, (start, end) => redactExtensions(new Position(at.bytes, start, end), rules));
}

function redactServerHello(at: Position, rules: RedactionRules): void {
  at.skip(2);
  redactRandom(at, rules);
  at.vector(1, (start, end) => rules.names.replace(at.bytes, start, end));
  at.skip(3);
  at.vector(2, (start, end) => redactExtensions(new Position(at.bytes, start, end), rules));
}

/** A HelloRetryRequest is known by its random (RFC 9846 §4.1.3), a downgrade by its last octets. */
function redactRandom(at: Position, { names }: RedactionRules): void {
  const start = at.at;
  at.skip(32);
  const isRetry = [0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11].every((octet, index) => at.bytes[start + index] === octet);
  if (isRetry) return;
  const isDowngrade = [0x44, 0x4f, 0x57, 0x4e, 0x47, 0x52, 0x44].every((octet, index) => at.bytes[start + 24 + index] === octet);
  names.replace(at.bytes, start, isDowngrade ? at.at - 8 : at.at);
}

/** Extensions of which the whole content is replaced: they name a user or a session. */
const OPAQUE: ReadonlySet<number> = new Set([6, 12, 35]);

function redactExtensions(at: Position, rules: RedactionRules): void {
  while (at.isInside) {
    const type = at.number(2);
    at.vector(2, (start, end) => {
      const body = new Position(at.bytes, start, end);
      if (type === 0) redactServerNames(body, rules);
      else if (type === 41) redactPreSharedKeys(body, rules);
      else if (type === 44) body.vector(2, (from, to) => rules.names.replace(at.bytes, from, to));
      else if (type === 47) redactAuthorities(body, rules);
      else if (OPAQUE.has(type)) rules.names.replace(at.bytes, start, end);
    });
  }
}

function redactServerNames(at: Position, { names, keepNames }: RedactionRules): void {
  if (keepNames) return;
  at.vector(2, (start, end) => {
    const list = new Position(at.bytes, start, end);
    while (list.isInside) {
      list.skip(1);
      list.vector(2, (from, to) => names.replaceWords(at.bytes, from, to));
    }
  });
}

/** Identities with their ages, then binders (RFC 9846 §4.2.11); a server's answer is a number. */
function redactPreSharedKeys(at: Position, { names }: RedactionRules): void {
  if (at.end - at.at <= 2) return;
  at.vector(2, (start, end) => {
    const list = new Position(at.bytes, start, end);
    while (list.isInside) {
      list.vector(2, (from, to) => names.replace(at.bytes, from, to));
      const age = list.at;
      list.skip(4);
      names.replace(at.bytes, age, list.at);
    }
  });
  at.vector(2, (start, end) => {
    const list = new Position(at.bytes, start, end);
    while (list.isInside) list.vector(1, (from, to) => names.replace(at.bytes, from, to));
  });
}

function redactChain(body: Uint8Array, start: number, end: number, { names, keepNames }: RedactionRules): void {
  const list = new Position(body, start, end);
  while (list.isInside) list.vector(3, (from, to) => redactDer(body, from, to, names, keepNames));
}

/** With signature algorithms since TLS 1.2, without before: the authorities are what fills the message. */
function redactCertificateRequest(body: Uint8Array, rules: RedactionRules): void {
  for (const hasSchemes of [true, false]) {
    const at = new Position(body);
    at.vector(1, () => {});
    if (hasSchemes) at.vector(2, () => {});
    const length = ((body[at.at] ?? 0) << 8) | (body[at.at + 1] ?? 0);
    if (at.at + 2 + length !== body.length) continue;
    redactAuthorities(at, rules);
    return;
  }
}

function redactAuthorities(at: Position, { names, keepNames }: RedactionRules): void {
  at.vector(2, (start, end) => {
    const list = new Position(at.bytes, start, end);
    while (list.isInside) list.vector(2, (from, to) => redactDer(at.bytes, from, to, names, keepNames));
  });
}

/** An identity or a hint in plaintext (RFC 4279 §2) is replaced, and an encrypted secret; parameters of groups stay. */
function redactKeyExchange(body: Uint8Array, { names }: RedactionRules): void {
  const length = ((body[0] ?? 0) << 8) | (body[1] ?? 0);
  if (length === 0 || 2 + length > body.length) return;
  const isText = body.subarray(2, 2 + length).every((octet) => octet >= 0x20 && octet < 0x7f);
  if (isText) names.replaceWords(body, 2, 2 + length);
  else if (2 + length === body.length) names.replace(body, 2, body.length, 1);
}
