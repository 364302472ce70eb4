/** The server refuses groups or key shares that it does not know. */
import type { Rule } from "../contract.ts";
import { LARGE_GROUPS } from "../death.ts";
import { LARGE_HELLO } from "../fixes/large-hello.ts";
import { endWords } from "../suites.ts";
import { received } from "../symptoms.ts";

export const pqGroupIntolerance: Rule = {
  id: "pq-group-intolerance",
  title: "The server refuses unknown groups",
  words: () => ({
    symptoms: [...received(47), ...received(50)],
    cause: "A server must ignore groups that it does not know. Some refuse the whole hello as soon as it contains a post-quantum group.",
    proof: "The failing hello names post-quantum groups and is refused with an alert; without them the server answers.",
    disproof: "a hello with such groups is answered by the same server",
    fixes: LARGE_HELLO,
    references: ["RFC 9846 §4.2.7", "RFC 8701"],
  }),
  check(view) {
    const { failing, working } = view;
    if (!failing.refusedWith(47, 50) || view.blocked.length > 0) return undefined;
    const groups = failing.offer.groups.filter((group) => LARGE_GROUPS.includes(group));
    if (groups.length === 0 || working === undefined || working.offer.groups.some((group) => LARGE_GROUPS.includes(group)))
      return undefined;
    return {
      confidence: "possible",
      summary: "the server may refuse a hello that names post-quantum groups",
      evidence: [
        failing.evidence(failing.hello?.packet, `names ${groups.length} post-quantum groups`),
        working.evidence(working.serverHello?.packet, "answers a hello without any"),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  },
};
