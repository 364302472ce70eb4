/** The client ended the handshake without an alert. */
import type { Rule } from "../contract.ts";
import { endWords } from "../suites.ts";

export const clientLeftDuringHandshake: Rule = {
  id: "client-left-during-handshake",
  title: "The client ended the handshake without an alert",
  words: () => ({
    symptoms: [
      { stack: "OpenSSL server", text: "SSL routines:ssl3_read_n:unexpected eof while reading" },
      { stack: "Go server", text: "http: TLS handshake error: EOF" },
      { stack: "nginx", text: "peer closed connection in SSL handshake" },
    ],
    cause:
      "The client did not like what it saw (BoringSSL turns away from some certificates so), or its program ended or gave up. A port scan looks the same.",
    proof: "The client closes or resets after a message of the server, without an alert.",
    disproof: "the server ended the connection first",
    fixes: [
      {
        where: "client",
        text: "read its own error: only the client knows why it left",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-6.1",
      },
    ],
    references: ["RFC 9846 §6.1"],
  }),
  isFallback: true,
  check(view) {
    const { failing } = view;
    const { failure } = failing;
    if (failure === undefined || failure.by !== "client" || (failure.kind !== "close" && failure.kind !== "reset") || failing.isUnanswered)
      return undefined;
    if (failing.serverHello === undefined || failing.records("client").length > 0 || failing.warnings.length > 0) return undefined;
    return {
      confidence: "possible",
      summary: "the client ended the handshake after the server's answer, without saying why",
      evidence: [failing.evidence(failure.packet, endWords(view))],
    };
  },
};
