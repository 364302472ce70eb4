/** The server has only suites with RSA key exchange (TLS_RSA_*), and the client offers none. */
import type { Rule } from "../contract.ts";
import { RSA_KEY_EXCHANGE } from "../fixes/rsa-key-exchange.ts";
import { suiteClaim } from "../suites.ts";
import { received } from "../symptoms.ts";

export const noCommonCipherRsaKex: Rule = {
  id: "no-common-cipher-rsa-kex",
  title: "The server has only RSA key exchange",
  words: () => ({
    symptoms: [
      ...received(40),
      { stack: "rustls", text: "received fatal alert: HandshakeFailure" },
      { stack: "Go server", text: "tls: no cipher suite supported by both client and server" },
    ],
    cause:
      "With RSA key exchange whoever gets the server's key reads every recorded connection: there is no forward secrecy. Go from 1.22, Python from 3.10, JDK from 24, .NET from 5 on Linux and rustls therefore do not offer TLS_RSA_* suites by default. OpenSSL's tools still do, so that the same server works with them.",
    proof: "Where it works, the server chose a TLS_RSA_* suite; the failing hello offers none, and the server refused it right away.",
    disproof: "a connection in which this server chose a suite that the failing hello offers",
    fixes: RSA_KEY_EXCHANGE,
    references: [
      "RFC 9325 §4.1",
      "https://go.dev/doc/go1.22#minor_library_changes",
      "https://go.dev/doc/go1.27",
      "https://github.com/python/cpython/issues/88164",
    ],
  }),
  explains: ["no-common-cipher-suite", "handshake-failure-unspecified"],
  check: (view) =>
    suiteClaim(
      view,
      "RSA",
      (suite) => `the server has only RSA key exchange, as in ${suite}, and the client has none`,
      "none with RSA key exchange",
    ),
};
