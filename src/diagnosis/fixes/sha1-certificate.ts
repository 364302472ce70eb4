/** Fixes where a certificate of the chain is signed with SHA-1. */
import type { Fix } from "../contract.ts";

export const SHA1_CERTIFICATE: readonly Fix[] = [
  { where: "server", text: "have the chain reissued with SHA-256", source: "https://www.rfc-editor.org/rfc/rfc9155" },
  {
    where: "go",
    text: "Go 1.24 and later have no switch; a tls.Config.VerifyPeerCertificate of your own, or the new certificate",
    source: "https://go.dev/doc/go1.24#cryptox509pkgcryptox509",
  },
  {
    where: "go",
    text: "until then GODEBUG=x509sha1=1 (Go 1.18 to 1.23 only)",
    source: "https://go.dev/doc/go1.18#sha1",
    from: "1.18",
    before: "1.24",
  },
  {
    where: "python",
    text: 'until then ctx.set_ciphers("DEFAULT@SECLEVEL=0") for this host',
    source: "https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/",
  },
  {
    where: "node",
    text: 'until then ciphers: "DEFAULT@SECLEVEL=0" for this host',
    source: "https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/",
  },
  {
    where: "openssl",
    text: "until then --ciphers DEFAULT@SECLEVEL=0 for this host",
    source: "https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/",
  },
  {
    where: "gnutls",
    text: "until then priority NORMAL:%VERIFY_ALLOW_SIGN_WITH_SHA1",
    source: "https://www.gnutls.org/manual/html_node/Priority-Strings.html",
  },
  { where: "rustls", text: "no setting", source: "https://docs.rs/rustls/latest/rustls/manual/_04_features/index.html" },
];
