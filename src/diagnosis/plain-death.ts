/** The end right after the hello when no known trait explains it: only how it ended is known, and the server name. */
import type { Claim } from "./contract.ts";
import { type Death, deathOf, deathWords, traitsOf } from "./death.ts";
import { isAlike } from "./offer.ts";
import type { View } from "./view.ts";

/** The claim of the rules that only say how a connection ended. */
export function plainDeath(view: View, death: Death, summary: string): Claim | undefined {
  const { failing, working } = view;
  if (deathOf(view) !== death) return undefined;
  const ending = failing.evidence(failing.failure?.packet, deathWords(view));
  const traits = traitsOf(view);
  const name = failing.offer.serverName;
  const isNameOnly = working?.serverHello !== undefined && traits.length === 1 && traits[0] === "name" && view.blocked.length === 0;
  if (isNameOnly && working !== undefined) {
    return {
      confidence: "likely",
      summary: `${summary}; of two hellos the one for ${name} is affected and the one for ${working.offer.serverName ?? "no name"} is not`,
      evidence: [
        failing.evidence(failing.hello?.packet, `asks for ${name}`),
        working.evidence(working.hello?.packet, `asks for ${working.offer.serverName ?? "no name"}, and is answered`),
        ending,
      ],
    };
  }
  if (
    working?.serverHello !== undefined &&
    traits.length === 0 &&
    view.blocked.length === 0 &&
    view.isSameServer &&
    isAlike(failing.offer, working.offer)
  ) {
    return {
      confidence: "likely",
      summary: `${summary}, though an equal hello was answered: the reason is not in the hello`,
      evidence: [
        failing.evidence(failing.hello?.packet, `a ClientHello of ${failing.helloLength} octets`),
        working.evidence(working.serverHello.packet, "an equal hello is answered by the same server"),
        ending,
      ],
    };
  }
  return {
    confidence: "possible",
    summary,
    evidence: [failing.evidence(failing.hello?.packet, `a ClientHello of ${failing.helloLength} octets`), ending],
  };
}
