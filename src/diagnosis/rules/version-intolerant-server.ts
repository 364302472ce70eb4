/** The server, or a box before it, breaks on a hello that offers TLS 1.3. */
import type { Rule } from "../contract.ts";
import { deathClaim, deathOf } from "../death.ts";
import { LIMIT_TLS12 } from "../fixes/limit-tls12.ts";
import { endWords } from "../suites.ts";
import { offersAllOf } from "../offer.ts";
import { CLOSED, RESET } from "../symptoms.ts";

export const versionIntolerantServer: Rule = {
  id: "version-intolerant-server",
  title: "The server breaks on hellos with TLS 1.3",
  words: () => ({
    symptoms: [...RESET, ...CLOSED],
    cause:
      "A server must ignore versions and extensions that it does not know. Some old servers and firewalls drop the connection instead as soon as TLS 1.3 is offered.",
    proof: "Without TLS 1.3 in the hello the same server answers; with it the connection ends at once, without an answer.",
    disproof: "another hello with TLS 1.3 is answered at the same address",
    fixes: LIMIT_TLS12,
    references: ["RFC 9846 §4.2.1", "RFC 9846 §D", "https://go.dev/doc/go1.12#tls_1_3"],
  }),
  explains: [
    "rst-after-client-hello",
    "fin-after-client-hello",
    "no-answer-timeout",
    "pq-large-hello-rst",
    "pq-large-hello-timeout",
    "tls-fingerprint-blocking",
    "handshake-failure-unspecified",
  ],
  check(view) {
    const { failing, working } = view;
    if (working === undefined || working.offer.versions.includes(0x0304)) return undefined;
    const summary = "the server, or a box before it, breaks on a hello that offers TLS 1.3";
    const found = deathClaim(view, "tls13", undefined, summary, "offers TLS 1.3", "without TLS 1.3 in the hello the server answers");
    if (found !== undefined || deathOf(view) !== undefined) return found;
    // With an alert, only where nothing that the server chose was missing.
    const isRefused = failing.refusedWith(70, 47, 50) || (failing.refusedWith(40) && offersAllOf(failing.offer, working.offer));
    if (!isRefused || !failing.offer.versions.includes(0x0304) || view.blocked.length > 0) return undefined;
    return {
      confidence: "likely",
      summary,
      evidence: [
        failing.evidence(failing.hello?.packet, "offers TLS 1.3 beside what the server chose elsewhere"),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
