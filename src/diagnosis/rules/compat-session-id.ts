/** A box on the path needs the compatibility mode of TLS 1.3. */
import type { Rule } from "../contract.ts";
import { deathClaim } from "../death.ts";
import { CLOSED, RESET } from "../symptoms.ts";

export const compatSessionId: Rule = {
  id: "compat-session-id",
  title: "A box on the path needs the compatibility mode",
  words: () => ({
    symptoms: [...RESET, ...CLOSED],
    cause:
      "So that TLS 1.3 looks like a resumed TLS 1.2 to boxes on the path, clients send a session id of 32 octets. A client that switched this off is dropped by boxes that do not know TLS 1.3.",
    proof: "The failing hello offers TLS 1.3 with an empty session id and is dropped; with a session id the server answers.",
    disproof: "the failing hello has a session id",
    fixes: [
      { where: "path", text: "update the firewall or balancer", source: "https://www.rfc-editor.org/rfc/rfc9846#section-D.4" },
      {
        where: "openssl",
        text: "do not clear SSL_OP_ENABLE_MIDDLEBOX_COMPAT (s_client without -no_middlebox)",
        source: "https://docs.openssl.org/3.0/man3/SSL_CTX_set_options/",
      },
      {
        where: "java",
        text: "-Djdk.tls.client.useCompatibilityMode=true",
        source: "https://docs.oracle.com/en/java/javase/21/security/java-secure-socket-extension-jsse-reference-guide.html",
      },
      {
        where: "gnutls",
        text: "priority without %DISABLE_TLS13_COMPAT_MODE",
        source: "https://www.gnutls.org/manual/html_node/Priority-Strings.html",
      },
    ],
    references: ["RFC 9846 §D.4"],
  }),
  explains: ["rst-after-client-hello", "fin-after-client-hello", "no-answer-timeout", "f5-hello-length", "tls-fingerprint-blocking"],
  check: (view) =>
    view.working?.offer.versions.includes(0x0304) === true
      ? deathClaim(
          view,
          "no-session-id",
          undefined,
          "something on the path drops hellos of TLS 1.3 without a session id",
          "offers TLS 1.3 with an empty session id",
          "a hello with a session id is answered",
        )
      : undefined,
};
