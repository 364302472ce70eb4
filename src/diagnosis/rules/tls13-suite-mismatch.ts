/** Both speak TLS 1.3, but share none of its suites. */
import type { Rule } from "../contract.ts";
import { suiteClaim } from "../suites.ts";
import { received } from "../symptoms.ts";

export const tls13SuiteMismatch: Rule = {
  id: "tls13-suite-mismatch",
  title: "No common suite of TLS 1.3",
  words: () => ({
    symptoms: received(40),
    cause:
      "The suites of TLS 1.3 are set apart from those of TLS 1.2. A server that allows only CCM, or only AES-256, refuses clients whose short and often fixed list lacks it.",
    proof: "Where it works, the server chose a suite of TLS 1.3 that is not in the failing hello.",
    disproof: "a suite of TLS 1.3 that this server chose elsewhere is in the failing hello",
    fixes: [
      {
        where: "server",
        text: "enable TLS_AES_128_GCM_SHA256, which every implementation must have",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-9.1",
      },
      {
        where: "nginx",
        text: "ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256;",
        source: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_conf_command",
      },
      {
        where: "haproxy",
        text: "ssl-default-bind-ciphersuites TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256",
        source: "https://docs.haproxy.org/3.0/configuration.html#ssl-default-bind-ciphersuites",
      },
      {
        where: "openssl",
        text: "curl --tls13-ciphers, s_client -ciphersuites with the server's suite",
        source: "https://curl.se/docs/manpage.html#--tls13-ciphers",
      },
      {
        where: "node",
        text: "the suite by its TLS_ name in the option ciphers",
        source: "https://nodejs.org/api/tls.html#modifying-the-default-tls-cipher-suite",
      },
      { where: "go", text: "no setting: the suites of TLS 1.3 are fixed", source: "https://pkg.go.dev/crypto/tls#Config" },
    ],
    references: ["RFC 9846 §9.1", "RFC 9846 §B.4"],
  }),
  explains: ["no-common-cipher-suite", "handshake-failure-unspecified"],
  check: (view) =>
    suiteClaim(
      view,
      "tls13",
      (suite) => `the server accepts only the TLS 1.3 suite ${suite}, which the client does not offer`,
      "not that one of TLS 1.3",
    ),
};
