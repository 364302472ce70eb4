/** The names of the places of fixes, and which fixes are relevant to a handshake. */
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
/** The places at which a fix changes what the client sends. */
export const CLIENT_PLACES: ReadonlySet<Place> = new Set(
  (Object.keys(PLACE_NAMES) as Place[]).filter((place) => !GENERAL.has(place) && !SERVERS.has(place)),
);
const MAIL_PORTS: ReadonlySet<number> = new Set([25, 465, 587]);

/** The fixes that are relevant to a handshake: for any server program, and for the client's stack in fitting versions. */
export function concerned(fixes: readonly Fix[], { stack, handshake }: Look): readonly Fix[] {
  const isMail = handshake.startTls === "smtp" || MAIL_PORTS.has(handshake.transport.server.port);
  const mine = fixes.filter(({ where }) => {
    if (GENERAL.has(where)) return true;
    if (SERVERS.has(where)) return (where === "postfix") === isMail;
    return stack.places.includes(where);
  });
  return mine.filter((fix) => fits(fix, stack));
}

/** Does a fix that is limited to certain versions work in every version that the client may have? */
function fits({ where, from, before }: Fix, { places, oldest, newest }: Look["stack"]): boolean {
  if (from === undefined && before === undefined) return true;
  // If another library is on top (Python on OpenSSL), the hello does not show its version.
  if (!places.includes(where) || where !== places[0]) return false;
  if (from !== undefined && (oldest === undefined || !isAtLeast(oldest, from))) return false;
  return before === undefined || (newest !== undefined && !isAtLeast(newest, before));
}
