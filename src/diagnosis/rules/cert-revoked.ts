/** The server's certificate was revoked. */
import type { Rule } from "../contract.ts";
import { fixServer } from "../fixes/server.ts";
import { rejectionOf, subjectOf } from "../rejection.ts";

export const certRevoked: Rule = {
  id: "cert-revoked",
  title: "The server's certificate was revoked",
  words: () => ({
    symptoms: [
      { stack: "OpenSSL", text: "certificate verify failed: certificate revoked" },
      { stack: "Java", text: "java.security.cert.CertificateRevokedException: Certificate has been revoked" },
      { stack: "Firefox", text: "SEC_ERROR_REVOKED_CERTIFICATE" },
    ],
    cause: "The certificate is on its issuer's list of revoked ones, or its OCSP response says so. Only clients that look there notice.",
    proof: "The client sends certificate_revoked after the certificate.",
    disproof: "the alert comes from the server: then it is the client's certificate that was revoked",
    fixes: fixServer("replace the certificate and its key", "https://www.rfc-editor.org/rfc/rfc5280#section-6.3"),
    references: ["RFC 5280 §6.3", "RFC 6960"],
  }),
  explains: ["unknown-ca", "incomplete-chain", "encrypted-client-alert"],
  check(view) {
    const { failing } = view;
    const rejection = rejectionOf(view);
    const leaf = failing.chain[0];
    if (rejection?.number !== 44 || leaf === undefined) return undefined;
    return {
      confidence: "certain",
      summary: `the client found that the certificate of ${subjectOf(leaf)} was revoked`,
      evidence: [
        failing.evidence(failing.certificateOf("server")?.packet, `${subjectOf(leaf)}, serial number ${leaf.serialNumber ?? "unknown"}`),
        failing.evidence(rejection.packet, rejection.words),
      ],
    };
  },
};
