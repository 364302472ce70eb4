/** Fixes where the server knows nothing newer than TLS 1.1. */
import type { Fix } from "../contract.ts";

export const OLD_VERSIONS: readonly Fix[] = [
  {
    where: "server",
    text: "upgrade or configure it for TLS 1.2 and 1.3: TLS 1.0 and 1.1 must not be used any more",
    source: "https://www.rfc-editor.org/rfc/rfc8996",
  },
  {
    where: "nginx",
    text: "ssl_protocols TLSv1.2 TLSv1.3;",
    source: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_protocols",
  },
  { where: "apache", text: "SSLProtocol -all +TLSv1.2 +TLSv1.3", source: "https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol" },
  { where: "postfix", text: "smtpd_tls_protocols = >=TLSv1.2", source: "https://www.postfix.org/postconf.5.html#smtpd_tls_protocols" },
  {
    where: "go",
    text: "until then tls.Config{MinVersion: tls.VersionTLS10} for this host; price: broken protocol versions",
    source: "https://go.dev/doc/go1.18#tls10",
  },
  {
    where: "python",
    text: 'until then ctx.minimum_version = ssl.TLSVersion.TLSv1 and ctx.set_ciphers("DEFAULT@SECLEVEL=0"), both',
    source: "https://docs.python.org/3/library/ssl.html#ssl.SSLContext.minimum_version",
  },
  {
    where: "node",
    text: 'until then { minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0" }, both',
    source: "https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions",
  },
  {
    where: "java",
    text: "until then restate jdk.tls.disabledAlgorithms without TLSv1, TLSv1.1 in a file for -Djava.security.properties",
    source: "https://www.java.com/en/configure_crypto.html",
  },
  {
    where: "openssl",
    text: "until then curl --tlsv1.0 --ciphers DEFAULT@SECLEVEL=0, or s_client -tls1 -cipher DEFAULT@SECLEVEL=0",
    source: "https://docs.openssl.org/3.0/man7/migration_guide/",
  },
  {
    where: "dotnet",
    text: "until then SslProtocols.Tls, and TLS 1.0\\Client Enabled=1 under the registry's SCHANNEL\\Protocols",
    source: "https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings",
  },
  {
    where: "rustls",
    text: "no setting: rustls has TLS 1.2 and 1.3 only",
    source: "https://docs.rs/rustls/latest/rustls/version/index.html",
  },
  {
    where: "gnutls",
    text: "until then priority NORMAL:+VERS-TLS1.1:+VERS-TLS1.0",
    source: "https://www.gnutls.org/manual/html_node/Priority-Strings.html",
  },
  {
    where: "nss",
    text: "Firefox: security.tls.version.min = 1",
    source: "https://support.mozilla.org/kb/secure-connection-failed-firefox-did-not-connect",
  },
];
