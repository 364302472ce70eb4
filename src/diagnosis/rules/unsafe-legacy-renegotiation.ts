/** The server lacks secure renegotiation, and the client insists on it. */
import type { Rule } from "../contract.ts";
import { LEGACY_RENEGOTIATION } from "../fixes/legacy-renegotiation.ts";
import { EXTENSION, hasExtension } from "../offer.ts";
import { endWords } from "../suites.ts";

export const unsafeLegacyRenegotiation: Rule = {
  id: "unsafe-legacy-renegotiation",
  title: "The server lacks secure renegotiation",
  words: () => ({
    symptoms: [
      { stack: "OpenSSL", text: "SSL routines:final_renegotiate:unsafe legacy renegotiation disabled" },
      { stack: "Python", text: "ssl.SSLError: [SSL: UNSAFE_LEGACY_RENEGOTIATION_DISABLED] unsafe legacy renegotiation disabled" },
      { stack: "Node.js", text: "ERR_SSL_UNSAFE_LEGACY_RENEGOTIATION_DISABLED" },
      { stack: "curl", text: "curl: (35) error:0A000152:SSL routines::unsafe legacy renegotiation disabled" },
    ],
    cause:
      "OpenSSL from 3.0 no longer talks to servers without renegotiation_info (RFC 5746). Go, Java, GnuTLS, rustls, Chrome and older OpenSSL do not insist.",
    proof:
      "The hello signals secure renegotiation, the ServerHello (TLS 1.2 or older) does not, and the client sends handshake_failure right after it.",
    disproof: "renegotiation_info is in the ServerHello, or TLS 1.3 was chosen",
    fixes: LEGACY_RENEGOTIATION,
    references: ["RFC 5746", "https://docs.openssl.org/3.0/man7/migration_guide/", "https://github.com/openssl/openssl/issues/21296"],
  }),
  explains: ["ems-required", "client-left-during-handshake"],
  check(view) {
    const { failing } = view;
    const hello = failing.serverHello;
    if (hello?.extensions === undefined || failing.isTls13 || failing.abort === undefined) return undefined;
    if (failing.first("client_key_exchange") !== undefined || hasExtension(hello.extensions, EXTENSION.renegotiationInfo)) return undefined;
    const signals = failing.offer.extensions.includes(EXTENSION.renegotiationInfo) || failing.offer.suites.includes(0x00ff);
    if (!signals) return undefined;
    const isOpenssl = failing.stack.places.some((place) => place === "openssl" || place === "python" || place === "node");
    if (![40, 80].includes(failing.abort.number) && !(isOpenssl && failing.abort.number < 0)) return undefined;
    return {
      confidence: isOpenssl && failing.alert !== undefined ? "certain" : "likely",
      summary: "the server does not know secure renegotiation (RFC 5746), and the client does not connect without it",
      evidence: [
        failing.evidence(hello.packet, "the server's hello has no renegotiation_info"),
        failing.evidence(failing.abort.packet, endWords(view)),
      ],
    };
  },
};
