/** The application gave up during the handshake. */
import type { Rule } from "../contract.ts";
import { numberOf } from "../offer.ts";

export const userCanceled: Rule = {
  id: "user-canceled",
  title: "The application gave up during the handshake",
  words: () => ({
    symptoms: [
      { stack: "Java", text: "javax.net.ssl.SSLException: closing inbound before receiving peer's close_notify" },
      { stack: "Go", text: "remote error: tls: user canceled" },
    ],
    cause: "The program closed the connection before the handshake was complete: its own timeout ran out, or the user cancelled.",
    proof: "The alert user_canceled, and then a close_notify.",
    disproof: "the handshake completed before",
    fixes: [
      {
        where: "client",
        text: "raise the time that it allows for a handshake, and find out what takes so long",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-6.1",
      },
      { where: "go", text: "http.Transport.TLSHandshakeTimeout (10 s by default)", source: "https://pkg.go.dev/net/http#Transport" },
      {
        where: "java",
        text: "Socket.setSoTimeout",
        source: "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/net/Socket.html",
      },
    ],
    references: ["RFC 9846 §6.1"],
  }),
  explains: ["client-left-during-handshake"],
  check({ failing }) {
    const alert = failing.messages.find((message) => message.type === "alert" && numberOf(message.description) === 90);
    if (alert === undefined || failing.established) return undefined;
    return {
      confidence: "likely",
      summary: `the ${alert.from}'s application gave up before the handshake was complete`,
      evidence: [failing.evidence(alert.packet, `the ${alert.from} sends user_canceled`)],
    };
  },
};
