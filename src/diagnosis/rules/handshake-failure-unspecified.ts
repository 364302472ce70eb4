/** handshake_failure, and nothing that was seen explains it. */
import type { Rule } from "../contract.ts";
import { SERVER_LOG } from "../fixes/server.ts";
import { received } from "../symptoms.ts";
import { endWords } from "../suites.ts";

export const handshakeFailureUnspecified: Rule = {
  id: "handshake-failure-unspecified",
  title: "handshake_failure without a visible cause",
  words: () => ({
    symptoms: received(40),
    cause:
      "handshake_failure says only that nothing acceptable is common: no suite, no group, no signature scheme for the server's key, or a policy that no capture shows.",
    proof: "The server sends handshake_failure, and the hello offers everything that it chose elsewhere.",
    disproof: "any more specific cause fits",
    fixes: [
      SERVER_LOG,
      {
        where: "client",
        text: "capture a client that works with the same server, and compare: tls-diff fail.pcap ok.pcap",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-6.2",
      },
    ],
    references: ["RFC 9846 §6.2"],
  }),
  isFallback: true,
  check(view) {
    const { failing } = view;
    if (failing.alert?.by !== "server" || failing.alert.number !== 40) return undefined;
    return {
      confidence: "possible",
      summary: "the server found nothing acceptable in what the client offers, and does not say what is missing",
      evidence: [failing.evidence(failing.failure?.packet, endWords(view))],
    };
  },
};
