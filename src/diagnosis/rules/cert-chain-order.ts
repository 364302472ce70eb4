/** The server's certificate does not come first. */
import type { Rule } from "../contract.ts";
import { isNamed } from "../names.ts";
import { rejectionOf, subjectOf } from "../rejection.ts";

export const certChainOrder: Rule = {
  id: "cert-chain-order",
  title: "The certificates are in the wrong order",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "x509: certificate is not valid for any names, but wanted to match" },
      { stack: "mbedTLS", text: "X509 - Certificate verification failed" },
    ],
    cause:
      "The server's own certificate must come first, each following one must certify the one before. Many clients put a bundle in order themselves, some (wolfSSL, mbedTLS) do not.",
    proof: "The first certificate is not for the name that was asked for, a later one is, and the client turns away.",
    disproof: "the first certificate is the server's",
    fixes: [
      {
        where: "server",
        text: "put the file in order: the server's certificate, then the one that issued it, and so on",
        source: "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.2",
      },
    ],
    references: ["RFC 5246 §7.4.2", "RFC 9846 §4.4.2"],
  }),
  explains: [
    "hostname-mismatch",
    "unknown-ca",
    "cn-only-certificate",
    "cert-key-usage",
    "cert-eku-mismatch",
    "client-rejects-after-handshake",
  ],
  check(view) {
    const { failing } = view;
    const rejection = rejectionOf(view);
    const name = failing.offer.serverName;
    const [first, ...others] = failing.chain;
    if (rejection === undefined || name === undefined || first === undefined || isNamed(first, name)) return undefined;
    const leaf = others.find((entry) => entry.subjectAltNames !== undefined && isNamed(entry, name));
    if (leaf === undefined) return undefined;
    // An authority's certificate can be no server's, whatever the client says of it.
    const isAuthority = first.basicConstraints?.ca === true && rejection.number >= 0;
    return {
      confidence: isAuthority ? "certain" : "likely",
      summary: `the certificate for ${name} is not the first in the server's chain`,
      evidence: [
        failing.evidence(failing.certificateOf("server")?.packet, `${subjectOf(first)} precedes ${subjectOf(leaf)}`),
        failing.evidence(rejection.packet, rejection.words),
      ],
    };
  },
};
