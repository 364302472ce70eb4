/** The key of a certificate is too small for the client. */
import type { Rule } from "../contract.ts";
import { KEY_SIZE } from "../fixes/key-size.ts";
import { certificateClaim } from "../rejection.ts";

export const certKeyTooSmall: Rule = {
  id: "cert-key-too-small",
  title: "The certificate's key is too small",
  words: () => ({
    symptoms: [
      { stack: "OpenSSL", text: "certificate verify failed: EE certificate key too weak" },
      { stack: "Python", text: "ssl.SSLError: [SSL: EE_KEY_TOO_SMALL] ee key too small" },
      { stack: "Java", text: "Algorithm constraints check failed on keysize limits: RSA 1024 bit key used" },
      { stack: "rustls", text: "invalid peer certificate: UnsupportedSignatureAlgorithmForPublicKey" },
    ],
    cause: "OpenSSL at security level 2 and rustls want RSA keys of 2048 bits at least; Go, Java and GnuTLS still take 1024.",
    proof: "A certificate of the chain has an RSA key below 2048 bits, or an elliptic one below 224, and the client turns away after it.",
    disproof: "every key of the chain has 2048 bits or more",
    fixes: KEY_SIZE,
    references: ["https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/", "RFC 9325 §4.5"],
  }),
  explains: ["client-rejects-after-handshake", "unknown-ca", "incomplete-chain", "bad-server-signature", "encrypted-client-alert"],
  check(view) {
    const entry = view.failing.chain.find(
      ({ publicKey }) => publicKey?.bits !== undefined && publicKey.bits < (/^(rsa|dsa)/i.test(publicKey.algorithm) ? 2048 : 224),
    );
    const key = entry?.publicKey;
    if (entry === undefined || key === undefined) return undefined;
    return certificateClaim(
      view,
      entry,
      [42, 43, 46, 48, 51],
      `the server's certificate has a ${key.algorithm} key of ${key.bits} bits, less than the client allows`,
      `${key.algorithm} key of ${key.bits} bits`,
    );
  },
};
