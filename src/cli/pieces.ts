/**
 * Output that comes in many small pieces: joined, so that there is one write for many, but never kept while nothing more comes, as
 * somebody may be waiting for it. Nothing is opened before there is something to write.
 */
import type { FileSink, Io } from "./io.ts";

/** Characters of one write. */
const PIECE = 65_536;

export class Pieces {
  readonly #io: Io;
  readonly #path: string | undefined;
  #text = "";
  #file: FileSink | undefined;
  /** What went wrong while nobody was there to be told. */
  #failure: unknown = null;

  /** To the file at `path`, which is begun anew, or to standard output. */
  constructor(io: Io, path: string | undefined) {
    this.#io = io;
    this.#path = path;
  }

  /** Takes the next piece. The promise, if there is one, is kept when the reader has caught up. Throws as `flush` does. */
  write(text: string): Promise<void> | undefined {
    if (this.#failure !== null) throw this.#failure;
    if (this.#text === "") setImmediate(() => this.#flushAlone());
    this.#text += text;
    return this.#text.length < PIECE ? undefined : this.flush();
  }

  /** Writes what was not yet. Throws `UsageError` where the file cannot be written, `ClosedPipe` where nobody reads any more. */
  flush(): Promise<void> | undefined {
    const text = this.#text;
    if (text === "") return undefined;
    this.#text = "";
    if (this.#path === undefined) return this.#io.out.write(text);
    this.#file ??= this.#io.openFile(this.#path);
    this.#file.write(text);
    return undefined;
  }

  /** Writes the rest; nothing may come after it. Throws as `flush` does. */
  async end(): Promise<void> {
    try {
      if (this.#failure !== null) throw this.#failure;
      await this.flush();
    } finally {
      this.#file?.close();
    }
  }

  #flushAlone(): void {
    try {
      void this.flush();
    } catch (error) {
      this.#failure = error;
    }
  }
}
