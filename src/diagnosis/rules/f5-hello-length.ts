/** A length of the hello that old balancers read wrongly. */
import type { Rule } from "../contract.ts";
import { deathClaim, deathOf } from "../death.ts";
import { SILENCE } from "../symptoms.ts";

export const f5HelloLength: Rule = {
  id: "f5-hello-length",
  title: "A hello of 256 to 511 octets gets no answer",
  words: () => ({
    symptoms: SILENCE,
    cause:
      "Old F5 balancers take a hello of 256 to 511 octets for one of SSL 2.0 and wait for more. Clients with the padding extension (curl, Python, NSS) lengthen such hellos to 512; s_client, Java, GnuTLS and Go do not.",
    proof: "The failing hello has 256 to 511 octets without padding and gets no answer; a shorter or a padded one is answered.",
    disproof: "a hello of such a length is answered",
    fixes: [
      { where: "server", text: "update the balancer", source: "https://www.rfc-editor.org/rfc/rfc7685" },
      {
        where: "openssl",
        text: "SSL_OP_TLSEXT_PADDING (s_client -bugs)",
        source: "https://docs.openssl.org/3.0/man3/SSL_CTX_set_options/",
      },
      { where: "gnutls", text: "priority with %DUMBFW", source: "https://www.gnutls.org/manual/html_node/Priority-Strings.html" },
      {
        where: "go",
        text: "change the length of the hello: another list in NextProtos or CipherSuites",
        source: "https://github.com/golang/go/issues/39271",
      },
      {
        where: "java",
        text: "change the length of the hello: fewer suites in jdk.tls.client.cipherSuites",
        source: "https://www.rfc-editor.org/rfc/rfc7685",
      },
    ],
    references: ["RFC 7685", "https://github.com/golang/go/issues/39271", "https://github.com/openssl/openssl/issues/12351"],
  }),
  explains: ["no-answer-timeout", "hello-length-mod-256"],
  needsWholeHello: true,
  check(view) {
    const { failing, working } = view;
    if (deathOf(view) !== "silence") return undefined;
    return deathClaim(
      view,
      "length",
      "possible",
      `a hello of ${failing.helloLength} octets gets no answer: some old balancers hang on 256 to 511`,
      `the hello has ${failing.helloLength} octets and no padding`,
      `answers a hello of ${working?.helloLength ?? 0} octets`,
    );
  },
};
