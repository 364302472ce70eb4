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

/** Octets of the answer without the two places for the server's name: "No required SSL certificate was sent", "The SSL certificate error". */
const BARE = { missing: 365, refused: 343 } as const;
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
  const isPage = NAMES.some((name) => answer.length === BARE[about] + 2 * name + more);
  return isPage ? { about, packet: answer.packet } : undefined;
}

function overheadOf({ isTls13, choice: { suite } }: Look): number | undefined {
  if (isTls13) return MORE.tls13;
  if (suite === undefined || numberOf(suite) < 0) return undefined;
  if (/CHACHA20/.test(suite.name ?? "")) return MORE.chacha;
  return /_[GC]CM(_|$)/.test(suite.name ?? "") ? MORE.gcm : undefined;
}
