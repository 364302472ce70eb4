/**
 * What was said in plaintext before TLS with every word replaced that is no word of a protocol. What is kept is a list,
 * so that a name or a password which nobody thought of is replaced. Binary octets stay, apart from addresses in PROXY headers.
 */
import type { RedactionRules } from "./message-octets.ts";

/** Replaces in `[start, end)`. */
export function redactPlaintext(bytes: Uint8Array, start: number, end: number, { names, keepNames }: RedactionRules): void {
  redactProxyHeader(bytes, start, end, names);
  const isKept = (word: string): boolean => WORDS.has(word.toLowerCase()) || /^\d{1,3}$/.test(word) || word.length < 2;
  const quads = quadsIn(bytes, start, end);
  let at = start;
  for (const [from, to] of quads) {
    names.replaceWords(bytes, at, from, isKept);
    if (!keepNames) names.replaceWords(bytes, from, to);
    at = to;
  }
  names.replaceWords(bytes, at, end, isKept);
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

/** Where dotted quads stand: their short numbers are no protocol's. */
function quadsIn(bytes: Uint8Array, start: number, end: number): [from: number, to: number][] {
  let text = "";
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] as number);
  return [...text.matchAll(/\d{1,3}(?:\.\d{1,3}){3}/g)].map((match) => [start + match.index, start + match.index + match[0].length]);
}

/** Words that protocols, and the refusals of their servers, are made of. */
const WORDS: ReadonlySet<string> = new Set(
  `220 250 ehlo helo lhlo starttls smtp esmtp lmtp ready start begin now negotiation tls ssl tlsv1 ok go ahead hello mail from rcpt to data quit
   size pipelining dsn vrfy etrn enhancedstatuscodes 8bitmime smtputf8 chunking auth plain login xoauth2 cram md5 digest scram sha sha1 sha256 help
   imap imap4 imap4rev1 capability capabilities literal sasl ir id enable idle logindisabled completed server service bye no bad error unknown command
   pop pop3 stls stat uidl top capa user pass err implementation sieve notify version vacation fileinto envelope encoded character
   ftp prot pbsz feat utf8 mdtm rest stream nntp mode reader list over hdr newnews posting allowed
   irc cap ls end req ack nick notice xml xmlns stream features mechanisms mechanism proceed required iq jabber client http etherx org streams urn ietf
   params ns xmpp tls sasl connect host proxy connection keep alive authorization authenticate authentication basic digest negotiate ntlm user agent
   get post put head options upgrade via content type length text html charset utf close date title body h1 established forbidden request bad gateway
   unavailable denied access access_denied required cache squid tinyproxy timeout not found 1.1 1.0 proxy tcp4 tcp6 unknown
   is are the a an of and or for this that with you your it in on by at be was must first issue before not support supported isn enabled disabled
   available temporarily temporary failure due reason currently refused refuse rejected reject policy security access please try again later
   nats info server_id server_name tls_required tls_verify tls_available nonce host port max_payload proto headers true false
   1466 20037 cnxn auth stls features shell_v2 device amqp rfb nbdmagic ihaveopt postgres mysql_native_password caching_sha2_password null
   syntax recognized implemented unrecognized configuration problem failed fail error dovecot postfix exim sendmail vsftpd proftpd inn
   invalid missing parameter parameters argument arguments unexpected expected encryption encrypted secure insecure plaintext
   password username login logged out ready welcome session sessions protocol negotiation handshake certificate key cipher`
    .split(/\s+/)
    .filter((word) => word !== ""),
);
