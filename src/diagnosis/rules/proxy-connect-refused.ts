/** The proxy refuses the tunnel. */
import type { Rule } from "../contract.ts";

export const proxyConnectRefused: Rule = {
  id: "proxy-connect-refused",
  title: "The proxy refuses the tunnel",
  words: () => ({
    symptoms: [
      { stack: "curl", text: "curl: (56) CONNECT tunnel failed, response 407" },
      { stack: "Go", text: "proxyconnect tcp: Proxy Authentication Required" },
      { stack: "Python", text: "OSError: Tunnel connection failed: 407 Proxy Authentication Required" },
      { stack: "Node.js", text: "tunneling socket could not be established, statusCode=407" },
      { stack: "Java", text: 'java.io.IOException: Unable to tunnel through proxy. Proxy returns "HTTP/1.1 407"' },
    ],
    cause: "The proxy wants credentials, has a rule against this host or port, or cannot reach it. TLS was never tried.",
    proof: "CONNECT is answered with an error, and no ClientHello follows.",
    disproof: "the proxy answers 200, and a ClientHello follows",
    fixes: [
      {
        where: "path",
        text: "change the proxy's rule for this host and port",
        source: "https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6",
      },
      {
        where: "client",
        text: "give the credentials (http://user:password@proxy:port), or put the host in NO_PROXY",
        source: "https://www.rfc-editor.org/rfc/rfc9110#section-11.7",
      },
    ],
    references: ["RFC 9110 §9.3.6", "RFC 9110 §15.5.8"],
  }),
  explains: ["not-tls", "http-to-tls-port"],
  check({ failing, working }) {
    const { failure } = failing;
    if (failure?.kind !== "proxy") return undefined;
    const text = failure.text ?? "an error";
    return {
      confidence: "certain",
      summary: `the proxy refuses the tunnel ("${text.slice(0, 60)}")`,
      evidence: [
        failing.evidence(failure.packet, `in answer to the request for a tunnel: ${text.slice(0, 80)}`),
        ...(working?.hello === undefined ? [] : [working.evidence(working.hello.packet, "here a ClientHello follows")]),
      ],
    };
  },
};
