/**
 * What came before TLS began on a connection: a plaintext protocol that upgraded (STARTTLS), or a
 * proxy that was asked for a tunnel. Judged by the dialogue's own words, not by ports.
 */

/** The first octets that each side said in plaintext. */
export interface Dialogue {
  readonly client: Uint8Array;
  readonly server: Uint8Array;
}

/** What came before TLS, by its names in the JSON. */
export interface Prelude {
  readonly startTls?: string;
  readonly via?: string;
}

/** One protocol: its name in the JSON, and what its dialogue looks like. */
interface Pattern {
  readonly name: string;
  readonly fits: (client: string, server: string) => boolean;
}

/** Octets as text, one character each; patterns look at ASCII only. */
function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** Protocols that upgrade to TLS, most specific first. */
const START_TLS: readonly Pattern[] = [
  { name: "postgresql", fits: (client, server) => client.includes("\x00\x00\x00\x08\x04\xd2\x16\x2f") && /^[SNG]/.test(server) },
  { name: "lmtp", fits: (client, server) => /^LHLO /im.test(client) && server.startsWith("220") },
  { name: "sieve", fits: (client, server) => /^STARTTLS/im.test(client) && /^"(IMPLEMENTATION|SIEVE)"/im.test(server) },
  { name: "imap", fits: (client, server) => /^\S+ STARTTLS/im.test(client) || /^\* (OK|PREAUTH)/.test(server) },
  { name: "pop3", fits: (client, server) => /^STLS/im.test(client) || server.startsWith("+OK") },
  { name: "ftp", fits: (client) => /^AUTH (TLS|SSL)/im.test(client) },
  { name: "nntp", fits: (client, server) => /^STARTTLS/im.test(client) && /^20[01] /.test(server) },
  {
    name: "smtp",
    fits: (client, server) => /^(EHLO|HELO) /im.test(client) || (/^STARTTLS/im.test(client) && /^2[25]0[ -]/.test(server)),
  },
  { name: "xmpp", fits: (client, server) => /<starttls\b/.test(client) || /<(proceed|stream:stream)\b/.test(server) },
  { name: "ldap", fits: (client) => client.includes("1.3.6.1.4.1.1466.20037") },
  { name: "irc", fits: (client, server) => /^STARTTLS/im.test(client) || /^:\S+ (670|NOTICE) /.test(server) },
  {
    name: "mysql",
    fits: (client, server) => server.charCodeAt(4) === 10 && (client.charCodeAt(5) & 0x08) !== 0 && client.charCodeAt(3) === 1,
  },
  {
    name: "rdp",
    fits: (client, server) => client.startsWith("\x03\x00") && client.charCodeAt(5) === 0xe0 && server.startsWith("\x03\x00"),
  },
];

/** Proxies that open a tunnel. */
const VIA: readonly Pattern[] = [
  { name: "http-connect", fits: (client) => /^CONNECT \S+ HTTP\/1\.[01]/.test(client) },
  { name: "proxy-v2", fits: (client) => client.startsWith("\r\n\r\n\0\r\nQUIT\n") },
  { name: "proxy-v1", fits: (client) => /^PROXY (TCP4|TCP6|UNKNOWN)/.test(client) },
  { name: "socks5", fits: (client, server) => client.charCodeAt(0) === 5 && server.charCodeAt(0) === 5 },
  { name: "socks4", fits: (client, server) => client.charCodeAt(0) === 4 && client.charCodeAt(1) === 1 && server.charCodeAt(0) === 0 },
];

/** Names of what came before TLS, where anything did. */
export function preludeOf(dialogue: Dialogue): Prelude {
  if (dialogue.client.length === 0 && dialogue.server.length === 0) return {};
  const client = latin1(dialogue.client);
  const server = latin1(dialogue.server);
  const find = (list: readonly Pattern[]): string | undefined => list.find((pattern) => pattern.fits(client, server))?.name;
  const via = find(VIA);
  const startTls = via === undefined ? find(START_TLS) : undefined;
  return { ...(startTls === undefined ? {} : { startTls }), ...(via === undefined ? {} : { via }) };
}
