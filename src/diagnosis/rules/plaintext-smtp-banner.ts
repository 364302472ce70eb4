/** A plaintext service greets where TLS was expected. */
import type { Rule } from "../contract.ts";
import type { Look } from "../look.ts";

export const NOT_TLS = [
  { stack: "OpenSSL", text: "SSL routines:ssl3_get_record:wrong version number" },
  { stack: "Go", text: "tls: first record does not look like a TLS handshake" },
  { stack: "Python", text: "ssl.SSLError: [SSL: WRONG_VERSION_NUMBER] wrong version number" },
  { stack: "Node.js", text: "ERR_SSL_WRONG_VERSION_NUMBER" },
  { stack: "Java", text: "javax.net.ssl.SSLException: Unsupported or unrecognized SSL message" },
  { stack: "GnuTLS", text: "An unexpected TLS packet was received." },
] as const;

/** How services greet: SMTP and FTP, POP3, IMAP, SSH, IRC. */
const GREETING = /^(220[ -]|\+OK|\* (OK|PREAUTH)|SSH-2\.0-|:\S+ (NOTICE|020) |20[01] |"IMPLEMENTATION")/;

export const plaintextSmtpBanner: Rule = {
  id: "plaintext-smtp-banner",
  title: "The service speaks plaintext first",
  words: () => ({
    symptoms: NOT_TLS,
    cause:
      "The port is for STARTTLS (25, 587, 143, 110) or for a service without TLS: the server greets in plaintext, and the client takes the greeting for a broken record.",
    proof: "The server's first octets are a greeting in text, before or after the ClientHello.",
    disproof: "the server's first octets are a TLS record",
    fixes: [
      {
        where: "server",
        text: "offer implicit TLS: 465 for submission, 993 for IMAP, 995 for POP3",
        source: "https://www.rfc-editor.org/rfc/rfc8314#section-3",
      },
      {
        where: "postfix",
        text: "the service submissions in master.cf, with smtpd_tls_wrappermode=yes",
        source: "https://www.postfix.org/postconf.5.html#smtpd_tls_wrappermode",
      },
      {
        where: "client",
        text: "use STARTTLS on this port, or the port for implicit TLS",
        source: "https://www.rfc-editor.org/rfc/rfc3207",
      },
      {
        where: "python",
        text: "smtplib.SMTP and starttls() instead of SMTP_SSL",
        source: "https://docs.python.org/3/library/smtplib.html#smtplib.SMTP.starttls",
      },
      {
        where: "openssl",
        text: "s_client -starttls smtp; curl smtp:// with --ssl-reqd",
        source: "https://docs.openssl.org/3.0/man1/openssl-s_client/",
      },
      { where: "go", text: "net/smtp: smtp.Dial and StartTLS instead of tls.Dial", source: "https://pkg.go.dev/net/smtp#Client.StartTLS" },
      {
        where: "dotnet",
        text: "MailKit: SecureSocketOptions.StartTls",
        source: "https://mimekit.net/docs/html/T_MailKit_Security_SecureSocketOptions.htm",
      },
    ],
    references: ["RFC 8314", "RFC 3207"],
  }),
  explains: ["plaintext-http-on-tls", "not-tls", "unexpected-message", "decode-error", "middlebox-injection"],
  check({ failing, working }) {
    const { failure } = failing;
    if (failing.hello === undefined || failing.established || failing.serverHello !== undefined) return undefined;
    // Before STARTTLS a greeting is as it should be.
    if (failing.handshake.startTls !== undefined) return undefined;
    // Who greets and then complains about the hello greeted first.
    const spoken = [greetingIn(failing.handshake), failure?.text ?? ""];
    const text = spoken.find((line) => GREETING.test(line)) ?? (isBefore(failing) ? (failure?.protocol ?? spoken[1]) : undefined);
    if (text === undefined) return undefined;
    const startTls = working?.handshake.startTls;
    return {
      confidence: "certain",
      summary: `the service on this port speaks plaintext first ("${text.slice(0, 60)}") and expects STARTTLS or no TLS at all`,
      evidence: [
        failing.evidence(failure?.packet, `the server says: ${text.slice(0, 80)}`),
        ...(working === undefined || startTls === undefined
          ? []
          : [working.evidence(working.hello?.packet, `here TLS begins after ${startTls.toUpperCase()} STARTTLS`)]),
      ],
    };
  },
};

/** What the server had said before the hello, where the model keeps it. */
function greetingIn(handshake: object): string {
  const { dialogue } = handshake as { readonly dialogue?: readonly { readonly from?: unknown; readonly text?: unknown }[] };
  const line = Array.isArray(dialogue) ? dialogue.find(({ from }) => from === "server")?.text : undefined;
  return typeof line === "string" ? line : "";
}

/** Did the server speak before it can have got the hello? Greetings of databases are no text. HTTP answers what stood before it, as a PROXY header. */
function isBefore({ failure, hello, handshake }: Look): boolean {
  if (failure?.protocol === "http" || handshake.via !== undefined) return false;
  return failure?.kind === "not-tls" && failure.by === "server" && failure.packet > 0 && failure.packet < (hello?.packet ?? 0);
}
