/**
 * Everything of the world that a command touches. The process gives the real one, tests give one
 * made of arrays; commands know no other.
 */
import type { KeyLog, ReadOptions } from "../node.ts";
import type { Capture, Configuration } from "../index.ts";

/** Where text goes. */
export interface Sink {
  /**
   * Takes a text, or octets, which are the sink's until the promise is kept that it may give: it waits where the reader is slower. Throws
   * `ClosedPipe` once nobody reads any more, `UsageError` once it cannot be written.
   */
  write(content: string | Uint8Array): Promise<void> | undefined;
  readonly isTerminal: boolean;
  /** Cells of a line, where it is a terminal. */
  readonly columns?: number | undefined;
  /** Waits until everything is written. Throws `ClosedPipe`, or `UsageError` where it could not be. */
  done(): Promise<void>;
}

/** A file that is being written. Nobody sees it under its name before it is closed. */
export interface FileSink {
  /** Writes at once. `UsageError` where it cannot be written. */
  write(content: string | Uint8Array): undefined;
  /** It is whole. `UsageError` where it cannot get its name. */
  close(): void;
  /** It will never be whole; what had the name before has it still. */
  discard(): void;
}

export interface Io {
  readonly out: Sink;
  readonly err: Sink;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  /** Reads the captures that a word of the command line names. */
  readCaptures(input: string, options: ReadOptions): Promise<Capture[]>;
  /** Reads the key logs of these names. `UsageError` for one that cannot be read, or is none. */
  readKeyLog(...paths: readonly string[]): Promise<KeyLog>;
  /** Reads a configuration of `check`. `UsageError` for one that cannot be read, or does not fit its schema. */
  readConfig(path: string): Promise<Configuration>;
  /** The octets of a capture file, uncompressed. `UsageError` for one that cannot be read. */
  readOctets(path: string): Promise<Uint8Array>;
  /** Writes a file, or adds to it. `UsageError` where it cannot be written. */
  writeFile(path: string, content: Iterable<string | Uint8Array>, options?: { readonly append?: boolean }): Promise<void>;
  /** Makes a file, or empties it. `UsageError` where it cannot be written, also from its `write`. */
  openFile(path: string): Promise<FileSink>;
  /** The viewer's page. `UsageError` where the program was not built whole. */
  readPage(): Promise<Uint8Array>;
  /** The bundled pair: where each lies, and how the demo calls it. */
  readonly demo: readonly { readonly path: string; readonly name: string }[];
  /** Milliseconds on a clock that only runs forward. */
  now(): number;
}

/** The reader of our output went away. */
export class ClosedPipe extends Error {
  override readonly name = "ClosedPipe";
}
