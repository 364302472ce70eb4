/** Fixes where the server has only finite-field DHE. */
import type { Fix } from "../contract.ts";

export const DHE: readonly Fix[] = [
  {
    where: "server",
    text: "enable ECDHE suites: many clients have no DHE at all",
    source: "https://www.rfc-editor.org/rfc/rfc9325#section-4.2",
  },
  {
    where: "nginx",
    text: "ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM;",
    source: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html",
  },
  {
    where: "apache",
    text: "SSLCipherSuite ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM",
    source: "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html",
  },
  { where: "postfix", text: "smtpd_tls_eecdh_grade = auto", source: "https://www.postfix.org/postconf.5.html#smtpd_tls_eecdh_grade" },
  { where: "go", text: "no setting: crypto/tls implements no DHE", source: "https://pkg.go.dev/crypto/tls#pkg-constants" },
  {
    where: "rustls",
    text: "no setting with the usual providers: they have no DHE",
    source: "https://docs.rs/rustls/latest/rustls/manual/_04_features/index.html",
  },
  { where: "boringssl", text: "no setting: DHE was removed", source: "https://chromestatus.com/feature/5128908798164992" },
  {
    where: "dotnet",
    text: "Linux: CipherSuitesPolicy with TLS_DHE_RSA_WITH_AES_256_GCM_SHA384; Windows: Enable-TlsCipherSuite",
    source: "https://learn.microsoft.com/dotnet/core/extensions/sslstream-best-practices",
  },
];
