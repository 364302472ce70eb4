/** The server's certificate is on a curve that the client does not name in supported_groups (TLS 1.2). */
import type { Rule } from "../contract.ts";
import { curveClaim } from "../certificate-keys.ts";
import { received } from "../symptoms.ts";

export const certBrainpool: Rule = {
  id: "cert-brainpool",
  title: "A certificate on a curve outside supported_groups",
  words: () => ({
    symptoms: received(40),
    cause:
      "In TLS 1.2 the curve of an ECDSA certificate must be in the client's supported_groups. No client offers Brainpool curves or secp256k1 by default.",
    proof: "Where it works, the certificate is on a curve that the failing hello does not name.",
    disproof: "the curve is in supported_groups of the failing hello",
    fixes: [
      { where: "server", text: "use a P-256 key", source: "https://www.rfc-editor.org/rfc/rfc8422#section-5.3" },
      {
        where: "openssl",
        text: "until then s_client -curves brainpoolP256r1:X25519, or Groups in openssl.cnf",
        source: "https://docs.openssl.org/3.0/man3/SSL_CTX_set1_curves/",
      },
      { where: "java", text: "no setting since JDK 16", source: "https://bugs.openjdk.org/browse/JDK-8235540" },
      { where: "go", text: "no setting: crypto/tls has no such curve", source: "https://pkg.go.dev/crypto/tls#CurveID" },
    ],
    references: ["RFC 8422 §5.3"],
  }),
  explains: [
    "handshake-failure-unspecified",
    "no-common-cipher-suite",
    "no-common-group",
    "no-common-group-tls12",
    "certificate-key-not-accepted",
  ],
  check: (view) => curveClaim(view, false),
};
