/** The server refused in TLS 1.3, and the alert is encrypted. */
import type { Rule } from "../contract.ts";
import { SERVER_LOG } from "../fixes/server.ts";

export const encryptedServerAlert: Rule = {
  id: "encrypted-server-alert",
  title: "The server refused with an encrypted alert (TLS 1.3)",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "remote error: tls: certificate required" },
      { stack: "OpenSSL", text: "SSL routines:ssl3_read_bytes:tlsv13 alert certificate required" },
    ],
    cause:
      "In TLS 1.3 alerts after the ServerHello are encrypted. One after the client's Finished is about the client's certificate, as a rule; one right after the ServerHello about the application protocol.",
    proof: "A record of the size of an alert from the server, and then the end. With a key log it can be read.",
    disproof: "a key log shows a close_notify",
    fixes: [
      {
        where: "client",
        text: "record with SSLKEYLOGFILE set: then the alert can be read",
        source: "https://www.rfc-editor.org/rfc/rfc9850",
      },
      SERVER_LOG,
    ],
    references: ["RFC 9846 §6", "RFC 9850"],
  }),
  isFallback: true,
  check({ failing }) {
    const { alert } = failing;
    if (alert?.by !== "server" || alert.number >= 0) return undefined;
    return {
      confidence: "possible",
      summary: "the server refused after its hello with an alert that is encrypted",
      evidence: [failing.evidence(alert.packet, "an encrypted record of the size of an alert from the server")],
    };
  },
};
