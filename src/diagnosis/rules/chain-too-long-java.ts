/** The chain has more certificates than the client accepts. */
import type { Rule } from "../contract.ts";
import { rejectionOf } from "../rejection.ts";

export const chainTooLongJava: Rule = {
  id: "chain-too-long-java",
  title: "The certificate chain is too long for the client",
  words: () => ({
    symptoms: [
      {
        stack: "Java",
        text: "javax.net.ssl.SSLProtocolException: The certificate chain length (11) exceeds the maximum allowed length (10)",
      },
    ],
    cause: "Java takes 10 certificates at most (jdk.tls.maxCertificateChainLength, or the properties for each side since JDK 22).",
    proof: "The server's Certificate message has more than 10 certificates, and the client turns away after it.",
    disproof: "there are 10 certificates or less",
    fixes: [
      {
        where: "server",
        text: "send the server's certificate and its intermediates only",
        source: "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.2",
      },
      {
        where: "java",
        text: "-Djdk.tls.maxCertificateChainLength=20; from JDK 22 -Djdk.tls.client.maxInboundCertificateChainLength=20",
        source: "https://bugs.openjdk.org/browse/JDK-8311596",
      },
    ],
    references: ["https://bugs.openjdk.org/browse/JDK-8245417", "https://bugs.openjdk.org/browse/JDK-8311596"],
  }),
  explains: ["unknown-ca", "incomplete-chain", "unsafe-legacy-renegotiation", "ems-required", "encrypted-client-alert"],
  check(view) {
    const { failing } = view;
    const rejection = rejectionOf(view);
    const { length } = failing.chain;
    if (rejection === undefined || length <= 10) return undefined;
    return {
      confidence: failing.stack.places.includes("java") && rejection.number === 40 ? "certain" : "likely",
      summary: `the server sends ${length} certificates, more than the client accepts`,
      evidence: [
        failing.evidence(failing.certificateOf("server")?.packet, `${length} certificates`),
        failing.evidence(rejection.packet, rejection.words),
      ],
    };
  },
};
