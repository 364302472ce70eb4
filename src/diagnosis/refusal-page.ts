/**
 * Recognises an encrypted refusal in HTTP by its length: nginx completes the handshake whatever the client's certificate is, answers
 * the first request with an error page of its own, and closes the connection. Only the server's name in the page varies.
 */
import type { Look } from "./look.ts";
import { numberOf } from "./offer.ts";

/** What nginx says about the client's certificate, and in which packet. */
export interface RefusalPage {
  readonly about: "missing" | "refused";
  readonly packet: number;
}

/** Octets without the server's name if the page says "No required SSL certificate was sent" or "The SSL certificate error", and how often it has the name. */
interface Form {
  readonly missing: number;
  readonly refused: number;
  readonly names: number;
}

/** The whole answer with its headers; in HTTP/2 the page alone, with the header of a frame. */
const HTTP1: Form = { missing: 365, refused: 343, names: 2 };
const HTTP2: Form = { missing: 234, refused: 212, names: 1 };
/** Octets of the six comment lines that nginx adds so that Chrome and Internet Explorer show the page. */
const PADDING = 402;
/** Octets of `nginx`, of `nginx/1.9.9` to `nginx/1.29.10`, and of those with ` (Ubuntu)` or ` (Debian)`. */
const NAMES = [5, 11, 12, 13, 20, 21, 22];
/** Octets that encryption adds to a record: a type and a tag; a nonce and a tag; a tag. */
const OVERHEAD = { tls13: 17, gcm: 24, chacha: 16 } as const;

/** nginx's page `about` the certificate, if that is how the server answered the client's first request and ended an established connection. */
export function refusalPage(look: Look, about: RefusalPage["about"]): RefusalPage | undefined {
  const [said] = look.established && look.clientSpoke ? look.later("client") : [];
  const overhead = overheadOf(look);
  if (said === undefined || overhead === undefined) return undefined;
  const data = look.records("server").filter(({ content, packet }) => content === "application_data" && packet > said.packet);
  // An alert at the end is close_notify.
  const answer = data.findLast(({ length = 0 }) => length > overhead + 2);
  if (answer === undefined || !look.events.some(({ kind, packet }) => (kind === "fin" || kind === "rst") && packet > answer.packet))
    return undefined;
  const forms = look.offer.alpn.includes("h2") ? [HTTP1, HTTP2] : [HTTP1];
  const length = (answer.length ?? 0) - overhead;
  const isPage = forms.some((form) => NAMES.some((name) => [0, PADDING].includes(length - form[about] - form.names * name)));
  return isPage ? { about, packet: answer.packet } : undefined;
}

function overheadOf({ isTls13, choice: { suite } }: Look): number | undefined {
  if (isTls13) return OVERHEAD.tls13;
  if (suite === undefined || numberOf(suite) < 0) return undefined;
  if (/CHACHA20/.test(suite.name ?? "")) return OVERHEAD.chacha;
  return /_GCM_|_CCM$/.test(suite.name ?? "") ? OVERHEAD.gcm : undefined;
}
