/** The ServerHello's random says that TLS 1.3 got lost on the way. */
import type { Rule } from "../contract.ts";
import { LIMIT_TLS12 } from "../fixes/limit-tls12.ts";
import { endWords } from "../suites.ts";

const SENTINEL = /444f574e475244(00|01)$/;

export const downgradeSentinel: Rule = {
  id: "downgrade-sentinel",
  title: "Something on the way took TLS 1.3 out of the hello",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: downgrade attempt detected, possibly due to a MitM attack or a broken middlebox" },
      { stack: "OpenSSL", text: "SSL routines:tls_process_server_hello:inappropriate fallback" },
      { stack: "Java", text: "javax.net.ssl.SSLHandshakeException: A potential protocol version downgrade attack" },
      { stack: "Firefox", text: "SSL_ERROR_RX_MALFORMED_SERVER_HELLO" },
    ],
    cause:
      "A server that knows TLS 1.3 but is asked for less ends its random with the word DOWNGRD. A client that did offer TLS 1.3 then knows that the offer was changed on the way, by an intercepting proxy as a rule, and must abort.",
    proof:
      "The client offered TLS 1.3, the ServerHello is TLS 1.2 or older with the sentinel in its random, and the client sends illegal_parameter.",
    disproof: "the client did not offer TLS 1.3: then the sentinel is in order",
    fixes: [
      {
        where: "path",
        text: "update the proxy or firewall that intercepts TLS, or let this host pass it",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-4.1.3",
      },
      ...LIMIT_TLS12.filter(({ where }) => where !== "server"),
    ],
    references: ["RFC 9846 §4.1.3", "https://go.dev/doc/go1.15#crypto_tls"],
  }),
  explains: ["bad-server-signature", "unsafe-legacy-renegotiation", "ems-required"],
  check(view) {
    const { failing } = view;
    const random = failing.serverHello?.random ?? "";
    if (!SENTINEL.test(random) || failing.version >= 0x0304 || !failing.offer.versions.includes(0x0304) || failing.established)
      return undefined;
    if (failing.abort === undefined) return undefined;
    return {
      confidence: failing.alert === undefined ? "likely" : "certain",
      summary: "something between client and server took TLS 1.3 out of the hello, and the client noticed the downgrade",
      evidence: [
        failing.evidence(failing.hello?.packet, "offers TLS 1.3"),
        failing.evidence(
          failing.serverHello?.packet,
          `answers ${failing.choice.version?.name ?? "an older version"}, with the downgrade sentinel in the server's random`,
        ),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
