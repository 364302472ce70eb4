/** The server chose a suite that was not offered. */
import type { Rule } from "../contract.ts";
import { fixServer } from "../fixes/server.ts";
import { numberOf } from "../offer.ts";
import { endWords } from "../suites.ts";

export const serverSuiteNotOffered: Rule = {
  id: "server-suite-not-offered",
  title: "The server chose a suite that was not offered",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: server chose an unconfigured cipher suite" },
      { stack: "OpenSSL", text: "SSL routines:set_client_ciphersuite:wrong cipher returned" },
      { stack: "Java", text: "javax.net.ssl.SSLHandshakeException: The server selected cipher suite is not in the list of offered" },
    ],
    cause: "The server, or a box before it that answers in its place, does not read the client's list. Clients must abort.",
    proof: "The ServerHello names a suite that the ClientHello of the same connection does not have.",
    disproof: "the suite is in the list after all: then the client objects to something else",
    fixes: [
      ...fixServer("fix or replace it: it must choose from the client's list", "https://www.rfc-editor.org/rfc/rfc9846#section-4.1.3"),
      {
        where: "client",
        text: "until then offer that suite, where it is not a broken one",
        source: "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.1.3",
      },
    ],
    references: ["RFC 5246 §7.4.1.3", "RFC 9846 §4.1.3"],
  }),
  explains: ["server-sigalg-not-offered", "no-common-cipher-suite", "bad-server-signature"],
  check(view) {
    const { failing } = view;
    const suite = failing.serverHello?.cipherSuite;
    if (suite === undefined || failing.hello?.cipherSuites === undefined || failing.established) return undefined;
    if (
      failing.serverHello?.sslv2 === true ||
      failing.hello.cipherSuites.some(({ id }) => numberOf({ id, name: null }) === numberOf(suite))
    )
      return undefined;
    return {
      confidence: "certain",
      summary: `the server chose ${suite.name ?? "a suite"} (${suite.id}), which the client had not offered`,
      evidence: [
        failing.evidence(failing.hello.packet, `offers ${failing.hello.cipherSuites.length} cipher suites, not ${suite.id}`),
        failing.evidence(failing.serverHello?.packet, `the server chooses ${suite.id}`),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
