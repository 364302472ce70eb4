/** Something else answered in the server's place, in plaintext. */
import type { Rule } from "../contract.ts";
import { isBadRequest } from "./plaintext-http-on-tls.ts";

export const middleboxInjection: Rule = {
  id: "middlebox-injection",
  title: "Something on the way answered in the server's place",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: first record does not look like a TLS handshake" },
      { stack: "OpenSSL", text: "SSL routines:ssl3_get_record:wrong version number" },
      { stack: "Java", text: "javax.net.ssl.SSLException: Unsupported or unrecognized SSL message" },
    ],
    cause: "A filter or a captive portal answers a hello with a page or a redirect in plaintext, because it cannot speak for the server.",
    proof: "Plaintext instead of a ServerHello, while the same address speaks TLS in the other capture.",
    disproof: "the server really speaks plaintext on this port",
    fixes: [
      {
        where: "path",
        text: "log in at the portal, put the server on the filter's list, or use another network",
        source: "https://www.rfc-editor.org/rfc/rfc8910",
      },
      {
        where: "client",
        text: "look where the redirect leads: it names who answered",
        source: "https://www.rfc-editor.org/rfc/rfc9110#section-15.4",
      },
    ],
    references: ["RFC 8910", "RFC 9110 §15.4"],
  }),
  explains: ["plaintext-http-on-tls", "plaintext-smtp-banner"],
  check({ failing, working, isSameServer }) {
    const { failure } = failing;
    if (failure?.kind !== "not-tls" || failure.by === "client" || failing.hello === undefined) return undefined;
    if (working?.serverHello === undefined || !isSameServer || working.handshake.startTls !== undefined) return undefined;
    return {
      confidence: isBadRequest(failure.text) ? "possible" : "likely",
      summary: `something answered the hello in plaintext ("${failure.text ?? ""}"), though the server speaks TLS`,
      evidence: [
        failing.evidence(failure.packet, `plaintext in answer to the hello: ${failure.text ?? ""}`),
        working.evidence(working.serverHello.packet, "a ServerHello from the same address"),
      ],
    };
  },
};
