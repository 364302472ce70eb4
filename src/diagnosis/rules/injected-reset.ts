/** A reset that did not come from the server. */
import type { Rule } from "../contract.ts";
import { BOTH_ENDS } from "../fixes/server.ts";
import { RESET } from "../symptoms.ts";

export const injectedReset: Rule = {
  id: "injected-reset",
  title: "The reset did not come from the server",
  words: () => ({
    symptoms: RESET,
    cause:
      "Filters end connections with forged resets, often several, from somewhere between the two sides. Their time to live differs from that of the server's other packets.",
    proof: "The reset has another TTL than the server's SYN-ACK and its other packets.",
    disproof: "the server itself logs the reset",
    fixes: [
      {
        where: "path",
        text: "find the box by the number of hops that the TTL tells, and put the server on its list",
        source: "https://www.rfc-editor.org/rfc/rfc3360",
      },
      BOTH_ENDS,
    ],
    references: ["RFC 3360", "RFC 9293 §3.5.3"],
  }),
  check({ failing }) {
    if (failing.failure?.kind !== "reset" || failing.failure.by === "client") return undefined;
    const from = failing.events.filter((event) => event.from === "server" && event.ttl !== undefined);
    const reset = from.find(({ kind }) => kind === "rst");
    const ttls = new Set(from.filter(({ kind }) => kind !== "rst").map(({ ttl }) => ttl));
    const usual = [...ttls][0];
    // A server behind a balancer may have two, so that one packet alone is no measure.
    if (reset?.ttl === undefined || usual === undefined || ttls.size > 1 || Math.abs(reset.ttl - usual) < 2) return undefined;
    return {
      confidence: "likely",
      summary: "the reset was sent by something between client and server, not by the server",
      evidence: [
        failing.evidence(reset.packet, `the reset has TTL ${reset.ttl}`),
        failing.evidence(from.find(({ kind }) => kind !== "rst")?.packet, `the server's other packets have TTL ${usual}`),
      ],
    };
  },
};
