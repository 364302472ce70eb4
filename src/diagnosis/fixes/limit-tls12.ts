/** Fixes where a server or a box on the path cannot stand a hello with TLS 1.3. */
import type { Fix } from "../contract.ts";

export const LIMIT_TLS12: readonly Fix[] = [
  {
    where: "server",
    text: "update the server, or the firewall or balancer before it: versions that it does not know must be ignored",
    source: "https://www.rfc-editor.org/rfc/rfc9846#section-4.2.1",
  },
  {
    where: "go",
    text: "until then tls.Config{MaxVersion: tls.VersionTLS12} for this host",
    source: "https://pkg.go.dev/crypto/tls#Config",
  },
  {
    where: "python",
    text: "until then ctx.maximum_version = ssl.TLSVersion.TLSv1_2",
    source: "https://docs.python.org/3/library/ssl.html#ssl.SSLContext.maximum_version",
  },
  {
    where: "node",
    text: 'until then maxVersion: "TLSv1.2", or node --tls-max-v1.2',
    source: "https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions",
  },
  {
    where: "java",
    text: "until then -Djdk.tls.client.protocols=TLSv1.2",
    source: "https://docs.oracle.com/en/java/javase/21/security/java-secure-socket-extension-jsse-reference-guide.html",
  },
  { where: "openssl", text: "until then curl --tls-max 1.2, s_client -no_tls1_3", source: "https://curl.se/docs/manpage.html#--tls-max" },
  {
    where: "dotnet",
    text: "until then SslProtocols.Tls12",
    source: "https://learn.microsoft.com/dotnet/api/system.security.authentication.sslprotocols",
  },
  {
    where: "rustls",
    text: "until then builder_with_protocol_versions(&[&rustls::version::TLS12])",
    source: "https://docs.rs/rustls/latest/rustls/struct.ClientConfig.html",
  },
  {
    where: "gnutls",
    text: "until then priority NORMAL:-VERS-TLS1.3",
    source: "https://www.gnutls.org/manual/html_node/Priority-Strings.html",
  },
  {
    where: "nss",
    text: "Firefox: security.tls.version.max = 3",
    source: "https://support.mozilla.org/kb/secure-connection-failed-firefox-did-not-connect",
  },
];
