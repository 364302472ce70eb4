/** PostgreSQL's SSLRequest (frontend/backend protocol, "SSL Session Encryption"), perhaps after a GSSENCRequest. */
import type { Refusal, Upgrade } from "../contract.ts";
import { inOrder, numberAt, octetCount, REDACTED, safe, type Talk, type Unit } from "../talk.ts";

/** Codes that a client sends in place of a protocol version. */
const REQUESTS: Readonly<Record<number, string>> = { 80_877_102: "CancelRequest", 80_877_103: "SSLRequest", 80_877_104: "GSSENCRequest" };

interface Request {
  readonly name: string;
  readonly end: number;
}

interface Answer {
  readonly text: string;
  readonly end: number;
  /** `S`, `N`, `G`, or `E` of an ErrorResponse. */
  readonly sign: string;
}

export const postgresql: Upgrade = {
  name: "postgresql",
  speaks: ({ client }) => requests(client).length > 0,
  asks: ({ client }) => requests(client).some(({ name }) => name === "SSLRequest"),
  answers: (talk) => answer(talk) !== undefined,
  refusal: (talk) => refusalOf(talk),
  units: (talk) => inOrder(units(talk)),
};

/** What the server answered to the SSLRequest: one octet for each request, or an error. */
function answer({ client, server }: Talk): Answer | undefined {
  const place = requests(client).findIndex(({ name }) => name === "SSLRequest");
  return place < 0 ? undefined : answers(server, place + 1).findLast((_, index, all) => index === place || all[index]?.sign === "E");
}

function refusalOf(talk: Talk): Refusal | undefined {
  const found = answer(talk);
  if (found === undefined || (found.sign !== "N" && found.sign !== "E")) return undefined;
  return { text: safe(found.text), packet: talk.unit("server", found.end, "").packet };
}

function units(talk: Talk): Unit[] {
  const asked = requests(talk.client);
  const list: Unit[] = asked.map(({ name, end }) => talk.unit("client", end, name));
  // A StartupMessage names the user and the database; what follows it are passwords and queries.
  if ((asked.at(-1)?.end ?? 0) < talk.client.length) list.push(talk.unit("client", talk.client.length, REDACTED));
  const given = answers(talk.server, asked.length);
  list.push(...given.map(({ text, end }) => talk.unit("server", end, text)));
  const left = talk.server.length - (given.at(-1)?.end ?? 0);
  if (left > 0) list.push(talk.unit("server", talk.server.length, octetCount(left)));
  return list;
}

/** The requests before a StartupMessage, and its beginning. */
function requests(text: string): Request[] {
  const list: Request[] = [];
  let at = 0;
  for (; numberAt(text, at, 4) === 8; at += 8) {
    const name = REQUESTS[numberAt(text, at + 4, 4)];
    if (name === undefined) return list;
    list.push({ name, end: at + 8 });
  }
  const length = numberAt(text, at, 4);
  const major = numberAt(text, at + 4, 2);
  if (length >= 9 && length <= 10_000 && major === 3 && (list.length > 0 || /^user\0|^database\0/.test(text.slice(at + 8)))) {
    list.push({ name: "StartupMessage", end: Math.min(text.length, at + length) });
  }
  return list;
}

function answers(text: string, most: number): Answer[] {
  const list: Answer[] = [];
  for (let at = 0; at < text.length && list.length < most; at++) {
    const sign = text.charAt(at);
    if (sign === "E") return [...list, { sign, text: errorText(text.slice(at + 1)), end: text.length }];
    if (!/[SNG]/.test(sign)) return list;
    list.push({ sign, text: sign, end: at + 1 });
  }
  return list;
}

/** Severity and message of an ErrorResponse: fields of protocol 3, or the bare text of protocol 2. */
function errorText(rest: string): string {
  const length = numberAt(rest, 0, 4);
  if (Number.isNaN(length) || length > 4_096) return `ErrorResponse: ${rest.split(/[\0\n]/, 1)[0]}`;
  const fields = rest.slice(4, length).split("\0");
  const field = (code: string): string => fields.find((one) => one.startsWith(code))?.slice(1) ?? "";
  return `ErrorResponse: ${[field("S"), field("C"), field("M")].filter((part) => part !== "").join(" ")}`;
}
