/** Which protocol is spoken where TLS was expected, judged by the first octets of one side. */
import { hasOctets, numberAt } from "./talk.ts";

/** A regular expression for text, or octets as {@link hasOctets} takes them. */
interface Pattern {
  readonly name: string;
  readonly fits: RegExp | string;
}

/** What servers say first, or in answer to a hello that they do not understand. Specific patterns come before general ones. */
const SERVERS: readonly Pattern[] = [
  { name: "http", fits: /^HTTP\/[012]|^\s*<(?:!doctype html|html)\b/i },
  { name: "http2", fits: "00 00 .. 04 00 00 00 00 00" },
  { name: "ssh", fits: /^SSH-[12]\./ },
  { name: "rtsp", fits: /^RTSP\/\d/ },
  { name: "sip", fits: /^SIP\/\d/ },
  { name: "vnc", fits: /^RFB \d{3}\.\d{3}\n/ },
  { name: "xmpp", fits: /^(?:<\?xml[^>]*>\s*)?<(?:stream:|\/stream:)/ },
  { name: "sieve", fits: /^"(?:IMPLEMENTATION|SIEVE)"/i },
  { name: "imap", fits: /^\* (?:OK|PREAUTH|BYE|BAD|NO)\b/i },
  { name: "redis", fits: /^-(?:ERR (?:unknown command|Protocol error|wrong number)|DENIED|NOAUTH)/i },
  { name: "nats", fits: /^INFO \{/ },
  { name: "pop3", fits: /^(?:\+OK|-ERR)\b/ },
  { name: "lmtp", fits: /^\d{3}[ -].*\bLMTP\b/i },
  {
    name: "smtp",
    fits: /^(?:220[ -].*\b(?:E?SMTP|mail|postfix|exim)\b|(?:220|421|554)[ -]\S+ (?:E?SMTP|Service)\b|[45]\d\d[ -][45]\.\d\.\d)/i,
  },
  { name: "ftp", fits: /^(?:220|421|5\d\d)[ -].*(?:\bFTP|FTPd\b|FileZilla)/i },
  { name: "nntp", fits: /^(?:20[01]|400|502)[ -].*\b(?:NNTP|news|InterNetNews|INN|NNRP)/i },
  { name: "irc", fits: /^(?::\S+ (?:\d{3}|NOTICE) |ERROR :|NOTICE AUTH)/ },
  { name: "mysql", fits: ".. .. 00 00 0a 30-39 2e-39" },
  { name: "mysql", fits: ".. .. 00 00-02 ff .. 04-0f 20-7e 20-7e 20-7e" },
  { name: "postgresql", fits: "45 00 00 .. .. 53 41-5a" },
  { name: "postgresql", fits: /^E(?:FATAL|ERROR|Invalid|unsupported)\b/ },
  { name: "tds", fits: "04 00-01 .. .. .. .. .. 00" },
  { name: "amqp", fits: "41 4d 51 50 00-09" },
  { name: "rdp", fits: "03 00 .. .. .. d0" },
  { name: "telnet", fits: "ff fb-fe 00-32" },
  { name: "ldap", fits: "30 .. 02 01 00 78" },
  { name: "ldap", fits: "30 84 00 00 .. .. 02 01 00 78" },
  { name: "socks5", fits: "05 ff" },
  { name: "memcached", fits: /^(?:CLIENT_)?ERROR\r\n/ },
];

/** What clients say first to a TLS server. */
const CLIENTS: readonly Pattern[] = [
  { name: "http", fits: /^(?:GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|TRACE|CONNECT|PROPFIND) \S+ HTTP\/1\.[01]\r?\n/ },
  { name: "http2", fits: /^PRI \* HTTP\/2\.0\r\n/ },
  { name: "ssh", fits: /^SSH-[12]\./ },
  { name: "smtp", fits: /^(?:EHLO|HELO) /i },
  { name: "xmpp", fits: /^(?:<\?xml[^>]*>\s*)?<stream:/ },
  { name: "proxy-v1", fits: /^PROXY (?:TCP[46]|UNKNOWN)/ },
  { name: "proxy-v2", fits: "0d 0a 0d 0a 00 0d 0a 51 55 49 54 0a" },
  { name: "mqtt", fits: "10 .. 00 04 4d 51" },
  { name: "mqtt", fits: "10 .. 00 06 4d 51" },
  { name: "mqtt", fits: "10 .. .. 00 04 4d 51" },
  { name: "amqp", fits: /^AMQP/ },
  { name: "redis", fits: /^\*\d+\r\n\$/ },
  { name: "rdp", fits: "03 00 .. .. .. e0" },
  { name: "postgresql", fits: "00 00 .. .. 00 03 00 00-02" },
  { name: "ldap", fits: "30 .. 02 01 01-7f 60-77" },
  { name: "sip", fits: /^[A-Z]+ sips?:\S+ SIP\/2\.0\r\n/ },
  { name: "rtsp", fits: /^[A-Z_]+ rtsp:\S+ RTSP\/1\.0\r\n/ },
];

/** The name of the protocol that a server speaks; `undefined` if its words are not recognised. */
export function serverProtocol(text: string): string | undefined {
  return nameIn(SERVERS, text);
}

/** The same for a client. */
export function clientProtocol(text: string): string | undefined {
  return nameIn(CLIENTS, text);
}

function nameIn(list: readonly Pattern[], text: string): string | undefined {
  return list.find(({ fits }) => (typeof fits === "string" ? hasOctets(text, fits) : fits.test(text)))?.name;
}

/** Does a client open OpenVPN over TCP? Its first packet is a reset with a length and an opcode; TLS records come later, in packets of its own. */
export function isOpenVpn(client: string): boolean {
  const length = numberAt(client, 0, 2);
  const fits = hasOctets(client, "00 .. 38-3f") || hasOctets(client, "00 .. 50-57");
  return fits && client.length >= length + 2 && (client.length === length + 2 || hasOctets(client, "00-05 .. 20-57", length + 2));
}

/** Octets that decide whether it is text or ciphertext. */
const JUDGED = 64;

/** Are these octets text: letters and line ends, perhaps in UTF-8? A few octets of ciphertext may look like it, more of them hardly ever. */
export function isWords(text: string): boolean {
  const judged = text.slice(0, JUDGED);
  const others = judged.replaceAll(/[\t\r\n -~]|[\xc2-\xf4][\x80-\xbf]{1,3}/g, "");
  return judged.length >= 4 && others === "";
}

/** How a TLS server tells a client in plain HTTP that it should have spoken TLS: the words of nginx, Apache, Go, Tomcat and the like. */
const EXPECTED_TLS =
  /plain HTTP request was sent to (?:the )?HTTPS port|HTTP request to an HTTPS server|speaking plain HTTP to an SSL-enabled|combination of host and port requires TLS|HTTP request (?:was )?sent to (?:an? )?(?:HTTPS|TLS|SSL)/i;

/** Does a server say so? */
export function demandsTls(server: string): boolean {
  return /^HTTP\/1\.[01] 4\d\d/.test(server) && EXPECTED_TLS.test(server);
}
