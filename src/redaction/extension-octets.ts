/**
 * Replaces in place what identifies somebody, or ties the hello to a connection, in the extensions of a hello: names, keys,
 * tickets, ids, ciphertext. An unknown extension is replaced as a whole; one that only says
 * what its sender supports stays.
 */
import { Cursor, DecodeFault } from "../bytes/cursor.ts";
import { codecs } from "../message/extension/index.ts";
import { redactDer } from "./der-octets.ts";
import { Position } from "./position.ts";
import { redactTransportParameters } from "./quic-parameters.ts";
import type { RedactionRules } from "./rules.ts";
import { isSctList, redactSctList } from "./sct-octets.ts";

/** Redacts the body of one extension; `isRequest` in a client's hello. */
type Redactor = (body: Position, rules: RedactionRules, isRequest: boolean) => void;

/** Redacts a list of extensions. */
export function redactExtensions(at: Position, rules: RedactionRules, isRequest: boolean): void {
  while (at.isInside) {
    const type = at.number(2);
    at.vector(2, (start, end, isWhole) => {
      const body = new Position(at.bytes, start, end);
      const redact =
        REDACTORS[type] ?? (isWhole && isHarmless(type, body, isRequest) ? (TEXTS.has(type) ? keep : keepNumbers) : replaceAll);
      redact(body, rules, isRequest);
      // What follows the extension's contents.
      rules.names.replace(at.bytes, body.at, end);
    });
  }
}

/** Extensions that list names of protocols: ALPN, NPN, ALPS. */
const TEXTS: ReadonlySet<number> = new Set([16, 13_172, 17_513, 17_613]);

/** Octets that are too few to name anybody. */
const SHORT = 4;

/** Does it only say what its sender supports, or hardly anything? */
function isHarmless(type: number, body: Position, isRequest: boolean): boolean {
  return isRead(type, body, isRequest) || (codecs.has(type) && body.end - body.at <= SHORT);
}

/** Is it a known extension whose body can be read to its end? One that does not fit its own lengths may contain anything. */
function isRead(type: number, { bytes, at, end }: Position, isRequest: boolean): boolean {
  const { client_hello: request, ...answers } = codecs.get(type)?.in ?? {};
  return (isRequest ? [request] : Object.values(answers)).some((read) => {
    const body = new Cursor(bytes, at, end);
    try {
      read?.(body);
      body.finish();
      return read !== undefined;
    } catch (fault) {
      if (!(fault instanceof DecodeFault)) throw fault;
      return false;
    }
  });
}

/** Redacts the names of authorities (RFC 9846 §4.2.4): a list of vectors of DER. */
export function redactAuthorities(at: Position, { names, keepNames }: RedactionRules): void {
  eachIn(at, 2, (list) => list.vector(2, (from, to) => redactDer(at.bytes, from, to, names, keepNames)));
}

const keep: Redactor = (body) => body.skip(body.end - body.at);

const keepNumbers: Redactor = (body, { names }) => {
  names.replaceWordy(body.bytes, body.at, body.end);
  body.skip(body.end - body.at);
};

const replaceAll: Redactor = (body, rules) => replaceNext(body, body.end - body.at, rules);

/** One vector whose length has `octets` octets. */
function vectorOf(octets: number): Redactor {
  return (body, { names }) => body.vector(octets, (start, end) => names.replace(body.bytes, start, end));
}

/** One vector with text. */
function textOf(octets: number): Redactor {
  return (body, { names }) => body.vector(octets, (start, end) => names.replaceWords(body.bytes, start, end));
}

function eachIn(body: Position, octets: number, take: (list: Position) => void): void {
  body.vector(octets, (start, end) => {
    const list = new Position(body.bytes, start, end);
    while (list.isInside) take(list);
  });
}

function replaceNext(body: Position, octets: number, { names }: RedactionRules): void {
  const start = body.at;
  body.skip(octets);
  names.replace(body.bytes, start, body.at);
}

const serverNames: Redactor = (body, { names, keepNames }) => {
  if (keepNames) body.vector(2, () => {});
  else
    eachIn(body, 2, (list) => {
      list.skip(1);
      list.vector(2, (from, to) => names.replaceWords(body.bytes, from, to));
    });
};

/** Hashes of keys and certificates, and names (RFC 6066 §6). */
const trustedAuthorities: Redactor = (body, rules) => {
  eachIn(body, 2, (list) => {
    const type = list.number(1);
    if (type === 1 || type === 3) replaceNext(list, 20, rules);
    else if (type === 2) list.vector(2, (from, to) => redactDer(body.bytes, from, to, rules.names, rules.keepNames));
  });
};

