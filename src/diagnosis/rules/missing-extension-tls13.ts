/** A hello of TLS 1.3 without an extension that it must have. */
import type { Rule } from "../contract.ts";
import { EXTENSION } from "../offer.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

const MANDATORY = [
  [EXTENSION.signatureAlgorithms, "signature_algorithms"],
  [EXTENSION.supportedGroups, "supported_groups"],
  [EXTENSION.keyShare, "key_share"],
] as const;

export const missingExtensionTls13: Rule = {
  id: "missing-extension-tls13",
  title: "A mandatory extension of TLS 1.3 is missing",
  words: () => ({
    symptoms: received(109),
    cause:
      "Whoever offers TLS 1.3 without a PSK must send signature_algorithms, supported_groups and key_share. Home-made hellos and tools that imitate fingerprints leave one out.",
    proof: "The hello offers TLS 1.3 and lacks one of the three, and the server answers missing_extension.",
    disproof: "all three are in the hello",
    fixes: [{ where: "client", text: "send the missing extension", source: "https://www.rfc-editor.org/rfc/rfc9846#section-9.2" }],
    references: ["RFC 9846 §9.2"],
  }),
  explains: ["handshake-failure-unspecified", "no-common-cipher-suite", "no-common-group"],
  needsWholeHello: true,
  check(view) {
    const { failing } = view;
    if (!failing.refusedWith(109, 40, 47) || !failing.offer.versions.includes(0x0304)) return undefined;
    const missing = MANDATORY.filter(([number]) => !failing.offer.extensions.includes(number)).map(([, name]) => name);
    if (failing.offer.extensions.includes(EXTENSION.preSharedKey) || (missing.length === 0 && !failing.refusedWith(109))) return undefined;
    if (missing.length === 0) return undefined;
    return {
      confidence: failing.refusedWith(109) ? "certain" : "likely",
      summary: `the hello offers TLS 1.3 without ${missing.join(" and ")}`,
      evidence: [
        failing.evidence(failing.hello?.packet, `no ${missing.join(", no ")}`),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
