/** The result of a comparison, in the shape of the JSON contract (schemaVersion 1). */
import type { ClientStack } from "../handshake/handshake.ts";

/** The kind of a difference: what it means, not where it is. */
export type DifferenceClass = "outcome" | "semantic" | "order" | "certificate" | "transport" | "noise";

/** Two single values; an absent one is missing on that side. */
export interface ValueDifference {
  /** `clientHello.extensions.record_size_limit.limit`. */
  readonly path: string;
  readonly class: DifferenceClass;
  readonly kind: "value";
  readonly left?: unknown;
  readonly right?: unknown;
}

/** Two ordered lists. */
export interface ListDifference {
  readonly path: string;
  readonly class: DifferenceClass;
  readonly kind: "list";
  readonly onlyLeft: readonly unknown[];
  readonly onlyRight: readonly unknown[];
  /** Members of both lists whose order differs. */
  readonly moved: readonly unknown[];
  /** How many members both lists have. */
  readonly common: number;
  readonly left: readonly unknown[];
  readonly right: readonly unknown[];
}

/** One difference: a closed union on `kind`. */
export type Difference = ValueDifference | ListDifference;

/** How two handshakes came to be compared. */
export type PairedBy = "server-name" | "server-address" | "order" | "selection";

/** A handshake of a pair: its number in the capture, and whose hello it is. */
export interface PairSide {
  readonly id: number;
  readonly clientStack?: ClientStack;
  /** The id of a recorded client, if it is one instead of a connection. */
  readonly reference?: string;
}

/** One pair of handshakes, and what differs. */
export interface Pair {
  readonly left: PairSide;
  readonly right: PairSide;
  readonly pairedBy: PairedBy;
  /** How many equal pairs of connections this one represents; absent if one. */
  readonly count?: number;
  readonly identical: boolean;
  readonly differences: readonly Difference[];
  readonly hidden: { readonly noise: number };
  readonly diagnosis: readonly unknown[];
}

/** The comparison of two captures. */
export interface Comparison {
  readonly left: { readonly file: string; readonly handshakes: number };
  readonly right: { readonly file: string; readonly handshakes: number };
  readonly identical: boolean;
  readonly pairs: readonly Pair[];
  readonly unpaired: { readonly left: readonly { readonly id: number }[]; readonly right: readonly { readonly id: number }[] };
}
