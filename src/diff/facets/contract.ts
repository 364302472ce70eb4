/** What a facet of the comparison is: one aspect of a handshake, compared by one file of this folder. */
import type { Difference } from "../difference.ts";
import type { Sides } from "../view.ts";

/** One aspect of two handshakes. */
export interface Facet {
  readonly name: string;
  /** What it compares, in one sentence. */
  readonly about: string;
  /** All differences of this aspect. Noise is identified, and everything sorted, afterwards. */
  readonly compare: (sides: Sides) => readonly Difference[];
}
