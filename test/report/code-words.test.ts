import { describe, expect, it } from "vitest";
import type { Span } from "../../src/report/document.ts";
import { typedWords, worded } from "../../src/report/code-words.ts";

const marked = (spans: readonly Span[]): string => spans.map(({ text, code }) => (code === true ? `\`${text}\`` : text)).join("");

describe("what a user has to type", () => {
  it.each([
    [
      "ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;",
      "`ssl_protocols TLSv1.2 TLSv1.3`; `ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20`;",
    ],
    ["SSLProtocol -all +TLSv1.2, SSLCipherSuite ECDHE+AESGCM", "`SSLProtocol -all +TLSv1.2`, `SSLCipherSuite ECDHE+AESGCM`"],
    ["or run it with GODEBUG=tlsrsakex=1 (Go 1.22 to 1.26 only)", "or run it with `GODEBUG=tlsrsakex=1` (Go 1.22 to 1.26 only)"],
    [
      "add the CA to tls.Config.RootCAs, or name its file in SSL_CERT_FILE",
      "add the CA to `tls.Config.RootCAs`, or name its file in `SSL_CERT_FILE`",
    ],
    ["NODE_EXTRA_CA_CERTS=ca.pem, the option ca, or --use-system-ca", "`NODE_EXTRA_CA_CERTS=ca.pem`, the option ca, or `--use-system-ca`"],
    ["(see ca.pem), priority with %NO_ETM", "(see `ca.pem`), priority with `%NO_ETM`"],
    ['ctx.wrap_socket(sock, server_hostname="host.example")', '`ctx.wrap_socket(sock, server_hostname="host.example")`'],
    ["SSLParameters.setServerNames(List.of()) for this host", "`SSLParameters.setServerNames(List.of())` for this host"],
  ])("stands apart from the words around it: %s", (text, wanted) => {
    expect(marked(typedWords(text))).toBe(wanted);
  });

  it.each([
    "enable TLS 1.3, OpenSSL 3.0 or GnuTLS; X25519 as well.",
    "a CA - public or private - (or two)",
    " ",
    "",
    "((x)), e.g. 192.0.2.1",
  ])("is nothing of: %s", (text) => {
    expect(marked(typedWords(text))).toBe(text);
  });
});

it("evidence has only protocol names as code", () => {
  expect(marked(worded("the server sends handshake_failure after client_hello to tls.Config"))).toBe(
    "the server sends `handshake_failure` after `client_hello` to tls.Config",
  );
});
