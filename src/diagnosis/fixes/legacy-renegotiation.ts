/** Fixes where the server lacks secure renegotiation. */
import type { Fix } from "../contract.ts";

export const LEGACY_RENEGOTIATION: readonly Fix[] = [
  {
    where: "server",
    text: "update its TLS library: every one since 2010 sends renegotiation_info",
    source: "https://www.rfc-editor.org/rfc/rfc5746",
  },
  {
    where: "openssl",
    text: "until then s_client -legacy_server_connect; curl: OPENSSL_CONF with Options = UnsafeLegacyServerConnect",
    source: "https://docs.openssl.org/3.0/man3/SSL_CTX_set_options/",
  },
  {
    where: "python",
    text: "until then ctx.options |= ssl.OP_LEGACY_SERVER_CONNECT (before Python 3.12: 0x4)",
    source: "https://docs.python.org/3/library/ssl.html#ssl.OP_LEGACY_SERVER_CONNECT",
  },
  {
    where: "node",
    text: "until then secureOptions: crypto.constants.SSL_OP_LEGACY_SERVER_CONNECT",
    source: "https://nodejs.org/api/crypto.html#openssl-options",
  },
  {
    where: "dotnet",
    text: "Linux: Options = UnsafeLegacyServerConnect in openssl.cnf",
    source: "https://docs.openssl.org/3.0/man5/config/",
  },
  {
    where: "nss",
    text: "Firefox: security.ssl.require_safe_negotiation = false",
    source: "https://wiki.mozilla.org/Security:Renegotiation",
  },
];
