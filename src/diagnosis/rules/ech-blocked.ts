/** Something on the path drops hellos with encrypted_client_hello. */
import type { Rule } from "../contract.ts";
import { deathClaim, traitsOf } from "../death.ts";
import { RESET, SILENCE } from "../symptoms.ts";

export const echBlocked: Rule = {
  id: "ech-blocked",
  title: "Encrypted ClientHello is blocked on the way",
  words: () => ({
    symptoms: [...RESET, ...SILENCE, { stack: "Chrome", text: "ERR_CONNECTION_RESET" }],
    cause:
      "Filters of networks and countries drop hellos with encrypted_client_hello, because it hides the server's name. Chrome and Firefox always send the extension, with or without a real configuration.",
    proof: "The failing hello has encrypted_client_hello and is reset or gets no answer; without it the server answers.",
    disproof: "the working hello has the extension as well",
    fixes: [
      { where: "path", text: "change the filter's rule", source: "https://www.rfc-editor.org/rfc/rfc9849" },
      {
        where: "boringssl",
        text: "Chrome: the policy EncryptedClientHelloEnabled = 0",
        source: "https://chromeenterprise.google/policies/",
      },
      {
        where: "nss",
        text: "Firefox: network.dns.echconfig.enabled = false",
        source: "https://support.mozilla.org/kb/faq-encrypted-client-hello",
      },
      {
        where: "server",
        text: "take ech= out of the HTTPS record in DNS; that does not stop browsers from sending the empty form",
        source: "https://www.rfc-editor.org/rfc/rfc9460",
      },
    ],
    references: ["RFC 9849", "https://github.com/net4people/bbs/issues/417"],
  }),
  explains: ["rst-after-client-hello", "no-answer-timeout", "fin-after-client-hello", "grease-intolerance", "tls-fingerprint-blocking"],
  check(view) {
    if (traitsOf(view).includes("tls13")) return undefined;
    return deathClaim(
      view,
      "ech",
      "possible",
      "hellos with encrypted_client_hello are dropped on the way to the server",
      "holds encrypted_client_hello",
      "answers a hello without it",
    );
  },
};
