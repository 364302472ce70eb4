/** The server's certificate has an RSASSA-PSS key, and the client does not accept that. */
import type { Rule } from "../contract.ts";
import { keyClaim } from "../certificate-keys.ts";
import { received } from "../symptoms.ts";

export const rsaPssCert: Rule = {
  id: "rsa-pss-cert",
  title: "An RSASSA-PSS certificate that the client does not accept",
  words: () => ({
    symptoms: received(40),
    cause:
      "A key that is bound to RSASSA-PSS can be used only with the rsa_pss_pss_* schemes. Go, rustls and Chrome do not have them; that they offer rsa_pss_rsae_* does not help, because that is for ordinary RSA keys.",
    proof: "Where it works, the server has such a key; the failing hello lacks rsa_pss_pss_* in signature_algorithms.",
    disproof: "rsa_pss_pss_sha256 (0x0809) is in signature_algorithms of the failing hello",
    fixes: [
      {
        where: "server",
        text: "have it reissued with an ordinary RSA key (rsaEncryption); the CA may go on to sign with PSS",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-4.2.3",
      },
    ],
    references: ["RFC 8446 §4.2.3"],
  }),
  explains: ["handshake-failure-unspecified", "no-common-cipher-suite", "no-common-group", "certificate-key-not-accepted"],
  check: (view) => keyClaim(view, ["RSASSA-PSS"]),
};
