/** QUIC: no application protocol is common. */
import type { Rule } from "../contract.ts";
import { ALPN } from "../fixes/alpn.ts";

export const quicAlpnMismatch: Rule = {
  id: "quic-alpn-mismatch",
  title: "QUIC: no common application protocol",
  words: () => ({
    symptoms: [
      { stack: "quic-go", text: "CRYPTO_ERROR 0x178 (remote): tls: no application protocol" },
      { stack: "quinn", text: "the cryptographic handshake failed: error 120" },
      { stack: "curl", text: "curl: (95) QUIC: connection to server failed" },
    ],
    cause:
      "QUIC must agree on an application protocol. The server speaks none of those that the client offers, and closes with the alert no_application_protocol.",
    proof: "The server closes the connection with the error 0x178.",
    disproof: "the error is another one",
    fixes: [
      ...ALPN.filter(({ where }) => where === "server"),
      {
        where: "client",
        text: "offer h3, or the name of the draft that the server speaks",
        source: "https://www.rfc-editor.org/rfc/rfc9114#section-3.1",
      },
      ...ALPN.filter(({ where }) => where !== "server"),
    ],
    references: ["RFC 9001 §8.1", "RFC 9001 §4.8"],
  }),
  explains: ["quic-transport-error", "alpn-mismatch", "no-answer-timeout"],
  check({ failing, working }) {
    if (failing.handshake.protocol !== "quic" || failing.established) return undefined;
    const isNamed = failing.alert?.by === "server" && failing.alert.number === 120;
    const { alpn } = failing.offer;
    const isDisjoint =
      working !== undefined && working.established && alpn.length > 0 && !alpn.some((protocol) => working.offer.alpn.includes(protocol));
    if (!isNamed && !isDisjoint) return undefined;
    return {
      confidence: isNamed ? "certain" : "likely",
      summary: `the server speaks none of the protocols that the client offers (${alpn.join(", ") || "none"})`,
      evidence: [
        failing.evidence(failing.hello?.packet, `offers ${alpn.join(", ") || "no application protocol"}`),
        failing.evidence(
          failing.failure?.packet,
          isNamed ? "the server closes with no_application_protocol (0x178)" : "the handshake does not complete",
        ),
        ...(working === undefined
          ? []
          : [working.evidence(working.hello?.packet, `offers ${working.offer.alpn.join(", ")}, and is accepted`)]),
      ],
    };
  },
};
