/** The server may want a client certificate later, but the client does not offer post-handshake authentication (TLS 1.3). */
import type { Rule } from "../contract.ts";
import { EXTENSION } from "../offer.ts";

export const postHandshakeAuthUnsupported: Rule = {
  id: "post-handshake-auth-unsupported",
  title: "No post-handshake authentication in TLS 1.3",
  words: () => ({
    symptoms: [
      { stack: "Apache", text: "AH10158: cannot perform post-handshake authentication" },
      { stack: "OpenSSL server", text: "SSL routines:SSL_verify_client_post_handshake:extension not received" },
    ],
    cause:
      "TLS 1.3 has no renegotiation: a server that asks for a certificate later needs a client that offered post_handshake_auth. curl and Python (if configured so) do, Go, Java, rustls and browsers do not.",
    proof:
      "TLS 1.3 without post_handshake_auth in the failing hello, with it in the working one, and the server ends the connection after the request.",
    disproof: "post_handshake_auth is in the failing hello",
    fixes: [
      {
        where: "server",
        text: "ask for the certificate in the first handshake, for the whole virtual host",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-4.6.2",
      },
      {
        where: "apache",
        text: "SSLVerifyClient in the <VirtualHost>",
        source: "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslverifyclient",
      },
      {
        where: "python",
        text: "ctx.post_handshake_auth = True",
        source: "https://docs.python.org/3/library/ssl.html#ssl.SSLContext.post_handshake_auth",
      },
    ],
    references: ["RFC 9846 §4.2.6", "RFC 9846 §4.6.2"],
  }),
  needsWholeHello: true,
  check({ failing, working }) {
    if (!failing.isTls13 || working === undefined || !working.isTls13 || !failing.clientSpoke) return undefined;
    if (failing.offer.extensions.includes(EXTENSION.postHandshakeAuth) || !working.offer.extensions.includes(EXTENSION.postHandshakeAuth))
      return undefined;
    const end = failing.events.find(({ kind }) => kind === "fin" || kind === "rst");
    // Where it works, the client's certificate came later: records of the length of one.
    const later = working.later("client").filter(({ length = 0 }) => length > 500);
    if (end?.from !== "server" || later.length === 0 || failing.later("server").some(({ length = 0 }) => length > 600)) return undefined;
    return {
      confidence: "possible",
      summary: "the server may want a client certificate after the handshake, which the client has not offered to give",
      evidence: [
        failing.evidence(failing.hello?.packet, "no post_handshake_auth"),
        failing.evidence(end.packet, "the server ends the connection after the request"),
        working.evidence(later[0]?.packet, "this client sends a long record of its own later"),
      ],
    };
  },
};
