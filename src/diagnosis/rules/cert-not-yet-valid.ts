/** The server's certificate is not valid yet, or the client's clock is behind. */
import type { Rule } from "../contract.ts";
import { certificateClaim } from "../rejection.ts";

export const certNotYetValid: Rule = {
  id: "cert-not-yet-valid",
  title: "The server's certificate is not valid yet",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: failed to verify certificate: x509: certificate has expired or is not yet valid" },
      {
        stack: "Python",
        text: "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate is not yet valid",
      },
      { stack: "curl", text: "curl: (60) SSL certificate problem: certificate is not yet valid" },
      { stack: "Node.js", text: "CERT_NOT_YET_VALID: certificate is not yet valid" },
      { stack: "Java", text: "java.security.cert.CertificateNotYetValidException: NotBefore" },
    ],
    cause:
      "The certificate was issued for a later day, or the clock of the one who issued it, or of who captured, is wrong. Devices without a clock of their own start in 1970.",
    proof: "notBefore lies after the time of the capture, and the client turns away after the certificate.",
    disproof: "notBefore lies before the time of the capture",
    fixes: [
      {
        where: "server",
        text: "install a certificate that is valid now",
        source: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5",
      },
      { where: "client", text: "set its clock (NTP)", source: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5" },
    ],
    references: ["RFC 5280 §4.1.2.5"],
  }),
  explains: ["client-rejects-after-handshake", "unknown-ca", "incomplete-chain", "encrypted-client-alert"],
  check(view) {
    const { failing } = view;
    const entry = failing.chain.find(({ notBefore }) => notBefore !== undefined && Date.parse(notBefore) * 1_000 > failing.time);
    if (entry === undefined) return undefined;
    const from = entry.notBefore?.slice(0, 10) ?? "";
    return certificateClaim(
      view,
      entry,
      [42, 45, 46],
      `the server's certificate is valid only from ${from} on`,
      `notBefore ${entry.notBefore}, the capture is of ${failing.hello?.time ?? ""}`,
    );
  },
};
