/**
 * A refusal in HTTP that nobody can read but whose length tells it: nginx completes the handshake whatever the client's certificate,
 * and answers the first request with a page of its own and the end. Only the name of the server varies in it.
 */
import type { Look } from "./look.ts";
import { numberOf } from "./offer.ts";

/** What nginx says of the client's certificate, and where. */
export interface RefusalPage {
  readonly about: "missing" | "refused";
  readonly packet: number;
}

/** Octets without the server's name, "No required SSL certificate was sent" or "The SSL certificate error", and how often the name stands there. */
interface Form {
  readonly missing: number;
  readonly refused: number;
  readonly names: number;
}

/** The whole answer with its headers; in HTTP/2 the page alone, with the head of a frame. */
const HTTP1: Form = { missing: 365, refused: 343, names: 2 };
const HTTP2: Form = { missing: 234, refused: 212, names: 1 };
/** What it adds for Chrome and Internet Explorer, so that they show the page: six lines of comment. */
const FILLED = 402;
/** Octets of `nginx`, of `nginx/1.9.9` to `nginx/1.29.10`, and of those with ` (Ubuntu)` or ` (Debian)`. */
const NAMES = [5, 11, 12, 13, 20, 21, 22];
/** Octets that are more in a record than in what is sent: a type and a tag; a nonce and a tag; a tag. */
const MORE = { tls13: 17, gcm: 24, chacha: 16 } as const;

/** The page that ends an established connection, where a client that had, or had not, a certificate has asked for something. */
export function refusalPage(look: Look, about: RefusalPage["about"]): RefusalPage | undefined {
  const [said] = look.established && look.clientSpoke ? look.later("client") : [];
  const more = overheadOf(look);
  if (said === undefined || more === undefined) return undefined;
  const data = look.records("server").filter(({ content, packet }) => content === "application_data" && packet > said.packet);
  // An alert at the end is close_notify.
  const answer = data.findLast(({ length = 0 }) => length > more + 2);
  if (answer === undefined || !look.events.some(({ kind, packet }) => (kind === "fin" || kind === "rst") && packet > answer.packet))
    return undefined;
  const forms = look.offer.alpn.includes("h2") ? [HTTP1, HTTP2] : [HTTP1];
  const length = (answer.length ?? 0) - more;
  const isPage = forms.some((form) => NAMES.some((name) => [0, FILLED].includes(length - form[about] - form.names * name)));
  return isPage ? { about, packet: answer.packet } : undefined;
}

function overheadOf({ isTls13, choice: { suite } }: Look): number | undefined {
  if (isTls13) return MORE.tls13;
  if (suite === undefined || numberOf(suite) < 0) return undefined;
  if (/CHACHA20/.test(suite.name ?? "")) return MORE.chacha;
  return /_[GC]CM(_|$)/.test(suite.name ?? "") ? MORE.gcm : undefined;
}
