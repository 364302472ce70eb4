/** The server has only ChaCha20-Poly1305. */
import type { Rule } from "../contract.ts";
import { suiteClaim } from "../suites.ts";
import { received } from "../symptoms.ts";

export const chachaOnly: Rule = {
  id: "chacha-only",
  title: "The server has only ChaCha20-Poly1305",
  words: () => ({
    symptoms: received(40),
    cause:
      "Clients in FIPS mode, or whose policy disables it, do not offer ChaCha20-Poly1305: it is not a NIST algorithm. A server without AES has nothing for them.",
    proof: "Where it works, the server chose a CHACHA20 suite; the failing hello offers none, and the server refused it right away.",
    disproof: "a connection in which this server chose a suite that the failing hello offers",
    fixes: [
      { where: "server", text: "enable AES-GCM beside it", source: "https://www.rfc-editor.org/rfc/rfc9325#section-4.2" },
      {
        where: "nginx",
        text: "ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;",
        source: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html",
      },
      {
        where: "java",
        text: "take ChaCha20-Poly1305 out of jdk.tls.disabledAlgorithms",
        source: "https://www.java.com/en/configure_crypto.html",
      },
      {
        where: "client",
        text: "let it offer ChaCha20-Poly1305, where no FIPS rule forbids that",
        source: "https://www.rfc-editor.org/rfc/rfc7905",
      },
    ],
    references: ["RFC 7905"],
  }),
  explains: ["no-common-cipher-suite", "handshake-failure-unspecified"],
  check: (view) =>
    suiteClaim(
      view,
      "CHACHA20",
      (suite) => `the server accepts only ChaCha20-Poly1305, here ${suite}, which the client does not offer`,
      "none with ChaCha20-Poly1305",
    ),
};
