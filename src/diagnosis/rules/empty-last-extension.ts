/** The last extension is empty, which an old server cannot handle. */
import type { Rule } from "../contract.ts";
import { deathClaim } from "../death.ts";
import { CLOSED, RESET } from "../symptoms.ts";

export const emptyLastExtension: Rule = {
  id: "empty-last-extension",
  title: "The server breaks on an empty last extension",
  words: () => ({
    symptoms: [...RESET, ...CLOSED],
    cause:
      "WebSphere 7 and others misread a hello whose last extension is empty. OpenSSL 1.0.2 ends so; a client that shuffles its extensions fails only now and then.",
    proof: "The failing hello ends with an empty extension and is dropped; a hello that does not is answered.",
    disproof: "a hello with an empty last extension is answered",
    fixes: [
      { where: "server", text: "update it", source: "https://www.rfc-editor.org/rfc/rfc9846#section-4.2" },
      {
        where: "openssl",
        text: "upgrade from 1.0.2, or SSL_OP_TLSEXT_PADDING",
        source: "https://docs.openssl.org/1.1.1/man3/SSL_CTX_set_options/",
      },
      { where: "client", text: "let another extension come last", source: "https://www.rfc-editor.org/rfc/rfc7685" },
    ],
    references: ["RFC 9846 §4.2", "https://commondatastorage.googleapis.com/chromium-boringssl-docs/ssl.h.html"],
  }),
  explains: ["rst-after-client-hello", "fin-after-client-hello", "no-answer-timeout", "f5-hello-length", "tls-fingerprint-blocking"],
  needsWholeHello: true,
  check(view) {
    const last = view.failing.hello?.extensions?.at(-1);
    const name = last === undefined ? "" : `${last.name ?? "an extension"} (${last.id})`;
    return deathClaim(
      view,
      "empty-last",
      "possible",
      `the server breaks on a hello whose last extension, ${name}, is empty`,
      `the last extension is ${name}, of 0 octets`,
      "answers a hello that does not end so",
    );
  },
};
