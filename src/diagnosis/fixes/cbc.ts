/** Fixes for servers that have no AEAD suites. */
import type { Fix } from "../contract.ts";

export const CBC: readonly Fix[] = [
  {
    where: "server",
    text: "enable ECDHE with AES-GCM or ChaCha20-Poly1305, or TLS 1.3",
    source: "https://www.rfc-editor.org/rfc/rfc9325#section-4.2",
  },
  { where: "nginx", text: "ssl_ciphers ECDHE+AESGCM:ECDHE+CHACHA20;", source: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html" },
  { where: "apache", text: "SSLCipherSuite ECDHE+AESGCM:ECDHE+CHACHA20", source: "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html" },
  {
    where: "haproxy",
    text: "ssl-default-bind-ciphers ECDHE+AESGCM:ECDHE+CHACHA20",
    source: "https://docs.haproxy.org/3.0/configuration.html#ssl-default-bind-ciphers",
  },
  {
    where: "python",
    text: 'Python 3.10 and later, for this host only: ctx.set_ciphers("DEFAULT"); price: CBC with SHA-1 MACs',
    source: "https://docs.python.org/3/library/ssl.html#ssl.SSLContext.set_ciphers",
  },
  {
    where: "rustls",
    text: "no setting: rustls has AEAD suites only; use native-tls for this host",
    source: "https://docs.rs/rustls/latest/rustls/manual/_04_features/index.html",
  },
  {
    where: "dotnet",
    text: "Linux: CipherSuitesPolicy with the suite; Windows: Enable-TlsCipherSuite",
    source: "https://learn.microsoft.com/dotnet/core/extensions/sslstream-best-practices",
  },
  { where: "go", text: "tls.Config.CipherSuites with the suite beside the AEAD ones", source: "https://pkg.go.dev/crypto/tls#Config" },
];
