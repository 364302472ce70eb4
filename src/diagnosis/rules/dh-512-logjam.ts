/** The server's Diffie-Hellman group is below 1024 bits. */
import type { Rule } from "../contract.ts";
import { dhClaim } from "../groups.ts";
import { DH_SIZE } from "../fixes/dh-size.ts";

export const dh512Logjam: Rule = {
  id: "dh-512-logjam",
  title: "The server's DH group is below 1024 bits",
  words: () => ({
    symptoms: [
      { stack: "OpenSSL", text: "SSL routines:tls_process_ske_dhe:dh key too small" },
      { stack: "Java", text: "javax.net.ssl.SSLHandshakeException: DH ServerKeyExchange does not comply to algorithm constraints" },
      { stack: "Node.js", text: "ERR_SSL_DH_KEY_TOO_SMALL" },
      { stack: "Firefox", text: "SSL_ERROR_WEAK_SERVER_EPHEMERAL_DH_KEY" },
    ],
    cause:
      "Groups of this size can be broken (Logjam), and every current client refuses them. Clients that offer no DHE, or the groups of RFC 7919, never see the weak group.",
    proof: "The prime in ServerKeyExchange has less than 1024 bits, and the client aborts right after it.",
    disproof: "the client's alert came before ServerKeyExchange",
    fixes: DH_SIZE,
    references: ["https://weakdh.org/", "RFC 7919"],
  }),
  explains: ["dh-key-too-small", "insufficient-security", "bad-server-signature", "unsafe-legacy-renegotiation", "ems-required"],
  check: (view) => dhClaim(view, 0, 1023),
};
