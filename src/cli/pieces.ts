/**
 * Output that comes in many small pieces: joined, so that there is one write for many, but never kept while nothing more comes, as
 * somebody may be waiting for it.
 */
import type { FileSink, Sink } from "./io.ts";

/** Characters of one write. */
const PIECE = 65_536;

export class Pieces {
  readonly #sink: Pick<Sink, "write"> | FileSink;
  #text = "";
  /** What went wrong while nobody was there to be told. */
  #failure: unknown = null;

  constructor(sink: Pick<Sink, "write"> | FileSink) {
    this.#sink = sink;
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
    return this.#sink.write(text);
  }

  /** Writes the rest; nothing may come after it. Throws as `flush` does. */
  async end(): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    await this.flush();
    if ("close" in this.#sink) this.#sink.close();
  }

  /** Nothing more will come, and what came is of no use. */
  discard(): void {
    this.#text = "";
    if ("discard" in this.#sink) this.#sink.discard();
  }

  #flushAlone(): void {
    try {
      void this.flush();
    } catch (error) {
      this.#failure = error;
    }
  }
}
