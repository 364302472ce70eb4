/** Fixes where the two sides share no group for the key exchange. */
import type { Fix } from "../contract.ts";

export const GROUPS: readonly Fix[] = [
  {
    where: "server",
    text: "offer x25519 and secp256r1 besides: every client has one of them",
    source: "https://www.rfc-editor.org/rfc/rfc9846#section-9.1",
  },
  {
    where: "nginx",
    text: "ssl_ecdh_curve X25519:prime256v1:secp384r1;",
    source: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_ecdh_curve",
  },
  {
    where: "apache",
    text: "SSLOpenSSLConfCmd Groups X25519:P-256:P-384",
    source: "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslopensslconfcmd",
  },
  {
    where: "haproxy",
    text: "ssl-default-bind-curves X25519:P-256:P-384",
    source: "https://docs.haproxy.org/3.0/configuration.html#ssl-default-bind-curves",
  },
  {
    where: "postfix",
    text: "tls_eecdh_auto_curves = X25519, prime256v1, secp384r1",
    source: "https://www.postfix.org/postconf.5.html#tls_eecdh_auto_curves",
  },
  {
    where: "go",
    text: "tls.Config.CurvePreferences with the server's group, or leave it empty: the default has P-521",
    source: "https://pkg.go.dev/crypto/tls#Config",
  },
  {
    where: "python",
    text: "OPENSSL_CONF with Groups = X25519:P-256:P-384:P-521; Python 3.15 has SSLContext.set_groups",
    source: "https://docs.openssl.org/3.0/man5/config/",
  },
  { where: "node", text: 'ecdhCurve: "X25519:P-256:P-384:P-521"', source: "https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions" },
  {
    where: "java",
    text: "-Djdk.tls.namedGroups=x25519,secp256r1,secp384r1,secp521r1",
    source: "https://docs.oracle.com/en/java/javase/21/security/java-secure-socket-extension-jsse-reference-guide.html",
  },
  { where: "openssl", text: "curl --curves X25519:P-256:P-521, s_client -groups", source: "https://curl.se/docs/manpage.html#--curves" },
  {
    where: "dotnet",
    text: "Windows: Enable-TlsEccCurve; Linux: Groups in openssl.cnf",
    source: "https://learn.microsoft.com/powershell/module/tls/enable-tlsecccurve",
  },
  {
    where: "rustls",
    text: "the provider's kx_groups; secp521r1 is in none of the usual ones",
    source: "https://docs.rs/rustls/latest/rustls/crypto/struct.CryptoProvider.html",
  },
  { where: "gnutls", text: "priority NORMAL:+GROUP-SECP521R1", source: "https://www.gnutls.org/manual/html_node/Priority-Strings.html" },
  {
    where: "boringssl",
    text: "browsers: no setting; the library: SSL_CTX_set1_groups_list",
    source: "https://commondatastorage.googleapis.com/chromium-boringssl-docs/ssl.h.html",
  },
];
