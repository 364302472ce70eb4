/**
 * Everything outside the program that a command uses. `process-io.ts` provides the real thing, tests provide one
 * made of arrays; commands use nothing else.
 */
import type { KeyLog, ReadOptions } from "../node.ts";
import type { Capture, Configuration } from "../index.ts";

/** Where text goes. */
export interface Sink {
  /**
   * Takes text or octets. If it returns a promise, the reader is slower: wait for it, and do not change the octets before. Throws
   * `ClosedPipe` once nobody reads any more, `UsageError` if writing fails.
   */
  write(content: string | Uint8Array): Promise<void> | undefined;
  readonly isTerminal: boolean;
  /** Columns of a line, if it is a terminal. */
  readonly columns?: number | undefined;
  /** Waits until everything is written. Throws `ClosedPipe`, or `UsageError` if writing failed. */
  done(): Promise<void>;
}

/** A file that is being written. It gets its name only when it is closed. */
export interface FileSink {
  /** Writes synchronously. Throws `UsageError` if that fails. */
  write(content: string | Uint8Array): undefined;
  /** The file is complete: gives it its name. Throws `UsageError` if that fails. */
  close(): void;
  /** The file will not be completed: removes it; an older file of that name remains. */
  discard(): void;
}

/** The streams, files and environment of one run. */
export interface Io {
  readonly out: Sink;
  readonly err: Sink;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
  /** Reads the captures that a word of the command line names. */
  readCaptures(input: string, options: ReadOptions): Promise<Capture[]>;
  /** Reads the key logs of these names. Throws `UsageError` for one that cannot be read, or is not a key log. */
  readKeyLog(...paths: readonly string[]): Promise<KeyLog>;
  /** Reads a configuration of `check`. Throws `UsageError` for one that cannot be read, or does not fit its schema. */
  readConfig(path: string): Promise<Configuration>;
  /** The octets of a capture file, decompressed. Throws `UsageError` for one that cannot be read. */
  readOctets(path: string): Promise<Uint8Array>;
  /** Writes a file, or appends to it. Throws `UsageError` if that fails. */
  writeFile(path: string, content: Iterable<string | Uint8Array>, options?: { readonly append?: boolean }): Promise<void>;
  /** Begins to write a file. It and the file's `write` throw `UsageError` if that fails. */
  openFile(path: string): Promise<FileSink>;
  /** The viewer's page. Throws `UsageError` if the program was not built completely. */
  readPage(): Promise<Uint8Array>;
  /** The bundled pair: the path of each, and its name in the demo. */
  readonly demo: readonly { readonly path: string; readonly name: string }[];
  /** Milliseconds of a monotonic clock. */
  now(): number;
}

/** The reader of our output has closed the pipe. */
export class ClosedPipe extends Error {
  override readonly name = "ClosedPipe";
}
