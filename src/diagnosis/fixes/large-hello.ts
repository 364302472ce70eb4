/** Fixes where a ClientHello with a post-quantum key share, longer than one segment, does not get through. */
import type { Fix } from "../contract.ts";

export const LARGE_HELLO: readonly Fix[] = [
  {
    where: "server",
    text: "update the server, or the firewall or balancer before it: a ClientHello may come in several segments",
    source: "https://tldr.fail/",
  },
  {
    where: "go",
    text: "until then GODEBUG=tlsmlkem=0, or CurvePreferences: []tls.CurveID{tls.X25519, tls.CurveP256}",
    source: "https://go.dev/doc/go1.24#crypto-tls",
    from: "1.24",
  },
  {
    where: "go",
    text: "until then tls.Config.CurvePreferences without the hybrid groups: []tls.CurveID{tls.X25519, tls.CurveP256}",
    source: "https://pkg.go.dev/crypto/tls#Config",
    before: "1.24",
  },
  {
    where: "python",
    text: "until then OPENSSL_CONF with Groups = X25519:P-256 (where built with OpenSSL 3.5 or later)",
    source: "https://docs.openssl.org/3.5/man3/SSL_CTX_set1_curves/",
  },
  { where: "node", text: 'until then ecdhCurve: "X25519:P-256"', source: "https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions" },
  {
    where: "java",
    text: "until then -Djdk.tls.namedGroups=x25519,secp256r1 (where the release has hybrid groups)",
    source: "https://docs.oracle.com/en/java/javase/21/security/java-secure-socket-extension-jsse-reference-guide.html",
  },
  {
    where: "openssl",
    text: "until then curl --curves X25519:P-256, s_client -groups X25519:P-256",
    source: "https://docs.openssl.org/3.5/man3/SSL_CTX_set1_curves/",
  },
  {
    where: "dotnet",
    text: "until then Linux: Groups in openssl.cnf without the hybrids",
    source: "https://docs.openssl.org/3.0/man5/config/",
  },
  {
    where: "rustls",
    text: "until then a provider without prefer-post-quantum",
    source: "https://docs.rs/rustls/latest/rustls/manual/_05_defaults/index.html",
  },
  {
    where: "gnutls",
    text: "until then priority NORMAL:-GROUP-X25519-MLKEM768",
    source: "https://www.gnutls.org/manual/html_node/Priority-Strings.html",
  },
  { where: "nss", text: "Firefox: security.tls.enable_kyber = false", source: "https://tldr.fail/" },
  {
    where: "boringssl",
    text: "no setting in current Chrome: the policy PostQuantumKeyAgreementEnabled was removed",
    source: "https://chromeenterprise.google/policies/",
  },
];
