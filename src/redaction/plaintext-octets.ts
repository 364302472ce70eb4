/**
 * Replaces every word that does not belong to a protocol in what was said in plaintext before TLS. The words to keep are listed,
 * so that unforeseen names or passwords are replaced. Binary octets stay, apart from addresses in PROXY headers.
 */
import type { RedactionRules } from "./rules.ts";

/** Replaces in `[start, end)`. */
export function redactPlaintext(bytes: Uint8Array, start: number, end: number, rules: RedactionRules): void {
  const { names, addresses } = rules;
  redactProxyHeader(bytes, start, end, names);
  redactSocks(bytes, start, end, names);
  for (const address of addresses) redactAddress(bytes, start, end, address, names);
  redactWords(bytes, start, end, rules);
}

/** Replaces the words of a text that do not belong to a protocol, and the names and addresses in it. */
export function redactWords(bytes: Uint8Array, start: number, end: number, { names, keepNames }: RedactionRules): void {
  let at = start;
  for (const { from, to, kind } of placesIn(bytes, start, end)) {
    names.replaceWords(bytes, at, from, isKept);
    if (kind === "name") names.replaceWords(bytes, from, to, keepNames ? isKept : undefined);
    else if (kind === "ipv4" && !keepNames) names.replaceWords(bytes, from, to);
    else if (kind === "ipv6" && !keepNames) names.replaceHex(bytes, from, to);
    at = to;
  }
  names.replaceWords(bytes, at, end, isKept);
}

/** Is it a protocol's word, a short number (a status code, a version), or a single character? */
function isKept(word: string): boolean {
  return WORDS.has(word.toLowerCase()) || /^\d{1,3}$/.test(word) || word.length < 2;
}

const SIGNATURE = [0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a];

/** The binary header of PROXY version 2: two addresses after sixteen octets. */
function redactProxyHeader(bytes: Uint8Array, start: number, end: number, names: RedactionRules["names"]): void {
  if (!SIGNATURE.every((octet, index) => bytes[start + index] === octet)) return;
  const family = (bytes[start + 13] ?? 0) >> 4;
  const octets = family === 1 ? 4 : family === 2 ? 16 : 0;
  for (const at of [start + 16, start + 16 + octets]) {
    if (octets > 0 && at + octets <= end) bytes.set(names.address(bytes.slice(at, at + octets)), at);
  }
}

/** Where a request or an answer of SOCKS has its address (RFC 1928 §4, and version 4 before it). */
function redactSocks(bytes: Uint8Array, start: number, end: number, names: RedactionRules["names"]): void {
  const replace = (at: number, octets: number): void => {
    if (at + octets <= end) bytes.set(names.address(bytes.slice(at, at + octets)), at);
  };
  // The greeting lists methods; the answer names one of them.
  const greeting = bytes[start] === 5 ? 2 + (bytes[start + 1] ?? 0) : 0;
  for (let at = start + (start + greeting <= end ? greeting : 2); at + 8 <= end; at++) {
    const isSocks5 = bytes[at] === 5 && bytes[at + 2] === 0 && (bytes[at + 1] as number) < 9;
    if (isSocks5 && (bytes[at + 3] === 1 || bytes[at + 3] === 4)) replace(at + 4, bytes[at + 3] === 1 ? 4 : 16);
  }
  const isRequest = bytes[start] === 4 && (bytes[start + 1] === 1 || bytes[start + 1] === 2);
  const isAnswer = bytes[start] === 0 && (bytes[start + 1] as number) >> 2 === 0x16;
  // An address of three zeros and another octet means that a name follows.
  if ((isRequest || isAnswer) && !(bytes[start + 4] === 0 && bytes[start + 5] === 0 && bytes[start + 6] === 0)) replace(start + 4, 4);
}

/** Replaces an address of the capture's own packets, wherever it occurs. */
function redactAddress(bytes: Uint8Array, start: number, end: number, address: Uint8Array, names: RedactionRules["names"]): void {
  for (let at = bytes.indexOf(address[0] as number, start); at >= 0 && at + address.length <= end;) {
    const from = at;
    if (address.every((octet, index) => bytes[from + index] === octet)) bytes.set(names.address(address), at);
    at = bytes.indexOf(address[0] as number, at + 1);
  }
}

