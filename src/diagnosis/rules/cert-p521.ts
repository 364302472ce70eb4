/** The server's certificate is on P-521 or P-384, and the client does not accept that. */
import type { Rule } from "../contract.ts";
import { curveClaim, keyClaim } from "../certificate-keys.ts";
import { received } from "../symptoms.ts";

export const certP521: Rule = {
  id: "cert-p521",
  title: "A certificate on a curve that the client does not accept",
  words: () => ({
    symptoms: [...received(40), { stack: "Chrome", text: "ERR_SSL_VERSION_OR_CIPHER_MISMATCH" }],
    cause:
      "In TLS 1.3 the scheme names the curve of the certificate, and in TLS 1.2 the curve must be in supported_groups. Chrome and Safari have neither for P-521.",
    proof:
      "Where it works, the server has a P-521 key; the failing hello lacks its scheme in signature_algorithms, or its curve in supported_groups.",
    disproof: "ecdsa_secp521r1_sha512 (0x0603) is in signature_algorithms of the failing hello",
    fixes: [{ where: "server", text: "use a P-256 key", source: "https://www.rfc-editor.org/rfc/rfc9846#section-9.1" }],
    references: ["RFC 9846 §4.2.3", "https://commondatastorage.googleapis.com/chromium-boringssl-docs/ssl.h.html"],
  }),
  explains: [
    "handshake-failure-unspecified",
    "no-common-cipher-suite",
    "no-common-group",
    "certificate-key-not-accepted",
    "illegal-parameter",
  ],
  check: (view) => keyClaim(view, ["P-521", "P-384", "P-256"]) ?? curveClaim(view, true),
};
