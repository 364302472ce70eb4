/** The hello offers no uncompressed records. */
import type { Rule } from "../contract.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const noNullCompression: Rule = {
  id: "no-null-compression",
  title: "compression_methods lacks null",
  words: () => ({
    symptoms: [...received(50), ...received(47)],
    cause: "Every hello must list the compression method null, and one with TLS 1.3 nothing else.",
    proof: "compression_methods of the hello lacks 0, and the server refuses it.",
    disproof: "0 is in the list",
    fixes: [
      {
        where: "client",
        text: "list the compression method null (0) only",
        source: "https://www.rfc-editor.org/rfc/rfc9846#section-4.1.2",
      },
    ],
    references: ["RFC 5246 §7.4.1.2", "RFC 9846 §4.1.2"],
  }),
  explains: ["decode-error", "illegal-parameter", "handshake-failure-unspecified", "no-common-cipher-suite"],
  check(view) {
    const { failing } = view;
    const { compression } = failing.offer;
    if (
      !failing.refusedWith(40, 47, 50) ||
      failing.hello?.compressionMethods === undefined ||
      failing.hello.sslv2 === true ||
      compression.includes(0)
    )
      return undefined;
    return {
      confidence: "certain",
      summary: "the hello offers no uncompressed records, which every hello must",
      evidence: [
        failing.evidence(failing.hello.packet, `compression_methods ${compression.join(", ") || "empty"}, without null (0)`),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
