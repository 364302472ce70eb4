/** What a hostile family is: one file in `families/`, and one line in `families/index.ts`. */
import type { CaptureSummary, Work } from "../../src/pipeline.ts";
import type { Handshake } from "../../src/index.ts";

/** What reading the capture came to, in numbers that do not depend on the machine. */
export interface Cost {
  readonly summary: CaptureSummary;
  readonly handshakes: readonly Handshake[];
  /** The largest of each number that was seen between two chunks. */
  readonly most: Work;
  /** Functions entered, turns of loops, and octets copied at once, in all of the program but its decompressors. */
  readonly steps: number;
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
  /**
   * Why nothing behind the damage can be read, where that is so: then the good handshake of `capture` stands before it, and the file
   * that is named behind this one must still be read.
   */
  readonly last?: string;
  /** `--limit held-octets`, where not the usual one. */
  readonly heldOctets?: number;
  /** What `tls-diff list` prints beside the file's name. */
  readonly counts: string;
  /** What it prints of the first connection that means harm, up to the fingerprints, blanks counted as one. */
  readonly line?: string;
  /** The sentences that it prints behind the lines, all of them; none where nothing is damaged or left out. */
  readonly told: readonly string[];
  /** What `tls-diff show` says of handshakes, by their numbers, where the list reads no further than the hellos. */
  readonly shown?: Readonly<Record<number, string>>;
  /** Exit status of `tls-diff list`; 0 unless told. */
  readonly status?: number;
  /** Connections with a handshake besides the good one. */
  readonly others?: number;
  /** Steps that the program may take for each octet that it is given (of a compressed file, that come out), at most. */
  readonly steps: number;
  /** Octets of memory that all connections may take together, at most. */
  readonly memory: number;
  /** Throws where something else is not as it has to be. */
  readonly bound?: (cost: Cost) => void;
}
