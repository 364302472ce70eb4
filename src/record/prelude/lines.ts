/**
 * Line-based protocols: their dialogues are shown line by line. Of the client's lines, only what is known to be
 * harmless is shown: the commands listed below, other verbs without what follows them, and nothing else.
 */
import type { Refusal, Upgrade } from "./contract.ts";
import { inOrder, type Party, REDACTED, type Talk, type Unit } from "./talk.ts";

/** A line-based protocol. The expressions are matched against one line, without its end. */
export interface LineProtocol {
  readonly name: string;
  readonly speaks: (client: string, server: string) => boolean;
  /** The client's line that asks for TLS. */
  readonly ask: RegExp;
  /** The server's answers to it. */
  readonly accept: RegExp;
  readonly refuse: RegExp;
  /** How a server lists its capabilities, and how a client goes on without TLS. */
  readonly offer?: {
    /** The client's question, or the server's first line if it lists them unasked. */
    readonly after: RegExp;
    /** The lines of the list. */
    readonly lines: RegExp;
    /** The line that ends the list. */
    readonly end: RegExp;
    readonly offers: RegExp;
    /** Lines of a client that is not working yet: anything else means that it went on without TLS. */
    readonly idle: RegExp;
  };
}

interface Line {
  readonly from: Party;
  readonly text: string;
  readonly end: number;
  readonly unit: Unit;
}

/** The upgrade of a line-based protocol. */
export function lineUpgrade(protocol: LineProtocol): Upgrade {
  const asked = (lines: readonly Line[]): number =>
    lines.findLastIndex(({ from, text }) => from === "client" && protocol.ask.test(text.trimEnd()));
  const answerTo = (lines: readonly Line[]): Line | undefined =>
    lines.slice(asked(lines) + 1).find(({ from, text }) => from === "server" && (protocol.accept.test(text) || protocol.refuse.test(text)));
  return {
    name: protocol.name,
    speaks: (talk) => protocol.speaks(talk.client, talk.server),
    asks: (talk) => {
      const lines = linesOf(talk);
      if (asked(lines) >= 0) return true;
      // If the capture lacks the client's packets, the server's are enough: a greeting, and later its consent.
      return talk.client === "" && lines.length > 1 && protocol.accept.test(lines.at(-1)?.text ?? "");
    },
    answers: (talk) => {
      const lines = linesOf(talk);
      return asked(lines) < 0 || answerTo(lines) !== undefined;
    },
    refusal: (talk) => {
      const lines = linesOf(talk);
      if (asked(lines) < 0) return missing(protocol, lines);
      const answer = answerTo(lines);
      if (answer === undefined || protocol.accept.test(answer.text)) return undefined;
      return { text: answer.unit.text, packet: answer.unit.packet };
    },
    units: (talk) => linesOf(talk).map(({ unit }) => unit),
  };
}

/** The refusal if the server has listed its capabilities without TLS, and the client did nothing after that. */
function missing({ offer }: LineProtocol, lines: readonly Line[]): Refusal | undefined {
  if (offer === undefined) return undefined;
  const question = lines.findIndex(({ text }) => offer.after.test(text));
  if (question < 0 || lines.some(({ from, text }) => from === "client" && !offer.idle.test(text))) return undefined;
  const told = lines.slice(question).filter(({ from, text }) => from === "server" && offer.lines.test(text));
  const last = told.findIndex(({ text }) => offer.end.test(text));
  if (last < 0 || told.some(({ text }) => offer.offers.test(text))) return undefined;
  const list = told.slice(0, last + 1);
  const { text, packet } = { text: list.map(({ unit }) => unit.text).join(" "), packet: (list.at(-1) as Line).unit.packet };
  return { text: text.length > LIST_SIGNS ? `${text.slice(0, LIST_SIGNS)}...` : text, packet, offered: false };
}

const LIST_SIGNS = 240;

/** Commands that hold nothing secret. */
const HARMLESS =
  /^(?:[A-Z0-9.]{1,12} )?(?:EHLO|HELO|LHLO|STARTTLS|STLS|QUIT|NOOP|RSET|CAPA|CAPABILITY|CAPABILITIES|FEAT|SYST|PBSZ|PROT|LOGOUT|HELP|STAT|UTF8|MODE READER|CAP (?:LS|REQ|END|LIST)|DATA|AUTH (?:TLS|SSL|TLS-C|TLS-P))(?: [^\s].*)?$/i;
