/** The HelloRetryRequest asks for what the hello already had. */
import type { Rule } from "../contract.ts";
import { fixServer } from "../fixes/server.ts";
import { dataOf, EXTENSION, numberOf, offerOf } from "../offer.ts";
import { endWords } from "../suites.ts";
import type { CodePoint } from "../../registry/codepoint.ts";

export const hrrSameGroup: Rule = {
  id: "hrr-same-group",
  title: "A HelloRetryRequest for a group already shared",
  words: () => ({
    symptoms: [
      { stack: "Go", text: "tls: server sent an unnecessary HelloRetryRequest key_share" },
      { stack: "OpenSSL", text: "SSL routines:tls_parse_stoc_key_share:bad key share" },
    ],
    cause:
      "A HelloRetryRequest must name a group for which the client sent no key share yet. One that names a group of the first hello changes nothing, and clients must abort.",
    proof: "The group of the HelloRetryRequest is among the key shares of the first hello.",
    disproof: "the first hello has no key share for that group",
    fixes: fixServer(
      "fix the server or balancer: it must take the share that is there",
      "https://www.rfc-editor.org/rfc/rfc9846#section-4.2.8",
    ),
    references: ["RFC 9846 §4.2.8"],
  }),
  explains: ["hrr-second-hello-reset"],
  check(view) {
    const { failing } = view;
    const retry = failing.retries[0];
    const group = dataOf(retry?.extensions, EXTENSION.keyShare)?.["group"] as CodePoint | undefined;
    if (retry === undefined || group === undefined || failing.hello === undefined || failing.established) return undefined;
    if (!offerOf(failing.hello).shares.includes(numberOf(group))) return undefined;
    return {
      confidence: "certain",
      summary: `the server asks for a key share of ${group.name ?? group.id}, which the first hello already had`,
      evidence: [
        failing.evidence(failing.hello.packet, `holds a key share of ${group.name ?? group.id}`),
        failing.evidence(retry.packet, `the HelloRetryRequest asks for ${group.name ?? group.id}`),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
