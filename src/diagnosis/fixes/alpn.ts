/** Fixes of the application protocols that a client offers. */
import type { Fix } from "../contract.ts";

export const ALPN: readonly Fix[] = [
  {
    where: "server",
    text: "list a protocol that the clients speak: http/1.1 beside h2",
    source: "https://www.rfc-editor.org/rfc/rfc7301#section-3.2",
  },
  { where: "go", text: 'tls.Config.NextProtos: []string{"h2", "http/1.1"}', source: "https://pkg.go.dev/crypto/tls#Config" },
  {
    where: "python",
    text: 'ctx.set_alpn_protocols(["h2", "http/1.1"])',
    source: "https://docs.python.org/3/library/ssl.html#ssl.SSLContext.set_alpn_protocols",
  },
  { where: "node", text: 'ALPNProtocols: ["h2", "http/1.1"]', source: "https://nodejs.org/api/tls.html#tlsconnectoptions-callback" },
  {
    where: "java",
    text: 'SSLParameters.setApplicationProtocols(new String[] {"h2", "http/1.1"})',
    source: "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/javax/net/ssl/SSLParameters.html",
  },
  {
    where: "openssl",
    text: "curl --http1.1, --http2 or --no-alpn; s_client -alpn h2,http/1.1",
    source: "https://curl.se/docs/manpage.html#--no-alpn",
  },
  {
    where: "dotnet",
    text: "SslClientAuthenticationOptions.ApplicationProtocols",
    source: "https://learn.microsoft.com/dotnet/api/system.net.security.sslclientauthenticationoptions.applicationprotocols",
  },
  {
    where: "rustls",
    text: "config.alpn_protocols",
    source: "https://docs.rs/rustls/latest/rustls/struct.ClientConfig.html#structfield.alpn_protocols",
  },
  { where: "gnutls", text: "--alpn h2 --alpn http/1.1", source: "https://www.gnutls.org/manual/html_node/gnutls_002dcli-Invocation.html" },
  { where: "boringssl", text: "Chrome: --disable-http2", source: "https://peter.sh/experiments/chromium-command-line-switches/" },
];
