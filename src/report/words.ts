/**
 * Names for what the model holds: code points, protocols, times, paths. Model values come in,
 * printable text goes out. A value of an unexpected shape (a saved report may contain anything) is
 * shown as JSON, never guessed.
 */
import type { ClientStack, Endpoint, Handshake } from "../handshake/handshake.ts";
import type { CodePoint } from "../registry/codepoint.ts";

/** Is it a code point of the model? */
export function isCodePoint(value: unknown): value is CodePoint {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as CodePoint).id === "string" &&
    (typeof (value as CodePoint).name === "string" || (value as CodePoint).name === null)
  );
}

/** Is it an object with keys? */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** With a capital letter in front, as a sentence begins. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The name, or `unknown` if the registry has none. */
export function nameOf(codePoint: CodePoint): string {
  return codePoint.name ?? "unknown";
}

/** `TLS_RSA_WITH_AES_256_CBC_SHA (0x0035, AES256-SHA)`. */
export function codePointText(codePoint: CodePoint): string {
  const openssl = codePoint.openssl === undefined || codePoint.openssl === codePoint.name ? "" : `, ${codePoint.openssl}`;
  return `${nameOf(codePoint)} (${codePoint.id}${openssl})`;
}

/** Up to so many candidates and settings of a client stack are named; of more, only the first and their number. */
const NAMED = 2;

/** `Go crypto/tls 1.22 - 1.23`, `OpenSSL 3.0 (Node.js 18 - 20)`, `like GnuTLS 3.7`; empty if the client is unknown. */
export function stackText({ clientStack }: Pick<Handshake, "clientStack">): string {
  if (clientStack === undefined || clientStack.match === "none") return "";
  let text = stackTexts.get(clientStack);
  if (text === undefined) stackTexts.set(clientStack, (text = textOfStack(clientStack)));
  return text;
}

/** Handshakes with the same hello share what is known of its client. */
const stackTexts = new WeakMap<ClientStack, string>();

function textOfStack(clientStack: ClientStack): string {
  const { name, versions, candidates, match } = clientStack;
  const genuine = candidates.filter((candidate) => !IMITATOR.test(candidate));
  const imitated = candidates.length > genuine.length;
  const told = genuine.length > 0 ? fewOf(genuine) : fewOf(candidates.map((candidate) => candidate.replace(IMITATOR, "$2")));
  // A good imitator cannot be distinguished from its model.
  const programs = `${told.join(", ")}${imitated ? " or an imitator" : ""}`;
  if (name === null) return programs;
  // If the library itself sends the same, its programs are no more likely; if settings were changed, they are a guess.
  const isLibrary = told.length === 0 || told[0]?.startsWith(name) === true || (match === "near" && versions !== undefined);
  return `${match === "near" ? "like " : ""}${name}${versions === undefined ? "" : ` ${versions}`}${isLibrary ? "" : ` (${programs})`}`;
}

/** `curl_cffi 0.17 as chrome110`. */
const IMITATOR = /^(.*) as (\S+)$/;

/** How a client's hello was configured: `default settings`, `as with GODEBUG=tls3des=1: plus TLS_RSA_WITH_3DES_EDE_CBC_SHA`. */
export function settingsText({ clientStack }: Pick<Handshake, "clientStack">): string {
  if (clientStack === undefined) return "";
  const { match, settings = ["default"], deviations } = clientStack;
  if (match === "none") return "its hello is like none in the library of clients";
  const how = fewOf(settings.map((setting) => (setting === "default" ? "default settings" : setting))).join(" or ");
  const what = deviations.join(", ");
  if (match === "near") return `${how}, but ${what === "" ? "otherwise arranged" : what}`;
  return `${settings[0] === "default" ? "" : "as with "}${how}${what === "" ? "" : `: ${what}`}`;
}

function fewOf(members: readonly string[]): string[] {
  return members.length <= NAMED ? [...members] : [members[0] ?? "", `${members.length - 1} others`];
}

