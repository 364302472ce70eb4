/** Fixes where one side demands extended_master_secret. */
import type { Fix } from "../contract.ts";

export const EXTENDED_MASTER_SECRET: readonly Fix[] = [
  {
    where: "server",
    text: "use TLS 1.3, which always has it, or a TLS library that knows RFC 7627 (OpenSSL 1.1.0, Go 1.21, GnuTLS 3.4, JDK 8u161 or later)",
    source: "https://www.rfc-editor.org/rfc/rfc7627",
  },
  { where: "go", text: "build with Go 1.21 or later", source: "https://go.dev/doc/go1.21#crypto-tls", before: "1.21" },
  {
    where: "go",
    text: "in FIPS mode only: GODEBUG=fips140=off, if the rules allow it",
    source: "https://go.dev/doc/security/fips140",
    from: "1.24",
  },
  {
    where: "java",
    text: "-Djdk.tls.useExtendedMasterSecret=true; to accept peers without it -Djdk.tls.allowLegacyMasterSecret=true",
    source: "https://docs.oracle.com/en/java/javase/21/security/java-secure-socket-extension-jsse-reference-guide.html",
  },
  {
    where: "openssl",
    text: "in FIPS mode only: tls1-prf-ems-check of the FIPS provider; RHEL 9: update-crypto-policies --set FIPS:NO-ENFORCE-EMS",
    source: "https://docs.openssl.org/3.1/man5/fips_config/",
  },
  {
    where: "rustls",
    text: "ClientConfig.require_ems = false (true by default with a FIPS provider)",
    source: "https://docs.rs/rustls/latest/rustls/struct.ClientConfig.html",
  },
  { where: "gnutls", text: "leave out %FORCE_SESSION_HASH", source: "https://www.gnutls.org/manual/html_node/Priority-Strings.html" },
];
