/** The server asked a second time for another hello. */
import type { Rule } from "../contract.ts";
import { GROUPS } from "../fixes/groups.ts";
import { fixServer } from "../fixes/server.ts";
import { endWords } from "../suites.ts";

export const hrrLoop: Rule = {
  id: "hrr-loop",
  title: "Two HelloRetryRequests",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: server sent two HelloRetryRequest messages" },
      { stack: "OpenSSL", text: "SSL routines:tls_process_server_hello:unexpected message" },
      { stack: "Java", text: "javax.net.ssl.SSLHandshakeException: Unexpected HelloRetryRequest" },
    ],
    cause:
      "A server may ask once for a hello with another key share. A second request means that it, or the balancer before it, forgot the first; clients must abort.",
    proof: "One connection holds two HelloRetryRequests.",
    disproof: "the second answer is a ServerHello",
    fixes: [
      ...fixServer(
        "fix the server or balancer: the state of the first HelloRetryRequest, or its cookie, gets lost",
        "https://www.rfc-editor.org/rfc/rfc9846#section-4.1.4",
      ),
      ...GROUPS.filter(({ where }) => where !== "server"),
    ],
    references: ["RFC 9846 §4.1.4"],
  }),
  explains: ["hrr-same-group", "hrr-second-hello-reset"],
  check(view) {
    const { failing } = view;
    const second = failing.retries[1];
    if (second === undefined || failing.handshake.protocol === "dtls" || failing.established) return undefined;
    return {
      confidence: "certain",
      summary: "the server answered the second hello with another HelloRetryRequest",
      evidence: [
        failing.evidence(failing.retries[0]?.packet, "a HelloRetryRequest"),
        failing.evidence(second.packet, "another HelloRetryRequest, after the second hello"),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
