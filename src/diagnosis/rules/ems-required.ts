/** The client insists on extended_master_secret, and the server does not know it. */
import type { Rule } from "../contract.ts";
import { EXTENDED_MASTER_SECRET } from "../fixes/extended-master-secret.ts";
import { EXTENSION, hasExtension } from "../offer.ts";
import { endWords } from "../suites.ts";

export const emsRequired: Rule = {
  id: "ems-required",
  title: "The client insists on extended_master_secret",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: FIPS 140-3 requires the use of Extended Master Secret" },
      { stack: "OpenSSL", text: "SSL routines:tls1_PRF:ems not enabled" },
      { stack: "Java", text: "javax.net.ssl.SSLHandshakeException: Extended Master Secret extension is required" },
      { stack: "rustls", text: "PeerIncompatible(ExtendedMasterSecretExtensionRequired)" },
    ],
    cause:
      "FIPS 140-3 demands extended_master_secret in TLS 1.2. Clients in FIPS mode (RHEL 9, Go, rustls), or configured so, do not connect to servers without it.",
    proof:
      "The ServerHello (TLS 1.2 or older) does not answer extended_master_secret, and the client sends handshake_failure right after it.",
    disproof: "extended_master_secret is in the ServerHello",
    fixes: EXTENDED_MASTER_SECRET,
    references: ["RFC 7627 §5.2", "https://docs.openssl.org/3.1/man5/fips_config/"],
  }),
  explains: ["client-left-during-handshake", "bad-server-signature"],
  check(view) {
    const { failing, working } = view;
    const hello = failing.serverHello;
    if (
      hello?.extensions === undefined ||
      failing.isTls13 ||
      failing.version < 0x0301 ||
      failing.alert?.by !== "client" ||
      ![40, 71].includes(failing.alert.number)
    )
      return undefined;
    if (
      failing.messages.some(({ type, from }) => type === "change_cipher_spec" && from === "client") ||
      !failing.offer.extensions.includes(EXTENSION.extendedMasterSecret)
    )
      return undefined;
    if (hasExtension(hello.extensions, EXTENSION.extendedMasterSecret) || !hasExtension(hello.extensions, EXTENSION.renegotiationInfo))
      return undefined;
    const isSame = working !== undefined && working.serverHello !== undefined && !working.isTls13;
    return {
      confidence: isSame ? "likely" : "possible",
      summary: "the server does not know extended_master_secret (RFC 7627), and the client does not connect without it",
      evidence: [
        failing.evidence(hello.packet, "the server's hello does not answer extended_master_secret"),
        failing.evidence(failing.alert.packet, endWords(view)),
        ...(isSame
          ? [
              working.evidence(
                working.serverHello?.packet,
                hasExtension(working.serverHello?.extensions, EXTENSION.extendedMasterSecret)
                  ? "here it is answered"
                  : "this client does not insist on it",
              ),
            ]
          : []),
      ],
    };
  },
};
