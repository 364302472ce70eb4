/** MySQL's and MariaDB's SSLRequest: a handshake response that is cut short after its capabilities, with CLIENT_SSL among them. */
import type { Refusal, Upgrade } from "../contract.ts";
import { inOrder, littleAt, octetCount, REDACTED, safe, type Talk, type Unit } from "../talk.ts";

const CLIENT_SSL = 0x0800;
/** Octets of the header of a packet: a length of three and a sequence number. */
const HEADER = 4;
/** Octets of an SSLRequest's body, and of the one before protocol 4.1. */
const SHORT: ReadonlySet<number> = new Set([32, 5]);

export const mysql: Upgrade = {
  name: "mysql",
  speaks: ({ server, client }) => greets(server) || isError(server) || (server === "" && isRequest(client)),
  asks: ({ client }) => isRequest(client),
  answers: () => true,
  refusal: (talk) => refusalOf(talk),
  units: (talk) => inOrder(units(talk)),
};

/** Is this a handshake packet of protocol 10 or 9? */
function greets(server: string): boolean {
  const version = server.charCodeAt(HEADER);
  return server.charCodeAt(3) === 0 && (version === 10 || version === 9) && /^[\d.]+[ -~]*\0/.test(server.slice(HEADER + 1));
}

/** Is this an ERR packet instead of a greeting? */
function isError(server: string): boolean {
  const code = littleAt(server, HEADER + 1, 2);
  const isHead = server.charCodeAt(3) <= 2 && server.charCodeAt(HEADER) === 0xff && littleAt(server, 0, 3) < 1_024;
  return isHead && code >= 1_000 && code < 5_000 && /^[ -~]{2}/.test(server.slice(HEADER + 3));
}

function isRequest(client: string): boolean {
  return client.charCodeAt(3) === 1 && SHORT.has(littleAt(client, 0, 3)) && (littleAt(client, HEADER, 2) & CLIENT_SSL) !== 0;
}

/** Does the greeting's packet announce CLIENT_SSL? The lower capabilities stand after the version, the thread, eight octets and a filler. */
function offersTls(server: string): boolean {
  const at = server.indexOf("\0", HEADER + 1) + 1 + 4 + 8 + 1;
  const capabilities = littleAt(server, at, 2);
  return Number.isNaN(capabilities) || (capabilities & CLIENT_SSL) !== 0;
}

function refusalOf(talk: Talk): Refusal | undefined {
  const { client, server } = talk;
  const end = HEADER + littleAt(server, 0, 3);
  if (isError(server) && client === "") return { text: safe(errorText(server, 0)), packet: talk.unit("server", end, "").packet };
  const isErrorNext = greets(server) && isError(server.slice(end));
  if (isRequest(client) && isErrorNext)
    return { text: safe(errorText(server, end)), packet: talk.unit("server", server.length, "").packet };
  if (!greets(server) || offersTls(server) || client !== "") return undefined;
  return { text: safe(greeting(server)), packet: talk.unit("server", end, "").packet, offered: false };
}

function greeting(server: string): string {
  const version = server.slice(HEADER + 1, server.indexOf("\0", HEADER + 1));
  return `Handshake protocol ${server.charCodeAt(HEADER)}, server ${version}, ${offersTls(server) ? "with" : "without"} CLIENT_SSL`;
}

function errorText(server: string, at: number): string {
  const code = littleAt(server, at + HEADER + 1, 2);
  const words = server.slice(at + HEADER + 3, at + HEADER + littleAt(server, at, 3)).replace(/^#.{5}/, "");
  return `ERR ${code}: ${words}`;
}

function units(talk: Talk): Unit[] {
  const { client, server } = talk;
  const list: Unit[] = [];
  const end = Math.min(server.length, HEADER + littleAt(server, 0, 3));
  if (greets(server)) list.push(talk.unit("server", end, greeting(server)));
  if (isError(server)) list.push(talk.unit("server", end, errorText(server, 0)));
  const rest = server.slice(end);
  if (rest !== "") list.push(talk.unit("server", server.length, isError(rest) ? errorText(server, end) : octetCount(rest.length)));
  if (client === "") return list;
  const asked = isRequest(client) ? HEADER + littleAt(client, 0, 3) : 0;
  if (asked > 0) list.push(talk.unit("client", asked, "SSLRequest"));
  if (client.length > asked) list.push(talk.unit("client", client.length, asked > 0 ? REDACTED : `HandshakeResponse ${REDACTED}`));
  return list;
}
