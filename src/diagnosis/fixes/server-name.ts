/** Fixes of the server name that a client asks for. */
import type { Fix } from "../contract.ts";

export const SERVER_NAME: readonly Fix[] = [
  { where: "go", text: "tls.Config.ServerName; of an IP address Go sends none", source: "https://pkg.go.dev/crypto/tls#Config" },
  {
    where: "python",
    text: 'ctx.wrap_socket(sock, server_hostname="host.example")',
    source: "https://docs.python.org/3/library/ssl.html#ssl.SSLContext.wrap_socket",
  },
  { where: "node", text: 'the option servername: "host.example"', source: "https://nodejs.org/api/tls.html#tlsconnectoptions-callback" },
  {
    where: "java",
    text: "SSLParameters.setServerNames(List.of(new SNIHostName(name))); by default Java sends no name without a dot or with an underscore",
    source: "https://docs.oracle.com/en/java/javase/21/docs/api/java.base/javax/net/ssl/SSLParameters.html",
  },
  {
    where: "openssl",
    text: "s_client -servername host.example; curl takes the name of the URL (--resolve for another address)",
    source: "https://curl.se/docs/manpage.html#--resolve",
  },
  {
    where: "dotnet",
    text: "SslClientAuthenticationOptions.TargetHost",
    source: "https://learn.microsoft.com/dotnet/api/system.net.security.sslclientauthenticationoptions.targethost",
  },
  {
    where: "rustls",
    text: "the ServerName given to ClientConnection::new",
    source: "https://docs.rs/rustls/latest/rustls/client/struct.ClientConnection.html",
  },
  {
    where: "gnutls",
    text: "gnutls-cli --sni-hostname host.example",
    source: "https://www.gnutls.org/manual/html_node/gnutls_002dcli-Invocation.html",
  },
];
