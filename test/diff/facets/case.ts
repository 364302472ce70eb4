import type { DifferenceClass } from "../../../src/diff/difference.ts";
import type { Handshake } from "../../../src/handshake/handshake.ts";

/** Two handshakes and all that their comparison must tell, noise left out. */
export interface Case {
  readonly facet: string;
  readonly what: string;
  readonly left: Handshake;
  readonly right: Handshake;
  readonly told: readonly (readonly [path: string, kind: DifferenceClass, values: object])[];
}
