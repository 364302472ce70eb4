/** HTTP/1.x heads as units: first lines, and header fields, with values only for those that hold no secret. */
import { inOrder, type Party, REDACTED, type Talk, type Unit } from "./talk.ts";

/** Fields whose values are shown. */
const TOLD =
  /^(?:Host|User-Agent|Server|Via|Date|Connection|Proxy-Connection|Proxy-Agent|Upgrade|Content-Type|Content-Length|Transfer-Encoding|Accept(?:-\w+)?|Pragma|Cache-Control|Range|Retry-After)$/i;
/** Of a challenge, the scheme and the realm are shown; anything else in it may be a token. */
const CHALLENGE = /^(?:WWW|Proxy)-Authenticate$/i;

/** The heads at the beginning of both sides' octets. */
export function httpUnits(talk: Talk): Unit[] {
  return inOrder([...headUnits(talk, "client", 0).units, ...headUnits(talk, "server", 0).units]);
}

/** The lines of the head at `at` of a side, and the offset after it, which is the end of the octets if the head is cut. */
export function headUnits(talk: Talk, from: Party, at: number): { readonly units: readonly Unit[]; readonly end: number } {
  const text = talk[from];
  const units: Unit[] = [];
  for (let start = at; start < text.length;) {
    const feed = text.indexOf("\n", start);
    const end = feed < 0 ? text.length : feed + 1;
    const line = text.slice(start, end).replace(/\r?\n$/, "");
    if (line === "" && feed >= 0) return { units, end };
    units.push(talk.unit(from, end, start === at ? firstLine(line) : fieldLine(line)));
    start = end;
  }
  return { units, end: text.length };
}

/** Without user information and query: both may be secret. */
function firstLine(line: string): string {
  return line.replace(/(\/\/|\s)[^/@\s]*@/, `$1${REDACTED}@`).replace(/\?[^\s]*/, `?${REDACTED}`);
}

function fieldLine(line: string): string {
  const [, name = "", value = ""] = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/.exec(line) ?? [];
  if (name === "") return REDACTED;
  if (TOLD.test(name)) return `${name}: ${value}`;
  if (!CHALLENGE.test(name)) return `${name}: ${REDACTED}`;
  const scheme = /^[\w-]+/.exec(value)?.[0] ?? "";
  const realm = /\brealm="[^"]*"/i.exec(value)?.[0];
  return realm === undefined ? `${name}: ${scheme}` : `${name}: ${scheme} ${realm}`;
}
