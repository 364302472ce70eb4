/** The server's certificate has expired. */
import type { Rule } from "../contract.ts";
import { certificateClaim, rejectionOf } from "../rejection.ts";

export const certExpired: Rule = {
  id: "cert-expired",
  title: "The server's certificate has expired",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: failed to verify certificate: x509: certificate has expired or is not yet valid" },
      {
        stack: "Python",
        text: "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired",
      },
      { stack: "curl", text: "curl: (60) SSL certificate problem: certificate has expired" },
      { stack: "Node.js", text: "CERT_HAS_EXPIRED: certificate has expired" },
      { stack: "Java", text: "java.security.cert.CertificateExpiredException: NotAfter" },
      { stack: "Chrome", text: "NET::ERR_CERT_DATE_INVALID" },
    ],
    cause:
      "The certificate, or one of its issuers, was not renewed, or the server was not restarted after it was. Clients that do not verify still work.",
    proof: "A certificate's notAfter lies before the time of the capture, and the client turns away after it.",
    disproof: "notAfter lies in the future: then look at the client's clock",
    fixes: [
      {
        where: "server",
        text: "renew the certificate and reload the server, every node behind a balancer",
        source: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5",
      },
      {
        where: "client",
        text: "if the certificate is valid, set the client's clock (NTP)",
        source: "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5",
      },
    ],
    references: ["RFC 5280 §4.1.2.5"],
  }),
  explains: ["client-rejects-after-handshake", "unknown-ca", "incomplete-chain", "encrypted-client-alert"],
  check(view) {
    const { failing } = view;
    const index = failing.chain.findIndex(({ notAfter }) => notAfter !== undefined && Date.parse(notAfter) * 1_000 < failing.time);
    const entry = failing.chain[index];
    if (entry !== undefined) {
      const which = index === 0 ? "the server's certificate" : "a certificate of the server's chain";
      return certificateClaim(
        view,
        entry,
        [42, 45, 46],
        `${which} expired on ${day(entry.notAfter)}`,
        `notAfter ${entry.notAfter}, the capture is of ${failing.hello?.time ?? ""}`,
      );
    }
    const rejection = rejectionOf(view);
    if (rejection?.number !== 45) return undefined;
    return {
      confidence: "likely",
      summary: "the client takes the server's certificate for expired, though it is valid: its clock may be wrong",
      evidence: [
        failing.evidence(
          failing.certificateOf("server")?.packet,
          `valid from ${failing.chain[0]?.notBefore ?? ""} to ${failing.chain[0]?.notAfter ?? ""}`,
        ),
        failing.evidence(rejection.packet, rejection.words),
      ],
    };
  },
};

function day(time: string | undefined): string {
  return time?.slice(0, 10) ?? "an unknown day";
}
