/** The RSA key of a certificate is too large for the client. */
import type { Rule } from "../contract.ts";
import { certificateClaim } from "../rejection.ts";

export const certRsaTooLarge: Rule = {
  id: "cert-rsa-too-large",
  title: "The certificate's RSA key is too large",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: server sent certificate containing RSA key larger than 8192 bits" },
      { stack: "rustls", text: "invalid peer certificate: UnsupportedSignatureAlgorithmForPublicKey" },
    ],
    cause:
      "Checking a signature of a huge key takes long, which an attacker can use. Go (since 1.19.12, 1.20.7 and 1.21) and the libraries under rustls stop at 8192 bits.",
    proof: "A certificate has an RSA key above 8192 bits, and the client turns away after it.",
    disproof: "no key of the chain has more than 8192 bits",
    fixes: [
      { where: "server", text: "use RSA of 2048 to 4096 bits, or ECDSA", source: "https://www.rfc-editor.org/rfc/rfc9325#section-4.5" },
      { where: "go", text: "until then GODEBUG=tlsmaxrsasize=16384", source: "https://go.dev/doc/godebug", from: "1.21" },
    ],
    references: ["https://go.dev/doc/godebug", "https://nvd.nist.gov/vuln/detail/CVE-2023-29409"],
  }),
  explains: ["client-rejects-after-handshake", "unknown-ca", "incomplete-chain", "bad-server-signature", "encrypted-client-alert"],
  check(view) {
    const entry = view.failing.chain.find(({ publicKey }) => /^rsa/i.test(publicKey?.algorithm ?? "") && (publicKey?.bits ?? 0) > 8192);
    if (entry === undefined) return undefined;
    const bits = entry.publicKey?.bits ?? 0;
    return certificateClaim(
      view,
      entry,
      [42, 43, 46, 51],
      `the server's certificate has an RSA key of ${bits} bits, more than the client allows`,
      `RSA key of ${bits} bits`,
    );
  },
};
