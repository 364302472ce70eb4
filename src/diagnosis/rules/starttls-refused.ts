/** The server does not offer STARTTLS, or refuses it. */
import type { Rule } from "../contract.ts";

export const starttlsRefused: Rule = {
  id: "starttls-refused",
  title: "STARTTLS is refused or not offered",
  words: () => ({
    symptoms: [
      { stack: "Python", text: "smtplib.SMTPNotSupportedError: STARTTLS extension not supported by server." },
      { stack: "OpenSSL", text: "Didn't find STARTTLS in server response, trying anyway..." },
      { stack: "Go", text: "smtp: server doesn't support STARTTLS" },
      { stack: "Postfix", text: "454 4.7.0 TLS not available due to local problem" },
      { stack: "Java", text: "jakarta.mail.MessagingException: STARTTLS is required but host does not support STARTTLS" },
    ],
    cause:
      "No certificate is configured, or its key cannot be read, or a mail filter on the way takes STARTTLS out of the dialogue (Cisco writes a row of X in its place).",
    proof: "The server's answer to STARTTLS is an error, or its list of capabilities lacks it, and no ClientHello follows.",
    disproof: "the server says that it is ready, and a ClientHello follows",
    fixes: [
      {
        where: "server",
        text: "configure certificate and key for STARTTLS, and look into its log for why TLS could not begin",
        source: "https://www.rfc-editor.org/rfc/rfc3207#section-4",
      },
      {
        where: "postfix",
        text: "smtpd_tls_security_level = may and smtpd_tls_chain_files",
        source: "https://www.postfix.org/TLS_README.html",
      },
      {
        where: "path",
        text: "switch off the mail inspection that takes STARTTLS out",
        source: "https://www.rfc-editor.org/rfc/rfc8314#section-3",
      },
      {
        where: "client",
        text: "use implicit TLS (465, 993, 995; LDAP: 636) where the server offers it",
        source: "https://www.rfc-editor.org/rfc/rfc8314#section-3",
      },
    ],
    references: ["RFC 3207 §4", "RFC 8314 §3"],
  }),
  explains: ["not-tls", "plaintext-smtp-banner", "http-to-tls-port", "middlebox-injection", "plaintext-http-on-tls"],
  check({ failing, working }) {
    const { failure, handshake } = failing;
    const isRefused = failure?.kind === "starttls-refused";
    const isText =
      failure?.kind === "not-tls" && handshake.startTls !== undefined && /^([45]\d\d[ -]|-ERR|\S+ (NO|BAD)\b)/i.test(failure.text ?? "");
    if (failure === undefined || (!isRefused && !isText)) return undefined;
    return {
      confidence: "certain",
      summary: `the server refuses to begin TLS${failure.text === undefined ? "" : ` ("${failure.text.slice(0, 60)}")`}`,
      evidence: [
        failing.evidence(failure.packet, `in answer to STARTTLS: ${(failure.text ?? "no such capability").slice(0, 80)}`),
        ...(working?.hello === undefined ? [] : [working.evidence(working.hello.packet, "here a ClientHello follows")]),
      ],
    };
  },
};
