/** The client's certificate may not be used for clients. */
import { clientCertificate, serverRefused } from "../client-certificates.ts";
import type { Rule } from "../contract.ts";
import { received } from "../symptoms.ts";

export const clientCertWrongEku: Rule = {
  id: "client-cert-wrong-eku",
  title: "The client's certificate is not for clients",
  words: () => ({
    symptoms: [
      ...received(42),
      { stack: "Go server", text: "x509: certificate specifies an incompatible key usage" },
      { stack: "OpenSSL server", text: "certificate verify failed: unsuitable certificate purpose" },
    ],
    cause:
      "extendedKeyUsage of the certificate lacks clientAuth. Public CAs have stopped issuing it (Let's Encrypt in 2026), so that mutual TLS with their certificates ends at the next renewal.",
    proof: "extendedKeyUsage of the client's certificate lacks clientAuth, and the server refuses it.",
    disproof: "extendedKeyUsage is absent, or has clientAuth or any",
    fixes: [
      {
        where: "server",
        text: "issue client certificates from a private CA, with extendedKeyUsage clientAuth",
        source: "https://letsencrypt.org/2025/05/14/ending-tls-client-authentication",
      },
      {
        where: "client",
        text: "use a certificate with extendedKeyUsage clientAuth",
        source: "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12",
      },
    ],
    references: ["RFC 5280 §4.2.1.12", "https://letsencrypt.org/2025/05/14/ending-tls-client-authentication"],
  }),
  explains: ["client-cert-unknown-ca", "client-cert-missing-chain"],
  check(view) {
    const { failing } = view;
    const refusal = serverRefused(view);
    const sent = clientCertificate(failing);
    const usage = sent?.certificates[0]?.extendedKeyUsage;
    if (refusal === undefined || sent === undefined || usage === undefined || ![42, 43, 46, 40, -1, -2].includes(refusal.number))
      return undefined;
    if (usage.some((one) => /^(clientAuth|anyExtendedKeyUsage|any|2\.5\.29\.37\.0)$/.test(one))) return undefined;
    return {
      confidence: refusal.number === 40 || refusal.number < 0 ? "likely" : "certain",
      summary: `the client's certificate may be used for ${usage.join(", ")} only, not for clients`,
      evidence: [failing.evidence(sent.packet, `extendedKeyUsage ${usage.join(", ")}`), failing.evidence(refusal.packet, refusal.words)],
    };
  },
};
