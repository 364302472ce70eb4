/** The server did not take the encrypted hello. */
import type { Rule } from "../contract.ts";
import { dataOf, EXTENSION } from "../offer.ts";

export const echRejected: Rule = {
  id: "ech-rejected",
  title: "The server rejected Encrypted ClientHello",
  words: () => ({
    symptoms: [
      { stack: "Chrome", text: "ERR_ECH_NOT_NEGOTIATED" },
      { stack: "Go", text: "tls: server rejected ECH" },
      { stack: "Firefox", text: "SSL_ERROR_ECH_RETRY_WITH_ECH" },
    ],
    cause:
      "The key in DNS is not (any more) the server's. The handshake completes with the outer name, the client ends it with ech_required and tries again with the keys that the server sent.",
    proof: "The hello has encrypted_client_hello, and the client ends the completed handshake with one short record, ech_required.",
    disproof: "the client goes on with data",
    fixes: [
      {
        where: "server",
        text: "publish the new keys in DNS and keep the old ones until its records have expired",
        source: "https://www.rfc-editor.org/rfc/rfc9849#section-8",
      },
      {
        where: "client",
        text: "retry with the configuration that the server sent",
        source: "https://www.rfc-editor.org/rfc/rfc9849#section-6.1.6",
      },
    ],
    references: ["RFC 9849 §6.1.6"],
  }),
  check({ failing }) {
    const data = dataOf(failing.hello?.extensions, EXTENSION.encryptedClientHello);
    if (data === undefined || !failing.isTls13) return undefined;
    const named = failing.alert?.by === "client" && failing.alert.number === 121;
    const after = failing.later("client");
    const short = failing.leave?.said === true && after.length === 1;
    if (!named && !(short && failing.alert?.by === "client")) return undefined;
    return {
      confidence: named ? "certain" : "possible",
      summary: "the server did not take the encrypted hello, and the client must try again with newer keys",
      evidence: [
        failing.evidence(failing.hello?.packet, "holds encrypted_client_hello"),
        failing.evidence(
          failing.failure?.packet ?? failing.leave?.packet,
          named ? "the client sends ech_required" : "the client ends the completed handshake with one short record",
        ),
      ],
    };
  },
};
