/** Fixes where a certificate's key is below what the client demands. */
import type { Fix } from "../contract.ts";

export const KEY_SIZE: readonly Fix[] = [
  {
    where: "server",
    text: "have it reissued with RSA of 2048 bits or more, or P-256",
    source: "https://www.rfc-editor.org/rfc/rfc9325#section-4.5",
  },
  {
    where: "python",
    text: 'until then ctx.set_ciphers("DEFAULT@SECLEVEL=1") for this host',
    source: "https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/",
  },
  {
    where: "node",
    text: 'until then ciphers: "DEFAULT@SECLEVEL=1" for this host',
    source: "https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions",
  },
  {
    where: "openssl",
    text: "until then --ciphers DEFAULT@SECLEVEL=1 for this host",
    source: "https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/",
  },
  {
    where: "go",
    text: "RSA below 1024 bits: GODEBUG=rsa1024min=0 (Go 1.24 and later)",
    source: "https://go.dev/doc/go1.24#cryptorsapkgcryptorsa",
    from: "1.24",
  },
  { where: "rustls", text: "no setting: RSA must have 2048 to 8192 bits", source: "https://docs.rs/rustls-webpki" },
];
