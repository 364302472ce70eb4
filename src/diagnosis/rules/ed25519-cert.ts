/** The server's certificate is Ed25519, and the client does not accept that. */
import type { Rule } from "../contract.ts";
import { keyClaim } from "../certificate-keys.ts";
import { received } from "../symptoms.ts";

export const ed25519Cert: Rule = {
  id: "ed25519-cert",
  title: "An Ed25519 certificate that the client does not accept",
  words: () => ({
    symptoms: [...received(40), { stack: "Chrome", text: "ERR_SSL_VERSION_OR_CIPHER_MISMATCH" }],
    cause: "Browsers do not offer Ed25519, and no public CA issues it. OpenSSL, Go, Java and rustls accept it.",
    proof: "Where it works, the server has an Ed25519 key; the failing hello lacks ed25519 in signature_algorithms.",
    disproof: "ed25519 (0x0807) is in signature_algorithms of the failing hello",
    fixes: [
      {
        where: "server",
        text: "add a certificate with a P-256 key beside it",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-9.1",
      },
      {
        where: "boringssl",
        text: "no setting in browsers",
        source: "https://commondatastorage.googleapis.com/chromium-boringssl-docs/ssl.h.html",
      },
    ],
    references: ["RFC 8446 §4.2.3", "RFC 8410"],
  }),
  explains: ["handshake-failure-unspecified", "no-common-cipher-suite", "no-common-group", "certificate-key-not-accepted"],
  check: (view) => keyClaim(view, ["Ed25519", "Ed448"]),
};
