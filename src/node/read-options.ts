/** The options for reading inputs, and the progress that is reported. */
import type { Bounds } from "../fault/limits.ts";
import type { Capture, Handshake } from "../handshake/handshake.ts";
import type { KeptOctets } from "../handshake/kept-handshakes.ts";
import type { KeyLog } from "../secrets/key-log.ts";

/** How far reading has come. */
export interface Progress {
  readonly file: string;
  /** Octets of the file read so far, as stored (compressed). */
  readonly octets: number;
  /** Octets of the file, as stored; absent for a pipe. */
  readonly total?: number;
  readonly packets: number;
  readonly handshakes: number;
}

/** What to read, and whom to notify. */
export interface ReadOptions {
  /** Keep the octets of each message in hex. */
  readonly octets?: boolean;
  /** Fill in what certificates say (default true); a list that does not show them is faster without. */
  readonly certificates?: boolean;
  /** Name the client stacks (default true). */
  readonly clients?: boolean;
  /** Secrets for decryption, see `readKeyLog`; those in a capture itself are always used. */
  readonly keyLog?: KeyLog;
  /** Caps on what is kept at once, in place of the default ones; a capture in which one was reached has a note of it. */
  readonly limits?: Partial<Bounds>;
  /** Counts the handshakes that are kept, for several calls that share one cap; by default each call has its own. */
  readonly kept?: KeptOctets;
  /** Where `-` reads from; the process's standard input by default. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /**
   * Leave out what a line of `list` does not show: events, certificate chains, and the fields of all messages except hellos and alerts
   * (default false). A busy capture is then read in half the time. `line` is faster still, and promises no more than such a line
   * shows: hellos lack most of their fields as well, and other messages only say who sent them.
   */
  readonly summary?: boolean | "line";
  /**
   * Called for each handshake as its connection ends; if it returns a promise, no more of the file is read before that is fulfilled.
   * When given, handshakes are not collected in the result.
   */
  readonly onHandshake?: (handshake: Handshake, file: string) => void | Promise<void>;
  /** Called for each capture when it has been read, before the next one is. */
  readonly onCapture?: (capture: Capture) => void;
  readonly onProgress?: (progress: Progress) => void;
  /** Stops reading; what was read until then is returned, with a note. */
  readonly signal?: AbortSignal;
}
