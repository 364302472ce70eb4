/** The listener expects the PROXY protocol before TLS, or does not. */
import type { Rule } from "../contract.ts";
import { deathOf } from "../death.ts";
import { endWords } from "../suites.ts";
import { CLOSED, RESET } from "../symptoms.ts";

export const proxyProtocolExpected: Rule = {
  id: "proxy-protocol-expected",
  title: "One side speaks the PROXY protocol, the other does not",
  words: () => ({
    symptoms: [...CLOSED, ...RESET, { stack: "HAProxy", text: "Received something which does not look like a PROXY protocol header" }],
    cause:
      "Balancers put a line with the client's address before the hello. A listener that expects it closes connections without it; one that does not takes it for a broken hello.",
    proof: "Where it works the connection begins with the PROXY header, where it fails with the hello, or the reverse.",
    disproof: "both begin in the same way",
    fixes: [
      {
        where: "server",
        text: "set it alike on balancer and listener",
        source: "https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt",
      },
      {
        where: "haproxy",
        text: "bind ... accept-proxy, and server ... send-proxy-v2",
        source: "https://docs.haproxy.org/3.0/configuration.html#5.1-accept-proxy",
      },
      { where: "nginx", text: "listen 443 ssl proxy_protocol;", source: "https://nginx.org/en/docs/http/ngx_http_core_module.html#listen" },
      {
        where: "postfix",
        text: "smtpd_upstream_proxy_protocol = haproxy",
        source: "https://www.postfix.org/postconf.5.html#smtpd_upstream_proxy_protocol",
      },
      { where: "openssl", text: "for a test: curl --haproxy-protocol", source: "https://curl.se/docs/manpage.html#--haproxy-protocol" },
    ],
    references: ["https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt"],
  }),
  explains: [
    "rst-after-client-hello",
    "fin-after-client-hello",
    "no-answer-timeout",
    "sni-missing",
    "f5-hello-length",
    "pq-large-hello-rst",
    "pq-large-hello-timeout",
    "tls-fingerprint-blocking",
  ],
  check(view) {
    const { failing, working } = view;
    const [ours, theirs] = [failing.handshake.via ?? "", working?.handshake.via ?? ""].map((via) => via.startsWith("proxy-v"));
    if (working === undefined && ours === true && failing.failure?.kind === "not-tls") {
      return {
        confidence: "likely",
        summary: "the listener does not expect the PROXY protocol header that the client sends",
        evidence: [
          failing.evidence(failing.hello?.packet, "a PROXY header precedes the hello"),
          failing.evidence(failing.failure.packet, `the server answers: ${failing.failure.text ?? "something else than TLS"}`),
        ],
      };
    }
    if (working?.serverHello === undefined || ours === theirs) return undefined;
    const isDead = deathOf(view) !== undefined || failing.refusedWith(10, 22, 50, 70) || failing.failure?.kind === "not-tls";
    if (!isDead) return undefined;
    return {
      confidence: "certain",
      summary:
        theirs === true
          ? "the listener expects a PROXY protocol header before the hello"
          : "the listener does not expect the PROXY protocol header that the client sends",
      evidence: [
        failing.evidence(
          failing.hello?.packet,
          ours === true ? "a PROXY header precedes the hello" : "the connection begins with the hello",
        ),
        working.evidence(
          working.hello?.packet,
          theirs === true ? "here a PROXY header precedes it" : "here the connection begins with the hello",
        ),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
