/** LDAP's StartTLS (RFC 4511 §4.14): an ExtendedRequest, and the resultCode of its answer. */
import type { Refusal, Upgrade } from "../contract.ts";
import { inOrder, numberAt, octetCount, type Party, REDACTED, safe, type Talk, type Unit } from "../talk.ts";

const START_TLS = "1.3.6.1.4.1.1466.20037";

/** protocolOp tags (RFC 4511 §4.2 and after). */
const OPERATIONS: Readonly<Record<number, string>> = {
  0x60: "BindRequest",
  0x61: "BindResponse",
  0x42: "UnbindRequest",
  0x63: "SearchRequest",
  0x64: "SearchResultEntry",
  0x65: "SearchResultDone",
  0x73: "SearchResultReference",
  0x77: "ExtendedRequest",
  0x78: "ExtendedResponse",
  0x79: "IntermediateResponse",
};

/** resultCode (RFC 4511 Appendix A). */
const RESULTS: Readonly<Record<number, string>> = {
  0: "success",
  1: "operationsError",
  2: "protocolError",
  3: "timeLimitExceeded",
  7: "authMethodNotSupported",
  8: "strongerAuthRequired",
  10: "referral",
  11: "adminLimitExceeded",
  12: "unavailableCriticalExtension",
  13: "confidentialityRequired",
  14: "saslBindInProgress",
  32: "noSuchObject",
  49: "invalidCredentials",
  50: "insufficientAccessRights",
  51: "busy",
  52: "unavailable",
  53: "unwillingToPerform",
  80: "other",
};

interface LdapMessage {
  readonly id: string;
  readonly tag: number;
  /** Contents of protocolOp. */
  readonly body: string;
  /** Offset after the message. */
  readonly end: number;
}

export const ldap: Upgrade = {
  name: "ldap",
  speaks: ({ client, server }) => [client, server].some((text) => text !== "" && OPERATIONS[messageAt(text, 0)?.tag ?? -1] !== undefined),
  asks: ({ client, server }) => client.includes(START_TLS) || (client === "" && server.includes(START_TLS)),
  answers: (talk) => answer(talk) !== undefined,
  refusal: (talk) => refusalOf(talk),
  units: (talk) => inOrder([...units(talk, "client"), ...units(talk, "server")]),
};

/** The answer to the request for TLS, or a Notice of Disconnection, which has the messageID 0. */
function answer(talk: Talk): LdapMessage | undefined {
  const request = messages(talk.client).find(({ tag, body }) => tag === 0x77 && body.includes(START_TLS));
  return messages(talk.server).find(({ tag, id }) => tag === 0x78 && (id === request?.id || id === "\0"));
}

function refusalOf(talk: Talk): Refusal | undefined {
  const found = answer(talk);
  if (found === undefined || resultOf(found.body).code === 0) return undefined;
  return { text: safe(resultOf(found.body).text), packet: talk.unit("server", found.end, "").packet };
}

function units(talk: Talk, from: Party): Unit[] {
  const told = messages(talk[from]);
  const list = told.map((message) => talk.unit(from, message.end, words(message)));
  const left = talk[from].length - (told.at(-1)?.end ?? 0);
  if (left > 0) list.push(talk.unit(from, talk[from].length, octetCount(left)));
  return list;
}

function words({ tag, body }: LdapMessage): string {
  const name = OPERATIONS[tag] ?? `protocolOp 0x${tag.toString(16)}`;
  if (tag === 0x77) return `${name} ${valueAt(body, 0)?.content ?? ""}${body.includes(START_TLS) ? " (StartTLS)" : ""}`;
  if (tag === 0x78 || tag === 0x61 || tag === 0x65) return `${name} ${resultOf(body).text}`;
  // A simple bind has the password in it, a SASL bind its credentials.
  if (tag === 0x60) return `${name} ${REDACTED}`;
  return name;
}

/** `resultCode 52 (unavailable): words` of an LDAPResult. */
function resultOf(body: string): { readonly code: number; readonly text: string } {
  const result = valueAt(body, 0);
  const code = result === undefined || result.tag !== 0x0a ? Number.NaN : numberAt(result.content, 0, result.content.length);
  const matched = result === undefined ? undefined : valueAt(body, result.end);
  const diagnostic = matched === undefined ? "" : (valueAt(body, matched.end)?.content ?? "");
  return { code, text: `resultCode ${code}${code in RESULTS ? ` (${RESULTS[code]})` : ""}${diagnostic === "" ? "" : `: ${diagnostic}`}` };
}

/** The whole messages at the beginning of a side's octets. */
function messages(text: string): LdapMessage[] {
  const list: LdapMessage[] = [];
  for (let at = 0; ;) {
    const message = messageAt(text, at);
    if (message === undefined) return list;
    list.push(message);
    at = message.end;
  }
}

function messageAt(text: string, at: number): LdapMessage | undefined {
  const outer = valueAt(text, at);
  if (outer === undefined || outer.tag !== 0x30) return undefined;
  const id = valueAt(outer.content, 0);
  if (id === undefined || id.tag !== 0x02 || id.content.length > 4) return undefined;
  const operation = valueAt(outer.content, id.end);
  return operation === undefined ? undefined : { id: id.content, tag: operation.tag, body: operation.content, end: outer.end };
}

/** A BER value whose octets are all there. */
function valueAt(text: string, at: number): { readonly tag: number; readonly content: string; readonly end: number } | undefined {
  const first = text.charCodeAt(at + 1);
  if (Number.isNaN(first)) return undefined;
  const more = first > 0x80 ? first & 0x7f : 0;
  if (first === 0x80 || more > 4) return undefined;
  const length = more === 0 ? first : numberAt(text, at + 2, more);
  const start = at + 2 + more;
  if (Number.isNaN(length) || start + length > text.length) return undefined;
  return { tag: text.charCodeAt(at), content: text.slice(start, start + length), end: start + length };
}
