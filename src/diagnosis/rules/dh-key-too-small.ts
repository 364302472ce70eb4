/** The server's Diffie-Hellman group is smaller than the client allows. */
import type { Rule } from "../contract.ts";
import { dhClaim } from "../groups.ts";
import { DH_SIZE } from "../fixes/dh-size.ts";

export const dhKeyTooSmall: Rule = {
  id: "dh-key-too-small",
  title: "The server's DH group is too small for the client",
  words: () => ({
    symptoms: [
      { stack: "OpenSSL", text: "SSL routines:tls_process_ske_dhe:dh key too small" },
      { stack: "Python", text: "ssl.SSLError: [SSL: DH_KEY_TOO_SMALL] dh key too small" },
      { stack: "Node.js", text: "ERR_SSL_DH_KEY_TOO_SMALL" },
      { stack: "Java", text: "javax.net.ssl.SSLHandshakeException: DH ServerKeyExchange does not comply to algorithm constraints" },
    ],
    cause:
      "OpenSSL at security level 2 wants 2048 bits: that is the default of Debian and Ubuntu, of OpenSSL from 3.2, of Node.js from 24 and of Python from 3.10. At level 1 it takes 1024.",
    proof: "The prime in ServerKeyExchange has less than 2048 bits, and the client aborts right after it.",
    disproof: "the prime has 2048 bits or more, or the client's alert came before ServerKeyExchange",
    fixes: DH_SIZE,
    references: ["https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/", "RFC 7919"],
  }),
  explains: ["insufficient-security", "bad-server-signature", "unsafe-legacy-renegotiation", "ems-required"],
  check: (view) => dhClaim(view, 1024, 2047),
};
