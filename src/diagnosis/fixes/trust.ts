/** Fixes where the client does not trust the server's chain. */
import type { Fix } from "../contract.ts";

export const TRUST: readonly Fix[] = [
  {
    where: "go",
    text: "add the CA to tls.Config.RootCAs, or name its file in SSL_CERT_FILE",
    source: "https://pkg.go.dev/crypto/x509#SystemCertPool",
  },
  {
    where: "python",
    text: 'ssl.create_default_context(cafile="ca.pem"), for requests REQUESTS_CA_BUNDLE',
    source: "https://docs.python.org/3/library/ssl.html#ssl.create_default_context",
  },
  {
    where: "node",
    text: "NODE_EXTRA_CA_CERTS=ca.pem, the option ca, or --use-system-ca",
    source: "https://nodejs.org/api/cli.html#node_extra_ca_certsfile",
  },
  {
    where: "java",
    text: "keytool -importcert into a store that -Djavax.net.ssl.trustStore names",
    source: "https://docs.oracle.com/en/java/javase/21/docs/specs/man/keytool.html",
  },
  {
    where: "openssl",
    text: "curl --cacert ca.pem, or update-ca-certificates for the whole system",
    source: "https://curl.se/docs/sslcerts.html",
  },
  {
    where: "dotnet",
    text: "import it into the store of the operating system (certlm.msc, update-ca-certificates)",
    source: "https://learn.microsoft.com/dotnet/standard/security/cross-platform-cryptography",
  },
  {
    where: "rustls",
    text: "RootCertStore::add, or rustls-platform-verifier for the system's store",
    source: "https://docs.rs/rustls/latest/rustls/struct.RootCertStore.html",
  },
  {
    where: "gnutls",
    text: "--x509cafile ca.pem, or the system's store",
    source: "https://www.gnutls.org/manual/html_node/gnutls_002dcli-Invocation.html",
  },
  {
    where: "nss",
    text: "certutil -A -t C,, -n ca -i ca.pem; Firefox: security.enterprise_roots.enabled",
    source: "https://support.mozilla.org/kb/setting-certificate-authorities-firefox",
  },
  {
    where: "boringssl",
    text: "import it into the operating system's store",
    source: "https://www.chromium.org/Home/chromium-security/root-ca-policy/",
  },
];
