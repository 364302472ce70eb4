/** What a hostile family is: one file in `families/`, and one line in `families/index.ts`. */
import type { CaptureSummary, Work } from "../../src/pipeline.ts";
import type { Handshake } from "../../src/index.ts";

/** What reading the capture came to, in numbers that do not depend on the machine. */
export interface Cost {
  readonly summary: CaptureSummary;
  readonly handshakes: readonly Handshake[];
  /** The largest of each number that was seen between two chunks. */
  readonly most: Work;
  /** Octets of the capture as given to the program. */
  readonly given: number;
  /** Octets of all results as JSON. */
  readonly answer: number;
}

export interface Family {
  /** Completes `survives …`. */
  readonly name: string;
  /** The capture in chunks, made anew each time, with the good handshake after the damage. */
  readonly capture: () => Iterable<Uint8Array>;
  /** What `tls-diff list` says of the damage, blanks counted as one. */
  readonly told: RegExp;
  /** Exit status of `tls-diff list`; 0 unless told. */
  readonly status?: number;
  /** Connections with a handshake besides the good one. */
  readonly others?: number;
  /** Throws where work or memory are not bounded. */
  readonly bound: (cost: Cost) => void;
}
