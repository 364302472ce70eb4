/** The server's certificate has no subjectAltName. */
import type { Rule } from "../contract.ts";
import { certificateClaim } from "../rejection.ts";

export const cnOnlyCertificate: Rule = {
  id: "cn-only-certificate",
  title: "The certificate has no subjectAltName",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "x509: certificate relies on legacy Common Name field, use SANs instead" },
      { stack: "rustls", text: "invalid peer certificate: NotValidForName" },
      { stack: "Chrome", text: "NET::ERR_CERT_COMMON_NAME_INVALID" },
    ],
    cause:
      "Names belong in subjectAltName; the common name was given up. Go from 1.15, rustls and Chrome do not look at it; Python, Java, Node.js, curl and GnuTLS still do where there is nothing else.",
    proof: "The server's certificate has no subjectAltName, and the client turns away after it.",
    disproof: "subjectAltName is there",
    fixes: [
      { where: "server", text: "have it reissued with subjectAltName", source: "https://www.rfc-editor.org/rfc/rfc9525#section-2" },
      {
        where: "go",
        text: "no setting since Go 1.17; a VerifyConnection of your own, or the new certificate",
        source: "https://go.dev/doc/go1.15#commonname",
      },
    ],
    references: ["RFC 9525 §2", "https://go.dev/doc/go1.15#commonname"],
  }),
  explains: ["hostname-mismatch", "client-rejects-after-handshake", "unknown-ca", "incomplete-chain", "encrypted-client-alert"],
  check(view) {
    const leaf = view.failing.chain[0];
    if (leaf?.subject === undefined || leaf.malformed !== undefined || (leaf.subjectAltNames ?? []).length > 0) return undefined;
    if (leaf.issuer === leaf.subject) return undefined;
    return certificateClaim(
      view,
      leaf,
      [42, 46],
      "the server's certificate has its name in the common name only, which the client does not look at",
      "no subjectAltName",
    );
  },
};
