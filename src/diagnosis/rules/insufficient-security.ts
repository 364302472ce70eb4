/** The parameters are too weak for one side. */
import { alertClaim } from "../alerts.ts";
import type { Rule } from "../contract.ts";
import { SERVER_LOG } from "../fixes/server.ts";
import { received } from "../symptoms.ts";

export const insufficientSecurity: Rule = {
  id: "insufficient-security",
  title: "The parameters are too weak for one side",
  words: () => ({
    symptoms: received(71),
    cause:
      "One side has a policy with a minimum (of keys, groups or suites), and nothing that the other offers reaches it. Java sends this alert for a Diffie-Hellman group below its policy.",
    proof: "The alert insufficient_security.",
    disproof: "a more specific cause fits",
    fixes: [
      SERVER_LOG,
      {
        where: "client",
        text: "offer stronger groups and suites, or look up its policy",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-6.2",
      },
    ],
    references: ["RFC 9846 §6.2"],
  }),
  isFallback: true,
  check: (view) => alertClaim(view, 71, "one side's policy asks for stronger parameters than the other has"),
};
