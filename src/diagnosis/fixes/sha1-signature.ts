/** Fixes where the server signs the handshake with SHA-1 only. */
import type { Fix } from "../contract.ts";

export const SHA1_SIGNATURE: readonly Fix[] = [
  {
    where: "server",
    text: "update its TLS library or the firmware of its key module so that it signs with SHA-256 or better",
    source: "https://www.rfc-editor.org/rfc/rfc9155",
  },
  {
    where: "go",
    text: "until then GODEBUG=tlssha1=1 (Go 1.25 and later; earlier ones accept SHA-1)",
    source: "https://go.dev/doc/go1.25#crypto-tls",
    from: "1.25",
  },
  {
    where: "python",
    text: 'until then ctx.set_ciphers("DEFAULT@SECLEVEL=0") for this host; price: every weak algorithm',
    source: "https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/",
  },
  {
    where: "node",
    text: 'until then ciphers: "DEFAULT@SECLEVEL=0" for this host; price: every weak algorithm',
    source: "https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions",
  },
  {
    where: "java",
    text: "JDK 25 and later: restate jdk.tls.disabledAlgorithms without rsa_pkcs1_sha1 usage HandshakeSignature",
    source: "https://www.oracle.com/java/technologies/javase/25-relnote-issues.html",
  },
  {
    where: "openssl",
    text: "until then --ciphers DEFAULT@SECLEVEL=0 for this host; price: every weak algorithm",
    source: "https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/",
  },
  { where: "dotnet", text: "Linux: CipherString = DEFAULT@SECLEVEL=0 in openssl.cnf", source: "https://docs.openssl.org/3.0/man5/config/" },
  {
    where: "rustls",
    text: "no setting: rustls verifies no SHA-1 signature",
    source: "https://docs.rs/rustls/latest/rustls/manual/_04_features/index.html",
  },
];
