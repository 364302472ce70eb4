/** The client came back with an older version, and the server noticed. */
import type { Rule } from "../contract.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const fallbackScsv: Rule = {
  id: "fallback-scsv",
  title: "A retry with an older version was refused",
  words: () => ({
    symptoms: received(86),
    cause:
      "The application tried again with an older version after a first failure, and says so with TLS_FALLBACK_SCSV. A server that knows better refuses it, so that nobody can force the retry from outside.",
    proof: "The hello holds TLS_FALLBACK_SCSV (0x5600), and the server answers inappropriate_fallback.",
    disproof: "0x5600 is not in the hello",
    fixes: [
      {
        where: "client",
        text: "take out the code that retries with an older version, and find out why the first attempt failed",
        source: "https://www.rfc-editor.org/rfc/rfc7507#section-4",
      },
      { where: "openssl", text: "s_client without -fallback_scsv", source: "https://docs.openssl.org/3.0/man1/openssl-s_client/" },
      { where: "gnutls", text: "priority without %FALLBACK_SCSV", source: "https://www.gnutls.org/manual/html_node/Priority-Strings.html" },
      {
        where: "java",
        text: "OkHttp: one ConnectionSpec instead of a fallback list",
        source: "https://square.github.io/okhttp/features/https/",
      },
    ],
    references: ["RFC 7507"],
  }),
  explains: ["protocol-version-too-low", "handshake-failure-unspecified"],
  check(view) {
    const { failing } = view;
    if (!failing.refusedWith(86)) return undefined;
    const sent = failing.offer.suites.includes(0x5600);
    return {
      confidence: sent ? "certain" : "likely",
      summary: "the client retried with an older version, and the server, which knows a newer one, refused the fallback",
      evidence: [
        failing.evidence(failing.hello?.packet, sent ? "holds TLS_FALLBACK_SCSV (0x5600)" : "offers no newer version"),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
