/** The server answered with an extension that was not offered. */
import type { Rule } from "../contract.ts";
import { fixServer } from "../fixes/server.ts";
import { EXTENSION, numberOf } from "../offer.ts";
import { endWords } from "../suites.ts";

export const unsupportedExtension: Rule = {
  id: "unsupported-extension",
  title: "The server answered an extension that was not offered",
  words: () => ({
    symptoms: [
      { stack: "OpenSSL", text: "SSL routines:tls_collect_extensions:unsolicited extension" },
      { stack: "Python", text: "ssl.SSLError: [SSL: UNSOLICITED_EXTENSION] unsolicited extension" },
      { stack: "Node.js", text: "ERR_SSL_UNSOLICITED_EXTENSION" },
      { stack: "Chrome", text: "ERR_SSL_PROTOCOL_ERROR" },
    ],
    cause:
      "A server may answer only what the client offered. One that sends something of its own (NPN, a ticket, a status) must be refused; OpenSSL, rustls and Chrome do so, Go, Java and GnuTLS are lenient in TLS 1.2.",
    proof:
      "The ServerHello has an extension that the ClientHello of the same connection lacks, and the client sends unsupported_extension.",
    disproof: "the extension was offered",
    fixes: fixServer("fix or update it: it must answer only what was offered", "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.1.4"),
    references: ["RFC 5246 §7.4.1.4", "RFC 9846 §4.2"],
  }),
  explains: ["bad-server-signature", "illegal-parameter", "decode-error"],
  needsWholeHello: true,
  check(view) {
    const { failing } = view;
    const answer = failing.serverHello ?? failing.retries[0];
    if (answer?.extensions === undefined || failing.hello?.extensions === undefined || failing.abort === undefined) return undefined;
    if (![110, 47, 50, 10, -1].includes(failing.abort.number)) return undefined;
    const offered = new Set(failing.hello.extensions.map(numberOf));
    const first = answer.extensions.find((extension) => {
      const number = numberOf(extension);
      if (number === EXTENSION.renegotiationInfo && failing.offer.suites.includes(0x00ff)) return false;
      return number !== EXTENSION.cookie && !offered.has(number);
    });
    if (first === undefined) return undefined;
    const name = `${first.name ?? "an extension"} (${first.id})`;
    return {
      confidence: failing.abort.number === 110 ? "certain" : "likely",
      summary: `the server answers with ${name}, which the client had not offered`,
      evidence: [failing.evidence(answer.packet, `the server's hello has ${name}`), failing.evidence(failing.abort.packet, endWords(view))],
    };
  },
};
