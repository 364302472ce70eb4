/** A certificate of the chain is signed with SHA-1. */
import type { Rule } from "../contract.ts";
import { SHA1_CERTIFICATE } from "../fixes/sha1-certificate.ts";
import { certificateClaim } from "../rejection.ts";

export const certSha1Signature: Rule = {
  id: "cert-sha1-signature",
  title: "A certificate is signed with SHA-1",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "x509: cannot verify signature: insecure algorithm SHA1-RSA" },
      { stack: "OpenSSL", text: "certificate verify failed: CA signature digest algorithm too weak" },
      { stack: "Python", text: "ssl.SSLError: [SSL: CA_MD_TOO_WEAK] ca md too weak" },
      { stack: "Java", text: "PKIX path validation failed: Algorithm constraints check failed on signature algorithm: SHA1withRSA" },
    ],
    cause:
      "Signatures with SHA-1 can be forged. Go from 1.18, OpenSSL from security level 1, GnuTLS and rustls refuse them; Java accepts them from private CAs.",
    proof: "A certificate of the chain that is not its own issuer is signed with SHA-1, and the client turns away after it.",
    disproof: "only the self-signed root is signed with SHA-1: nobody checks that",
    fixes: SHA1_CERTIFICATE,
    references: ["RFC 9155", "https://go.dev/doc/go1.18#sha1"],
  }),
  explains: ["client-rejects-after-handshake", "unknown-ca", "incomplete-chain", "bad-server-signature", "encrypted-client-alert"],
  check(view) {
    const entry = view.failing.chain.find(
      ({ signatureAlgorithm = "", subject, issuer }) => /sha-?1(?!\d)/i.test(signatureAlgorithm) && subject !== issuer,
    );
    if (entry === undefined) return undefined;
    return certificateClaim(
      view,
      entry,
      [42, 46, 51, 43],
      `a certificate of the server's chain is signed with SHA-1 (${entry.signatureAlgorithm})`,
      `signed with ${entry.signatureAlgorithm}`,
    );
  },
};