/** Responders, and extensions of the request, of OCSP (RFC 6066 §8). */
const statusRequest: Redactor = (body, { names, keepNames }) => {
  if (body.number(1) !== 1) return;
  eachIn(body, 2, (list) => list.vector(2, (from, to) => redactDer(body.bytes, from, to, names, keepNames)));
  body.vector(2, (from, to) => redactDer(body.bytes, from, to, names, keepNames));
};

/** Identities with their ages, then binders (RFC 9846 §4.2.11); a server's answer is a number. */
const preSharedKeys: Redactor = (body, rules, isRequest) => {
  if (!isRequest) {
    body.skip(2);
    return;
  }
  eachIn(body, 2, (list) => {
    list.vector(2, (from, to) => rules.names.replace(body.bytes, from, to));
    replaceNext(list, 4, rules);
  });
  eachIn(body, 2, (list) => list.vector(1, (from, to) => rules.names.replace(body.bytes, from, to)));
};

/** Groups with public values; a body of only two octets is the group that a HelloRetryRequest wants. */
const keyShares: Redactor = (body, { names }, isRequest) => {
  const share = (list: Position): void => {
    list.skip(2);
    // The first octet says how a point is encoded.
    list.vector(2, (from, to) => names.replace(body.bytes, from, to, 1));
  };
  if (isRequest) eachIn(body, 2, share);
  else if (body.end - body.at > 2) share(body);
  else body.skip(2);
};

const listOfVectors: Redactor = (body, { names }) => {
  eachIn(body, 2, (list) => list.vector(2, (from, to) => names.replace(body.bytes, from, to)));
};

const timestamps: Redactor = (body, rules, isRequest) => {
  if (!isSctList(body.bytes, body.at, body.end)) replaceAll(body, rules, isRequest);
  else {
    redactSctList(body.bytes, body.at, body.end, rules.names);
    body.skip(body.end - body.at);
  }
};

const connectionId: Redactor = (body, { names }) => {
  body.vector(1, (start, end) => body.bytes.set(names.connectionId(body.bytes.slice(start, end)), start));
};

/** Profiles stay (RFC 5764 §4.1.1). */
const srtp: Redactor = (body, rules) => {
  body.vector(2, () => {});
  vectorOf(1)(body, rules, false);
};

/** The encapsulated key and the encrypted hello (RFC 9849 §5), which the owner of the key could read; a server's answer is a hash. */
const encryptedHello: Redactor = (body, rules, isRequest) => {
  if (!isRequest) replaceAll(body, rules, isRequest);
  else if (body.number(1) === 0) {
    body.skip(5);
    listOfTwo(body, rules);
  }
};

/** The same in its drafts, without a type, and with an id of one octet or of several. */
function draftOfEncryptedHello(hasLongId: boolean): Redactor {
  return (body, rules, isRequest) => {
    if (!isRequest) {
      replaceAll(body, rules, isRequest);
      return;
    }
    body.skip(4);
    if (hasLongId) body.vector(1, () => {});
    else body.skip(1);
    listOfTwo(body, rules);
  };
}

function listOfTwo(body: Position, rules: RedactionRules): void {
  for (let count = 0; count < 2; count++) vectorOf(2)(body, rules, true);
}

/** draft-ietf-tls-esni-02 §5: suite and group, then key, digest and name. */
const encryptedName: Redactor = (body, rules) => {
  body.skip(4);
  for (let count = 0; count < 3; count++) vectorOf(2)(body, rules, true);
};

/** By ExtensionType. */
const REDACTORS: { readonly [type: number]: Redactor | undefined } = {
  0: serverNames,
  3: trustedAuthorities,
  5: statusRequest,
  7: replaceAll,
  8: replaceAll,
  12: textOf(1),
  14: srtp,
  18: timestamps,
  25: replaceAll,
  29: vectorOf(1),
  30: textOf(1),
  31: vectorOf(2),
  32: replaceAll,
  35: replaceAll,
  40: keyShares,
  41: preSharedKeys,
  44: vectorOf(2),
  47: redactAuthorities,
  51: keyShares,
  52: listOfVectors,
  53: connectionId,
  54: connectionId,
  55: vectorOf(1),
  56: vectorOf(1),
  57: redactTransportParameters,
  59: replaceAll,
  0xfe08: draftOfEncryptedHello(true),
  0xfe09: draftOfEncryptedHello(true),
  0xfe0a: draftOfEncryptedHello(false),
  0xfe0b: encryptedHello,
  0xfe0c: encryptedHello,
  0xfe0d: encryptedHello,
  0xff01: vectorOf(1),
  0xffa5: redactTransportParameters,
  0xffce: encryptedName,
};
