/** The server has only finite-field DHE. */
import type { Rule } from "../contract.ts";
import { DHE } from "../fixes/dhe.ts";
import { suiteClaim } from "../suites.ts";
import { received } from "../symptoms.ts";

export const dheOnly: Rule = {
  id: "dhe-only",
  title: "The server has only DHE suites",
  words: () => ({
    symptoms: [...received(40), { stack: "Chrome", text: "ERR_SSL_VERSION_OR_CIPHER_MISMATCH" }],
    cause:
      "Go, rustls and Chrome have no finite-field DHE for TLS 1.2, and Firefox stopped offering it; OpenSSL, Java and GnuTLS still do.",
    proof: "Where it works, the server chose a DHE suite; the failing hello offers none, and the server refused it right away.",
    disproof: "a connection in which this server chose a suite that the failing hello offers",
    fixes: DHE,
    references: ["RFC 9325 §4.2", "https://pkg.go.dev/crypto/tls#pkg-constants"],
  }),
  explains: ["no-common-cipher-suite", "handshake-failure-unspecified"],
  check: (view) =>
    suiteClaim(view, "DHE", (suite) => `the server accepts only DHE suites, here ${suite}, and the client offers none`, "none with DHE"),
};
