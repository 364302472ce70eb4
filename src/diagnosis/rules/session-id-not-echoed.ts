/** A server of TLS 1.3 does not return the client's session id. */
import type { Rule } from "../contract.ts";
import { fixServer } from "../fixes/server.ts";
import { endWords } from "../suites.ts";

export const sessionIdNotEchoed: Rule = {
  id: "session-id-not-echoed",
  title: "The server does not return the session id (TLS 1.3)",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: server did not echo the legacy session ID" },
      { stack: "OpenSSL", text: "SSL routines:tls_process_server_hello:invalid session id" },
      { stack: "BoringSSL", text: "DECODE_ERROR" },
    ],
    cause:
      "In TLS 1.3 the server must return legacy_session_id as it came. Home-made servers leave it out; OpenSSL, Go and BoringSSL check it, Java, GnuTLS, rustls and NSS do not.",
    proof: "The session ids of ClientHello and ServerHello differ in a handshake of TLS 1.3, and the client aborts.",
    disproof: "they are the same",
    fixes: fixServer("fix it: legacy_session_id_echo must be what the client sent", "https://www.rfc-editor.org/rfc/rfc9846#section-4.1.3"),
    references: ["RFC 9846 §4.1.3"],
  }),
  explains: ["illegal-parameter", "decode-error"],
  check(view) {
    const { failing } = view;
    const sent = failing.hello?.sessionId;
    const returned = (failing.serverHello ?? failing.retries[0])?.sessionId;
    if (!failing.isTls13 || sent === undefined || returned === undefined || sent === returned || failing.handshake.protocol !== "tls")
      return undefined;
    if (failing.abort === undefined || failing.established) return undefined;
    return {
      confidence: failing.alert === undefined ? "likely" : "certain",
      summary: "the server does not return the client's session id, as TLS 1.3 demands",
      evidence: [
        failing.evidence(failing.hello?.packet, `session id of ${sent.length / 2} octets`),
        failing.evidence(
          (failing.serverHello ?? failing.retries[0])?.packet,
          returned === "" ? "the server returns none" : "the server returns another one",
        ),
        failing.evidence(failing.abort.packet, endWords(view)),
      ],
    };
  },
};
