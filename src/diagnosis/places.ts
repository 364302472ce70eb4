/** How the places of fixes are called, and which of them a handshake concerns. */
import type { Fix, Place } from "./contract.ts";
import type { Look } from "./look.ts";
import { isAtLeast } from "./stack.ts";

/** Names for readers. */
export const PLACE_NAMES: Readonly<Record<Place, string>> = {
  server: "server",
  client: "client",
  path: "network",
  go: "Go",
  python: "Python",
  node: "Node.js",
  java: "Java",
  openssl: "OpenSSL, curl",
  dotnet: ".NET, Schannel",
  rustls: "rustls",
  gnutls: "GnuTLS",
  nss: "NSS, Firefox",
  boringssl: "Chrome, BoringSSL",
  nginx: "nginx",
  apache: "Apache",
  postfix: "Postfix",
  haproxy: "HAProxy",
  iis: "IIS",
};

const GENERAL: ReadonlySet<Place> = new Set(["server", "client", "path"]);
const SERVERS: ReadonlySet<Place> = new Set(["nginx", "apache", "postfix", "haproxy", "iis"]);
/** Those of a client that changes what it sends. */
export const CLIENT_PLACES: ReadonlySet<Place> = new Set(
  (Object.keys(PLACE_NAMES) as Place[]).filter((place) => !GENERAL.has(place) && !SERVERS.has(place)),
);
const MAIL_PORTS: ReadonlySet<number> = new Set([25, 465, 587]);

/** The fixes that concern a handshake: for every server that may stand there, for the client's stack, in versions that fit it. */
export function concerned(fixes: readonly Fix[], { stack, handshake }: Look): readonly Fix[] {
  const isMail = handshake.startTls === "smtp" || MAIL_PORTS.has(handshake.transport.server.port);
  const mine = fixes.filter(({ where }) => {
    if (GENERAL.has(where)) return true;
    if (SERVERS.has(where)) return (where === "postfix") === isMail;
    return stack.places.includes(where);
  });
  return mine.filter((fix) => fits(fix, stack));
}

/** Does a fix of certain versions work in every version that the client may be? */
function fits({ where, from, before }: Fix, { places, oldest, newest }: Look["stack"]): boolean {
  if (from === undefined && before === undefined) return true;
  // Of another library on top (Python on OpenSSL), the version is not told by the hello.
  if (!places.includes(where) || where !== places[0]) return false;
  if (from !== undefined && (oldest === undefined || !isAtLeast(oldest, from))) return false;
  return before === undefined || (newest !== undefined && !isAtLeast(newest, before));
}
