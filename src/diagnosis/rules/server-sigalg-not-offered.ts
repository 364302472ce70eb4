/** The server signed with a scheme that was not offered. */
import type { Rule } from "../contract.ts";
import { fixServer } from "../fixes/server.ts";
import { SHA1_SIGNATURE } from "../fixes/sha1-signature.ts";
import { numberOf } from "../offer.ts";
import { endWords } from "../suites.ts";

export const serverSigalgNotOffered: Rule = {
  id: "server-sigalg-not-offered",
  title: "The server signed with a scheme that was not offered",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: certificate used with invalid signature algorithm" },
      { stack: "OpenSSL", text: "SSL routines:tls12_check_peer_sigalg:wrong signature type" },
      { stack: "Node.js", text: "ERR_SSL_WRONG_SIGNATURE_TYPE" },
      {
        stack: "Java",
        text: "javax.net.ssl.SSLHandshakeException: Unsupported signature algorithm (rsa_pkcs1_sha1) used in ServerKeyExchange handshake message",
      },
    ],
    cause: "The server does not read signature_algorithms and signs as it always does, often with SHA-1. Clients must abort.",
    proof: "The scheme of ServerKeyExchange (or CertificateVerify) is not in signature_algorithms of the same connection.",
    disproof: "the scheme is in the list",
    fixes: [
      ...fixServer(
        "fix or update it: it must sign with a scheme from the client's list",
        "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.1.4.1",
      ),
      ...SHA1_SIGNATURE.filter(({ where }) => where !== "server"),
    ],
    references: ["RFC 5246 §7.4.1.4.1", "RFC 9846 §4.2.3"],
  }),
  explains: ["bad-server-signature", "unsafe-legacy-renegotiation", "ems-required"],
  check(view) {
    const { failing } = view;
    const { scheme } = failing.choice;
    const { schemes } = failing.offer;
    if (scheme === undefined || schemes === undefined || schemes.includes(numberOf(scheme)) || failing.established) return undefined;
    if (failing.abort === undefined) return undefined;
    return {
      confidence: failing.alert === undefined ? "likely" : "certain",
      summary: `the server signs with ${scheme.name ?? scheme.id} (${scheme.id}), which the client had not offered`,
      evidence: [
        failing.evidence(failing.hello?.packet, `signature_algorithms has ${schemes.length} schemes, not ${scheme.id}`),
        failing.evidence(
          (failing.first("server_key_exchange") ?? failing.first("certificate_verify"))?.packet,
          `the server signs with ${scheme.name ?? scheme.id}`,
        ),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
