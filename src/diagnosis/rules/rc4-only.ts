/** The server has only RC4. */
import type { Rule } from "../contract.ts";
import { suiteClaim } from "../suites.ts";
import { received } from "../symptoms.ts";

export const rc4Only: Rule = {
  id: "rc4-only",
  title: "The server has only RC4",
  words: () => ({
    symptoms: received(40),
    cause: "RC4 is prohibited in TLS, and no current client offers it by default.",
    proof: "Where it works, the server chose an RC4 suite; the failing hello offers none, and the server refused it right away.",
    disproof: "a connection in which this server chose a suite that the failing hello offers",
    fixes: [
      {
        where: "server",
        text: "replace the software: software that supports nothing but RC4 is no longer maintained; at least enable AES",
        source: "https://www.rfc-editor.org/rfc/rfc7465",
      },
      {
        where: "go",
        text: "until then tls.Config.CipherSuites with tls.TLS_RSA_WITH_RC4_128_SHA; price: no confidentiality",
        source: "https://pkg.go.dev/crypto/tls#Config",
      },
      {
        where: "java",
        text: "until then restate jdk.tls.disabledAlgorithms and jdk.tls.legacyAlgorithms without RC4",
        source: "https://www.java.com/en/configure_crypto.html",
      },
      {
        where: "openssl",
        text: "no setting: RC4 suites left the default build with 1.1.0",
        source: "https://docs.openssl.org/3.0/man1/openssl-ciphers/",
      },
    ],
    references: ["RFC 7465", "https://github.com/golang/go/issues/10039"],
  }),
  explains: ["no-common-cipher-suite", "handshake-failure-unspecified"],
  check: (view) =>
    suiteClaim(view, "RC4", (suite) => `the server accepts only RC4, here ${suite}, which the client does not offer`, "none with RC4"),
};
