/** The server has only Triple-DES. */
import type { Rule } from "../contract.ts";
import { CBC } from "../fixes/cbc.ts";
import { suiteClaim } from "../suites.ts";
import { received } from "../symptoms.ts";

export const tripledesOnly: Rule = {
  id: "tripledes-only",
  title: "The server has only Triple-DES",
  words: () => ({
    symptoms: received(40),
    cause:
      "Blocks of 64 bits can be attacked (SWEET32), so Triple-DES left OpenSSL's default build with 1.1.0, Java's by jdk.tls.disabledAlgorithms, and Go's default list with 1.23.",
    proof: "Where it works, the server chose a 3DES suite; the failing hello offers none, and the server refused it right away.",
    disproof: "a connection in which this server chose a suite that the failing hello offers",
    fixes: [
      ...CBC.filter(({ where }) => where !== "python" && where !== "go"),
      {
        where: "go",
        text: "until then GODEBUG=tls3des=1 (Go 1.23 to 1.26 only), or tls.Config.CipherSuites",
        source: "https://go.dev/doc/go1.23#crypto-tls",
        from: "1.23",
        before: "1.27",
      },
      {
        where: "go",
        text: "until then tls.Config.CipherSuites with tls.TLS_RSA_WITH_3DES_EDE_CBC_SHA",
        source: "https://pkg.go.dev/crypto/tls#Config",
      },
      {
        where: "openssl",
        text: "no setting: the library would have to be built with enable-weak-ssl-ciphers",
        source: "https://docs.openssl.org/3.0/man1/openssl-ciphers/",
      },
      {
        where: "java",
        text: "until then restate jdk.tls.disabledAlgorithms without 3DES_EDE_CBC",
        source: "https://www.java.com/en/configure_crypto.html",
      },
    ],
    references: ["https://sweet32.info/", "RFC 9325 §4.1", "https://go.dev/doc/go1.23#crypto-tls"],
  }),
  explains: ["no-common-cipher-suite", "handshake-failure-unspecified"],
  check: (view) =>
    suiteClaim(
      view,
      "3DES",
      (suite) => `the server accepts only Triple-DES, here ${suite}, which the client does not offer`,
      "none with Triple-DES",
    ),
};
