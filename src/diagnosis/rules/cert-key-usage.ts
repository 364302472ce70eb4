/** The certificate's key usage does not fit the key exchange. */
import type { Rule } from "../contract.ts";
import { keyExchangeOf } from "../counterfactual.ts";
import { fixServer } from "../fixes/server.ts";
import { numberOf } from "../offer.ts";
import { certificateClaim } from "../rejection.ts";

export const certKeyUsage: Rule = {
  id: "cert-key-usage",
  title: "The certificate's key usage does not fit the key exchange",
  words: () => ({
    symptoms: [
      { stack: "Chrome", text: "ERR_SSL_KEY_USAGE_INCOMPATIBLE" },
      { stack: "BoringSSL", text: "KEY_USAGE_BIT_INCORRECT" },
      { stack: "Java", text: "javax.net.ssl.SSLHandshakeException: KeyUsage does not allow digital signatures" },
      { stack: "GnuTLS", text: "Key usage violation in certificate has been detected." },
    ],
    cause:
      "With ECDHE and in TLS 1.3 the server signs, and keyUsage must have digitalSignature; with RSA key exchange it decrypts, and needs keyEncipherment. Chrome, Java and GnuTLS check that, OpenSSL, Go and rustls do not. BoringSSL closes the connection without an alert.",
    proof: "keyUsage of the server's certificate lacks the use that the suite needs, and the client turns away after it.",
    disproof: "digitalSignature is set",
    fixes: fixServer(
      "have it reissued with digitalSignature, for RSA key exchange with keyEncipherment as well",
      "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.3",
    ),
    references: ["RFC 5280 §4.2.1.3", "https://chromeenterprise.google/policies/#RSAKeyUsageForLocalAnchorsEnabled"],
  }),
  explains: [
    "client-rejects-after-handshake",
    "unknown-ca",
    "incomplete-chain",
    "internal-error",
    "decode-error",
    "client-left-during-handshake",
    "encrypted-client-alert",
  ],
  check(view) {
    const { failing } = view;
    const leaf = failing.chain[0];
    const usage = leaf?.keyUsage;
    if (leaf === undefined || usage === undefined) return undefined;
    const needed = keyExchangeOf(numberOf(failing.choice.suite)) === "RSA" ? "keyEncipherment" : "digitalSignature";
    if (usage.includes(needed)) return undefined;
    return certificateClaim(
      view,
      leaf,
      [42, 43, 46, 47, 80],
      `the certificate's keyUsage lacks ${needed}, which the chosen suite needs`,
      `keyUsage ${usage.join(", ")}`,
    );
  },
};
