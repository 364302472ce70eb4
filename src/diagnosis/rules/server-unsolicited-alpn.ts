/** The server chose an application protocol that was not offered. */
import type { Rule } from "../contract.ts";
import { ALPN } from "../fixes/alpn.ts";
import { fixServer } from "../fixes/server.ts";
import { endWords } from "../suites.ts";

export const serverUnsolicitedAlpn: Rule = {
  id: "server-unsolicited-alpn",
  title: "The server chose a protocol that was not offered",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: server selected unadvertised ALPN protocol" },
      { stack: "OpenSSL", text: "SSL routines:tls_parse_stoc_alpn:bad extension" },
      { stack: "Java", text: "javax.net.ssl.SSLHandshakeException: Invalid application_layer_protocol_negotiation extension" },
    ],
    cause:
      "The server answers with the application protocol that it always speaks, without a look at the client's list. Clients must abort.",
    proof: "The protocol in the server's answer is not in the ClientHello of the same connection.",
    disproof: "the protocol is in the list",
    fixes: [
      ...fixServer(
        "fix it: it must choose from the client's list, or send no answer",
        "https://www.rfc-editor.org/rfc/rfc7301#section-3.1",
      ),
      ...ALPN.filter(({ where }) => where !== "server"),
    ],
    references: ["RFC 7301 §3.1", "https://go.dev/doc/go1.16#crypto/tls"],
  }),
  explains: ["unsupported-extension", "decode-error", "unexpected-message", "illegal-parameter", "bad-server-signature"],
  check(view) {
    const { failing } = view;
    const chosen = failing.answeredAlpn[0];
    const offered = failing.offer.alpn;
    if (chosen === undefined || offered.includes(chosen) || failing.established) return undefined;
    // Who asked for no protocol mostly passes over the answer: here the client must have refused the server's hello itself.
    if (offered.length === 0 && (failing.abort?.number !== 110 || failing.hello?.extensions === undefined)) return undefined;
    return {
      confidence: "certain",
      summary: `the server chose the protocol ${chosen}, which the client had not offered`,
      evidence: [
        failing.evidence(failing.hello?.packet, offered.length === 0 ? "offers no protocol" : `offers ${offered.join(", ")}`),
        failing.evidence(failing.serverHello?.packet, `the server chooses ${chosen}`),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
