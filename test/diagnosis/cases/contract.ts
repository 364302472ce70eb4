/** What shows that a rule works: handshakes in which it finds its cause, and the same with the one thing changed that matters. */
import type { Handshake } from "../../../src/handshake/handshake.ts";

/** The failing handshake, and the one that it is compared with. */
export type Pair = readonly [failing: Handshake, working?: Handshake];

/** Made handshakes: no capture of these is in the fixtures. */
export interface RuleCase {
  readonly fires: Pair;
  /** Nearly the same, and silent. */
  readonly silent: Pair;
}
