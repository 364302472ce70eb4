/** No application protocol is common. */
import type { Rule } from "../contract.ts";
import { ALPN } from "../fixes/alpn.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const alpnMismatch: Rule = {
  id: "alpn-mismatch",
  title: "No common application protocol",
  words: () => ({
    symptoms: [...received(120), { stack: "Go server", text: "tls: client requested unsupported application protocols" }],
    cause:
      "Client and server each list the protocols that they speak inside TLS, and the lists have nothing in common: a server for h2 only, for example. Go servers insist on it since 1.17.",
    proof: "The server sends no_application_protocol.",
    disproof: "a protocol that the server chose elsewhere is in the failing hello",
    fixes: ALPN,
    references: ["RFC 7301 §3.2", "https://go.dev/doc/go1.17#ALPN"],
  }),
  explains: ["alpn-mismatch-tls13-encrypted", "handshake-failure-unspecified"],
  check(view) {
    const { failing, working } = view;
    if (failing.handshake.protocol === "quic" || failing.alert?.by !== "server" || failing.alert.number !== 120) return undefined;
    const { alpn } = failing.offer;
    const chosen = working?.choice.alpn;
    return {
      confidence: "certain",
      summary: `the server speaks none of the protocols that the client offers (${alpn.length === 0 ? "none" : alpn.join(", ")})`,
      evidence: [
        failing.evidence(failing.hello?.packet, alpn.length === 0 ? "offers no application protocol" : `offers ${alpn.join(", ")}`),
        failing.evidence(failing.failure?.packet, endWords(view)),
        ...(working === undefined
          ? []
          : [
              working.evidence(
                working.hello?.packet,
                chosen === undefined ? `offers ${working.offer.alpn.join(", ") || "none"}, and is answered` : `the server chose ${chosen}`,
              ),
            ]),
      ],
    };
  },
};
