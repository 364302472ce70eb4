/** The server refuses values that mean nothing. */
import type { Rule } from "../contract.ts";
import { deathClaim, traitsOf } from "../death.ts";
import { endWords } from "../suites.ts";
import { CLOSED, received, RESET } from "../symptoms.ts";

export const greaseIntolerance: Rule = {
  id: "grease-intolerance",
  title: "The server refuses unknown values (GREASE)",
  words: () => ({
    symptoms: [...received(47), ...RESET, ...CLOSED],
    cause:
      "Chrome, Safari and their imitators send meaningless values so that servers learn to ignore what they do not know. A server that refuses them will refuse the next extension of TLS as well.",
    proof: "The failing hello holds GREASE values and is refused; a hello without them is answered.",
    disproof: "the working hello holds GREASE values as well",
    fixes: [
      { where: "server", text: "fix or update it: unknown values must be ignored", source: "https://www.rfc-editor.org/rfc/rfc8701" },
      {
        where: "boringssl",
        text: "SSL_CTX_set_grease_enabled(ctx, 0); browsers have no setting",
        source: "https://commondatastorage.googleapis.com/chromium-boringssl-docs/ssl.h.html",
      },
    ],
    references: ["RFC 8701"],
  }),
  explains: [
    "fin-after-client-hello",
    "handshake-failure-unspecified",
    "illegal-parameter",
    "decode-error",
    "pq-group-intolerance",
    "tls-fingerprint-blocking",
    "no-common-cipher-suite",
  ],
  check(view) {
    const { failing, working } = view;
    const summary = "the server refuses a hello with values that it does not know (GREASE)";
    if (failing.refusedWith(47, 50, 40, 10, 110)) {
      if (!failing.offer.hasGrease || working?.serverHello === undefined || working.offer.hasGrease || view.blocked.length > 0)
        return undefined;
      return {
        confidence: failing.refusedWith(40) ? "possible" : "likely",
        summary,
        evidence: [
          failing.evidence(failing.hello?.packet, "holds GREASE values"),
          working.evidence(working.serverHello.packet, "answers a hello without them"),
          failing.evidence(failing.failure?.packet, endWords(view)),
        ],
      };
    }
    const others = traitsOf(view).filter(
      (trait) => trait === "ech" || trait === "large" || trait === "tls13" || trait === "no-name" || trait === "name",
    );
    return others.length > 0
      ? undefined
      : deathClaim(view, "grease", undefined, summary, "holds GREASE values", "answers a hello without them");
  },
};
