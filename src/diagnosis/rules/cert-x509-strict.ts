/** The certificate does not pass strict checks of RFC 5280. */
import type { Rule } from "../contract.ts";
import { STRICT_X509 } from "../fixes/strict-x509.ts";
import { rejectionOf, subjectOf } from "../rejection.ts";

export const certX509Strict: Rule = {
  id: "cert-x509-strict",
  title: "The certificate fails strict checks",
  words: () => ({
    symptoms: [
      {
        stack: "Python",
        text: "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Missing Authority Key Identifier",
      },
      { stack: "Python", text: "certificate verify failed: Basic Constraints of CA cert not marked critical" },
      { stack: "OpenSSL", text: "verify error:num=85:Missing Authority Key Identifier" },
    ],
    cause:
      "Python from 3.13 sets VERIFY_X509_STRICT: certificates must have key identifiers, and a CA critical basicConstraints. Home-made certificates often lack these.",
    proof: "A certificate of the chain lacks what RFC 5280 demands, and a client on OpenSSL sends certificate_unknown.",
    disproof: "key identifiers and basicConstraints are as RFC 5280 wants them",
    fixes: STRICT_X509,
    references: [
      "RFC 5280 §4.2.1.1",
      "https://docs.python.org/3/whatsnew/3.13.html#ssl",
      "https://github.com/python/cpython/issues/107361",
    ],
  }),
  explains: ["unknown-ca", "incomplete-chain", "client-rejects-after-handshake", "encrypted-client-alert"],
  check(view) {
    const { failing } = view;
    const rejection = rejectionOf(view);
    // OpenSSL has no other use for this alert; Java sends it for everything.
    if (rejection?.number !== 46 || !failing.stack.places.some((place) => place === "python" || place === "openssl")) return undefined;
    const fault = failing.chain.flatMap((entry, index) => {
      const lacks: string[] = [];
      const isRoot = entry.issuer !== undefined && entry.issuer === entry.subject;
      if (!isRoot && entry.authorityKeyIdentifier === undefined) lacks.push("no authorityKeyIdentifier");
      if (index > 0 && entry.subjectKeyIdentifier === undefined) lacks.push("no subjectKeyIdentifier");
      if (index > 0 && entry.basicConstraints?.critical !== true) lacks.push("basicConstraints not critical");
      return lacks.map((text) => ({ entry, text }));
    })[0];
    if (fault === undefined) return undefined;
    return {
      confidence: failing.stack.places[0] === "python" ? "certain" : "likely",
      summary: `the certificate fails the client's strict checks: ${fault.text}`,
      evidence: [
        failing.evidence(failing.certificateOf("server")?.packet, `${subjectOf(fault.entry)}: ${fault.text}`),
        failing.evidence(rejection.packet, rejection.words),
      ],
    };
  },
};