/** Commands whose arguments are only names, and are shown. */
const NAMES = /^(?:USER|NICK) /i;
/** Commands of which only the verb is shown, and for some the mechanism. */
const KEPT =
  /^((?:[A-Z0-9.]{1,12} )?(?:(?:AUTH|AUTHENTICATE|AUTHINFO) "?(?:PLAIN|LOGIN|CRAM-MD5|DIGEST-MD5|NTLM|GSSAPI|GSS-SPNEGO|SCRAM-[A-Z0-9-]{1,16}|XOAUTH2|OAUTHBEARER|EXTERNAL|ANONYMOUS|SASL|USER|PASS)"?|AUTH|AUTHENTICATE|AUTHINFO|LOGIN|PASS|ACCT|APOP|OPER|MAIL|RCPT|VRFY|EXPN|JOIN|PRIVMSG|NOTICE|SITE|OPTS|CLNT|HOST|ID|LIST|SELECT|PING|PONG|GROUP|PWD|CWD|TYPE|PASV|EPSV|WEBIRC))(?![A-Z0-9-])(.*)$/i;
/** Commands after which the client says more that is secret, until the server has decided. */
const SECRET = /^(?:[A-Z0-9.]{1,12} )?(?:AUTH|AUTHENTICATE|LOGIN)(?: |$)/i;
/** A server's line that asks for more credentials. */
const CHALLENGE = /^(334|38[0-9]|\+)(?: (.*))?$/;
/** A server's line that ends an authentication. */
const DECISION = /^(?:[2345]\d\d[ -]|\+OK|-ERR|OK|NO|BYE|[A-Z0-9.]{1,12} (?:OK|NO|BAD)|:\S+ \d{3} )/i;

/** The lines of both sides, in the order in which they were said. */
function linesOf(talk: Talk): Line[] {
  const cut = [...cutLines(talk, "client"), ...cutLines(talk, "server")].sort((a, b) => a.unit.order - b.unit.order);
  let isSecret = false;
  return cut.map((line) => {
    let text: string;
    if (line.from === "client") {
      text = isSecret ? REDACTED : tellable(line.text);
    } else {
      const challenge = CHALLENGE.exec(line.text);
      if (challenge !== null) text = challenge[2] === undefined || challenge[2] === "" ? line.text : `${challenge[1]} ${REDACTED}`;
      else if (DECISION.test(line.text)) {
        isSecret = false;
        text = line.text.replace(/\(SASL "[^"]*"?/i, `(SASL ${REDACTED}`);
      } else if (isSecret && !line.text.startsWith("*")) text = REDACTED;
      else text = KEPT.test(line.text) || isBlob(line.text) ? tellable(line.text) : line.text;
    }
    if (SECRET.test(line.text) && !/^(?:\d{3} |AUTH (?:TLS|SSL))/i.test(line.text)) isSecret = true;
    return { ...line, unit: talk.unit(line.from, line.end, text) };
  });
}

/** Is the line a single word of base64? Servers rarely say one, but a client may, and a capture that began late may take it for the server. */
function isBlob(line: string): boolean {
  return /^[A-Za-z0-9+/]{8,}={0,2}$/.test(line) && /[a-z0-9+/]/.test(line);
}

/** What may be shown of a client's line. */
function tellable(line: string): string {
  if (line === "" || (HARMLESS.test(line) && !/\{\d+\+?\}$/.test(line)) || NAMES.test(line)) return line;
  const [, kept, rest = ""] = KEPT.exec(line) ?? [];
  if (kept === undefined) return REDACTED;
  return rest.trim() === "" ? kept : `${kept} ${REDACTED}`;
}

function cutLines(talk: Talk, from: Party): Line[] {
  const whole = talk[from];
  const lines: Line[] = [];
  for (let start = 0; start < whole.length;) {
    const feed = whole.indexOf("\n", start);
    const end = feed < 0 ? whole.length : feed + 1;
    const text = whole.slice(start, feed < 0 ? end : feed).replace(/\r$/, "");
    if (text !== "") lines.push({ from, text, end, unit: talk.unit(from, end, "") });
    start = end;
  }
  return lines;
}

/** A dialogue in an unknown protocol: only how many octets each side said. */
export function unknownUnits(talk: Talk, count: (octets: number) => string): Unit[] {
  const units: Unit[] = [];
  for (const from of ["client", "server"] as const) {
    const text = talk[from];
    if (text !== "") units.push(talk.unit(from, text.length, count(text.length)));
  }
  return inOrder(units);
}
