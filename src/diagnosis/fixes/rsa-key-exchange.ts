/** Fixes where the server has only suites with RSA key exchange. */
import type { Fix } from "../contract.ts";

export const RSA_KEY_EXCHANGE: readonly Fix[] = [
  {
    where: "server",
    text: "enable ECDHE suites (ECDHE+AESGCM:ECDHE+CHACHA20 in OpenSSL's words), better still TLS 1.3 as well",
    source: "https://www.rfc-editor.org/rfc/rfc9325#section-4.2",
  },
  {
    where: "nginx",
    text: "ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;",
    source: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html",
  },
  {
    where: "apache",
    text: "SSLProtocol -all +TLSv1.2 +TLSv1.3, SSLCipherSuite ECDHE+AESGCM:ECDHE+CHACHA20",
    source: "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html",
  },
  {
    where: "haproxy",
    text: "ssl-default-bind-ciphers ECDHE+AESGCM:ECDHE+CHACHA20",
    source: "https://docs.haproxy.org/3.0/configuration.html#ssl-default-bind-ciphers",
  },
  {
    where: "postfix",
    text: "smtpd_tls_mandatory_ciphers = medium, smtpd_tls_eecdh_grade = auto",
    source: "https://www.postfix.org/postconf.5.html#smtpd_tls_eecdh_grade",
  },
  {
    where: "iis",
    text: "Enable-TlsCipherSuite TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    source: "https://learn.microsoft.com/powershell/module/tls/enable-tlsciphersuite",
  },
  {
    where: "go",
    text: "until then tls.Config.CipherSuites with the ECDHE suites and tls.{suite}; price: no forward secrecy",
    source: "https://pkg.go.dev/crypto/tls#Config",
  },
  {
    where: "go",
    text: "or run it with GODEBUG=tlsrsakex=1 (Go 1.22 to 1.26 only)",
    source: "https://go.dev/doc/go1.22#minor_library_changes",
    from: "1.22",
    before: "1.27",
  },
  {
    where: "python",
    text: 'until then ctx.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20:{openssl}"); price: no forward secrecy',
    source: "https://docs.python.org/3/library/ssl.html#ssl.SSLContext.set_ciphers",
  },
  {
    where: "node",
    text: "nothing with the default list; a list of your own needs {openssl} at its end",
    source: "https://nodejs.org/api/tls.html#modifying-the-default-tls-cipher-suite",
  },
  {
    where: "java",
    text: "JDK 24 and later: restate jdk.tls.disabledAlgorithms without TLS_RSA_* in a file for -Djava.security.properties",
    source: "https://www.oracle.com/java/technologies/javase/24-relnote-issues.html",
  },
  {
    where: "openssl",
    text: "nothing with DEFAULT; a list of your own needs {openssl}: curl --ciphers DEFAULT",
    source: "https://docs.openssl.org/3.0/man1/openssl-ciphers/",
  },
  {
    where: "dotnet",
    text: "Linux: SslClientAuthenticationOptions.CipherSuitesPolicy with the suite; Windows: Enable-TlsCipherSuite",
    source: "https://learn.microsoft.com/dotnet/core/extensions/sslstream-best-practices",
  },
  {
    where: "rustls",
    text: "no setting: rustls has no suite without forward secrecy; use native-tls for this host",
    source: "https://docs.rs/rustls/latest/rustls/manual/_04_features/index.html",
  },
  {
    where: "gnutls",
    text: "priority NORMAL:+RSA, where a policy removed it",
    source: "https://www.gnutls.org/manual/html_node/Priority-Strings.html",
  },
];