/**
 * Patterns that are more than words: LDAP's name for STARTTLS (RFC 4511 §4.14.1) and XMPP's for its streams; IPv4 addresses; host names, whose
 * parts may also be words of a protocol; IPv6 addresses.
 */
const PLACES = {
  fixed: /1\.3\.6\.1\.4\.1\.1466\.20037|etherx\.jabber\.org/,
  ipv4: /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?!\.?\d)/,
  ipv6: /(?<![\w:])(?=[\da-fA-F:]*::|(?:[\da-fA-F]+:){7})[\da-fA-F]{0,4}(?::[\da-fA-F]{0,4}){2,7}(?![\w:])/,
  name: /(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.[A-Za-z][\w-]*(?![\w-])/,
} as const;

type Kind = keyof typeof PLACES;

const ALL = new RegExp(
  Object.entries(PLACES)
    .map(([kind, { source }]) => `(?<${kind}>${source})`)
    .join("|"),
  "g",
);

function placesIn(bytes: Uint8Array, start: number, end: number): { from: number; to: number; kind: Kind }[] {
  let text = "";
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] as number);
  return [...text.matchAll(ALL)].map(({ index, 0: found, groups = {} }) => ({
    from: start + index,
    to: start + index + found.length,
    kind: (Object.keys(PLACES) as Kind[]).find((kind) => groups[kind] !== undefined) ?? "name",
  }));
}

/** The words of protocols, and of their servers' refusals. */
const WORDS: ReadonlySet<string> = new Set(
  `220 250 ehlo helo lhlo starttls smtp esmtp lmtp ready start begin now negotiation tls ssl tlsv1 ok go ahead hello mail from rcpt to data quit
   size pipelining dsn vrfy etrn enhancedstatuscodes 8bitmime smtputf8 chunking auth plain login xoauth2 cram md5 digest scram sha sha1 sha256 help
   imap imap4 imap4rev1 capability capabilities literal sasl ir id enable idle logindisabled completed server service bye no bad error unknown command
   pop pop3 stls stat uidl top capa user pass err implementation sieve notify version vacation fileinto envelope encoded character
   ftp prot pbsz feat utf8 mdtm rest stream nntp mode reader list over hdr newnews posting allowed
   irc cap ls end req ack nick notice xml xmlns stream features mechanisms mechanism proceed required iq jabber client http etherx org streams urn ietf
   params ns xmpp tls sasl connect host proxy connection keep alive authorization authenticate authentication basic digest negotiate ntlm user agent
   get post put head options delete patch trace propfind pri doctype upgrade via content type length text html charset utf close date title body h1 established forbidden request bad gateway
   unavailable denied access access_denied required cache squid tinyproxy timeout not found 1.1 1.0 proxy tcp4 tcp6 unknown
   is are the a an of and or for this that with you your it in on by at be was must first issue before not support supported isn enabled disabled
   available temporarily temporary failure due reason currently refused refuse rejected reject policy security access please try again later
   nats info server_id server_name tls_required tls_verify tls_available nonce host port max_payload proto headers true false
   cnxn auth stls features shell_v2 device amqp rfb nbdmagic ihaveopt postgres mysql_native_password caching_sha2_password null
   rtsp describe announce setup play pause teardown set sip sips register invite ack cancel subscribe publish message refer update
   mqtt mqisdp preauth noauth filezilla internetnews nnrp
   sfatal serror vfatal verror efatal eerror einvalid eunsupported
   syntax recognized implemented unrecognized configuration problem failed fail error dovecot postfix exim sendmail vsftpd proftpd inn
   invalid missing parameter parameters argument arguments unexpected expected encryption encrypted secure insecure plaintext
   alpn common application protocols unable get local issuer verify verification self signed expired chain untrusted suite group crypto error_code
   ssh openssh dropbear identification string accept https plain sent port html body head center nginx apache haproxy envoy
   cookie mstshash msts password username login logged out ready welcome session sessions protocol negotiation handshake certificate key cipher`
    .split(/\s+/)
    .filter((word) => word !== ""),
);
