/** The server's certificate is signed by itself. */
import type { Rule } from "../contract.ts";
import { fixServer } from "../fixes/server.ts";
import { TRUST } from "../fixes/trust.ts";
import { certificateClaim } from "../rejection.ts";

export const selfSigned: Rule = {
  id: "self-signed",
  title: "The server's certificate is self-signed",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: failed to verify certificate: x509: certificate signed by unknown authority" },
      {
        stack: "Python",
        text: "ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate",
      },
      { stack: "curl", text: "curl: (60) SSL certificate problem: self-signed certificate" },
      { stack: "Node.js", text: "DEPTH_ZERO_SELF_SIGNED_CERT: self-signed certificate" },
      { stack: "Java", text: "PKIX path building failed: unable to find valid certification path to requested target" },
    ],
    cause:
      "Nobody vouches for a certificate that signs itself: a client accepts it only if it was given this very certificate. rustls refuses a CA certificate in the server's place even then.",
    proof: "One certificate whose issuer is its subject, and the client turns away after it.",
    disproof: "the client was given this certificate and still refuses: then look at its names and dates",
    fixes: [
      ...fixServer("take a certificate from a CA, a public or a private one", "https://www.rfc-editor.org/rfc/rfc5280#section-3.2"),
      ...TRUST,
    ],
    references: ["RFC 5280 §3.2"],
  }),
  explains: ["unknown-ca", "incomplete-chain", "client-rejects-after-handshake", "encrypted-client-alert"],
  check(view) {
    const leaf = view.failing.chain[0];
    if (leaf === undefined || view.failing.chain.length !== 1) return undefined;
    if (leaf.selfSigned !== true && (leaf.issuer === undefined || leaf.issuer !== leaf.subject)) return undefined;
    return certificateClaim(
      view,
      leaf,
      [42, 46, 48],
      "the server's certificate is signed by itself, and the client does not know it",
      "issuer and subject are the same",
    );
  },
};
