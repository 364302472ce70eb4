/** Compares two handshakes: all their differences, classified and in the order of importance. */
import type { Handshake } from "../handshake/handshake.ts";
import type { Difference, DifferenceClass } from "./difference.ts";
import { FACETS } from "./facets/index.ts";
import { inOrderOfImportance } from "./importance.ts";
import { judge } from "./noise.ts";
import { viewOf, type Sides } from "./view.ts";

/** What differs between two handshakes. */
export interface HandshakeComparison {
  /** The most important first; noise only if it was asked for. */
  readonly differences: Difference[];
  /** How many differences were left out because they are noise. */
  readonly hidden: { readonly noise: number };
  /** No difference is relevant. */
  readonly identical: boolean;
}

/** Compares two handshakes; `all` includes noise. Never throws, even if parts of the model are missing. */
export function compareHandshakes(left: Handshake, right: Handshake, options: { readonly all?: boolean } = {}): HandshakeComparison {
  const sides: Sides = { left: viewOf(left), right: viewOf(right) };
  const found = FACETS.flatMap(({ compare }) => compare(sides)).map((difference) => judge(difference, sides));
  const isSnapshot = left.snapshot === true || right.snapshot === true;
  const everything = inOrderOfImportance(isSnapshot ? found.filter((difference) => IN_SNAPSHOT.has(difference.class)) : found);
  const differences = options.all === true ? everything : everything.filter((difference) => difference.class !== "noise");
  const outcomesDiffer = everything.some((difference) => difference.class === "outcome");
  return {
    differences,
    hidden: { noise: everything.length - differences.length },
    identical: !everything.some((difference) => isRelevant(difference, outcomesDiffer)),
  };
}

/** The classes that a snapshot keeps; what it lacks is not a difference. */
const IN_SNAPSHOT: ReadonlySet<DifferenceClass> = new Set(["outcome", "semantic", "order"]);

/** Does the difference count for the exit status? Noise never does; transport differences do if the outcomes differ. */
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