/** Any value of the model in words. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return "none";
  if (typeof value === "string") return value === "" ? "empty" : value;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (isCodePoint(value)) return isExtension(value) ? extensionText(value) : codePointText(value);
  if (Array.isArray(value)) return value.length === 0 ? "empty" : value.map(valueText).join(", ");
  return Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .map(([key, part]) => `${keyWords(key)} ${valueText(part)}`)
    .join(", ");
}

/** `serverName` to `server name`; names of the registries stay as they are. */
export function keyWords(key: string): string {
  if (key.includes("_")) return key;
  const known = KEYS[key];
  if (known !== undefined) return known;
  return key.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

const KEYS: Readonly<Record<string, string>> = {
  alpn: "ALPN",
  sha256: "SHA-256",
  ja3: "JA3",
  ja3s: "JA3S",
  ja4: "JA4",
  ja3Text: "JA3 text",
  ja3sText: "JA3S text",
  ja4r: "JA4 raw",
  secondJa4: "second JA4",
  secondJa4r: "second JA4 raw",
  dhPrimeBits: "DH prime bits",
  dhGeneratorBits: "DH generator bits",
  pskIdentityHint: "PSK identity hint",
  pskIdentity: "PSK identity",
  sessionId: "session ID",
  startTls: "STARTTLS",
  ttl: "TTL",
  subjectAltNames: "subject alt names",
};

/** The name of an input in a report. */
export function fileText(file: string): string {
  return file === "-" ? "standard input" : file;
}

/** `10.0.0.5:45932`, `[2001:db8::1]:443`. */
export function endpointText(endpoint: Endpoint): string {
  if (endpoint.address === "") return "";
  return endpoint.address.includes(":") ? `[${endpoint.address}]:${endpoint.port}` : `${endpoint.address}:${endpoint.port}`;
}

/** The protocol as people write it: `TLS`, `DTLS`, `QUIC`, `SSLv2`. */
export function protocolText(handshake: Handshake): string {
  return handshake.protocol === "sslv2" ? "SSLv2" : handshake.protocol.toUpperCase();
}

/** A protocol that is not TLS as people write it: `SMTP`, `PostgreSQL`. */
export function plainName(name: string): string {
  return PLAIN_NAMES[name] ?? name.toUpperCase();
}

const PLAIN_NAMES: Readonly<Record<string, string>> = {
  http2: "HTTP/2",
  memcached: "memcached",
  mysql: "MySQL",
  postgresql: "PostgreSQL",
  redis: "Redis",
  sieve: "ManageSieve",
  telnet: "Telnet",
};

/** `12:03:45.678901Z` of an RFC 3339 time, with at most `digits` of its fraction, Z because logs beside it may have local time; the text itself if it is not one. */
export function clockText(time: string, digits: number): string {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(time)) return time;
  const clock = time.slice(11, 19);
  return digits === 0 ? `${clock}Z` : `${clock}.${time.slice(20, -1).slice(0, digits).padEnd(digits, "0")}Z`;
}

/** Microseconds between two RFC 3339 times; `NaN` if one of them is not a time. */
export function microsecondsBetween(earlier: string, later: string): number {
  return microseconds(later) - microseconds(earlier);
}

/** `3 packets`, `1 packet`, with thousands separated: `1,234 packets`. */
export function countText(count: number, noun: string, plural = `${noun}s`): string {
  return `${String(count).replace(/\B(?=(?:\d{3})+$)/g, ",")} ${count === 1 ? noun : plural}`;
}

function isExtension(value: CodePoint): boolean {
  return "length" in value;
}

/** An extension, or a transport parameter, with its contents. */
function extensionText(value: CodePoint): string {
  const { data, value: parameter, hex, malformed } = value as Partial<Record<"data" | "value" | "hex" | "malformed", unknown>>;
  const content = data ?? parameter ?? hex;
  const told = content === undefined || (isRecord(content) && Object.keys(content).length === 0) ? "" : `: ${valueText(content)}`;
  return `${codePointText(value)}${told}${typeof malformed === "string" ? `, malformed: ${malformed}` : ""}`;
}

function microseconds(time: string): number {
  const match = /^(.*T\d\d:\d\d:\d\d)(?:\.(\d+))?Z$/.exec(time);
  if (match === null) return Number.NaN;
  return Date.parse(`${match[1]}Z`) * 1000 + Number((match[2] ?? "").slice(0, 6).padEnd(6, "0"));
}
