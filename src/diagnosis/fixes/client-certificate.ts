/** Fixes where the client's certificate is not sent or not accepted. */
import type { Fix } from "../contract.ts";

export const CLIENT_CERTIFICATE: readonly Fix[] = [
  {
    where: "go",
    text: "tls.Config.Certificates with leaf and intermediates; GetClientCertificate sends it whatever CAs the server names",
    source: "https://pkg.go.dev/crypto/tls#Config",
  },
  {
    where: "python",
    text: 'ctx.load_cert_chain("chain.pem", "key.pem")',
    source: "https://docs.python.org/3/library/ssl.html#ssl.SSLContext.load_cert_chain",
  },
  {
    where: "node",
    text: "the options cert (with the chain) and key",
    source: "https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions",
  },
  {
    where: "java",
    text: "-Djavax.net.ssl.keyStore with a PKCS #12 that holds the whole chain; JSSE chooses by the CAs that the server names",
    source: "https://docs.oracle.com/en/java/javase/21/security/java-secure-socket-extension-jsse-reference-guide.html",
  },
  { where: "openssl", text: "curl --cert chain.pem --key key.pem", source: "https://curl.se/docs/manpage.html#-E" },
  {
    where: "dotnet",
    text: "ClientCertificates, or LocalCertificateSelectionCallback",
    source: "https://learn.microsoft.com/dotnet/api/system.net.security.sslclientauthenticationoptions",
  },
  { where: "rustls", text: "with_client_auth_cert", source: "https://docs.rs/rustls/latest/rustls/struct.ClientConfig.html" },
  {
    where: "gnutls",
    text: "--x509certfile chain.pem --x509keyfile key.pem",
    source: "https://www.gnutls.org/manual/html_node/gnutls_002dcli-Invocation.html",
  },
  {
    where: "nss",
    text: "import the PKCS #12 file in the certificate manager",
    source: "https://support.mozilla.org/kb/setting-certificate-authorities-firefox",
  },
  {
    where: "boringssl",
    text: "the policy AutoSelectCertificateForUrls",
    source: "https://chromeenterprise.google/policies/#AutoSelectCertificateForUrls",
  },
];
