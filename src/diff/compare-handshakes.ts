/** Two handshakes to everything that differs between them, judged and in the order of importance. */
import type { Handshake } from "../handshake/handshake.ts";
import type { Difference } from "./difference.ts";
import { FACETS } from "./facets/index.ts";
import { inOrderOfImportance } from "./importance.ts";
import { judge } from "./noise.ts";
import { viewOf, type Sides } from "./view.ts";

/** What differs between two handshakes. */
export interface HandshakeComparison {
  /** The most important first; noise only where it was asked for. */
  readonly differences: Difference[];
  /** How many differences were left out because they are noise. */
  readonly hidden: { readonly noise: number };
  /** No difference is relevant. */
  readonly identical: boolean;
}

/** Compares two handshakes; with `all` the noise is told as well. Never throws, also not on a model that lacks parts. */
export function compareHandshakes(left: Handshake, right: Handshake, options: { readonly all?: boolean } = {}): HandshakeComparison {
  const sides: Sides = { left: viewOf(left), right: viewOf(right) };
  const found = FACETS.flatMap(({ compare }) => compare(sides)).map((difference) => judge(difference, sides));
  const everything = inOrderOfImportance(found);
  const differences = options.all === true ? everything : everything.filter((difference) => difference.class !== "noise");
  const outcomesDiffer = everything.some((difference) => difference.class === "outcome");
  return {
    differences,
    hidden: { noise: everything.length - differences.length },
    identical: !everything.some((difference) => isRelevant(difference, outcomesDiffer)),
  };
}

/** Does the difference count for the exit status? Noise never does; transport facts do where the outcomes differ. */
export function isRelevant(difference: Difference, outcomesDiffer: boolean): boolean {
  switch (difference.class) {
    case "noise":
      return false;
    case "transport":
      return outcomesDiffer;
    default:
      return true;
  }
}
