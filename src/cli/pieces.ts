/**
 * Output that comes in many small pieces: joined, so that there is one write for many, but never kept while nothing more comes, as
 * somebody may be waiting for it.
 */
import { Utf8Writer } from "../bytes/utf8-writer.ts";
import type { FileSink, Sink } from "./io.ts";

/** Octets of one write. */
const PIECE = 65_536;

export class Pieces {
  readonly #sink: Pick<Sink, "write"> | FileSink;
  #writer = new Utf8Writer();
  /** Those that no sink holds any more: as many as a reader was ever behind, which is no more than a chunk of the capture gives. */
  readonly #spares: Utf8Writer[] = [];
  /** Will what is there be written although nothing more comes? */
  #isDue = false;
  /** What went wrong while nobody was there to be told. */
  #failure: unknown = null;

  constructor(sink: Pick<Sink, "write"> | FileSink) {
    this.#sink = sink;
  }

  /** Takes the next piece. The promise, if there is one, is kept when the reader has caught up. Throws as `flush` does. */
  write(text: string): Promise<void> | undefined {
    this.begin().text(text);
    return this.next();
  }

  /** Where the next piece is to be written; {@link next} is to be called behind it. Throws as `flush` does. */
  begin(): Utf8Writer {
    if (this.#failure !== null) throw this.#failure;
    if (!this.#isDue) {
      this.#isDue = true;
      setImmediate(() => this.#flushAlone());
    }
    return this.#writer;
  }

  /** The piece has been written. The promise, if there is one, is kept when the reader has caught up. Throws as `flush` does. */
  next(): Promise<void> | undefined {
    return this.#writer.length < PIECE ? undefined : this.flush();
  }

  /** Writes what was not yet. Throws `UsageError` where the file cannot be written, `ClosedPipe` where nobody reads any more. */
  flush(): Promise<void> | undefined {
    const writer = this.#writer;
    if (writer.length === 0) return undefined;
    const { octets } = writer;
    writer.clear();
    const taken = this.#sink.write(octets);
    if (taken === undefined) return undefined;
    this.#writer = this.#spares.pop() ?? new Utf8Writer();
    return this.#spareAfter(taken, writer);
  }

  async #spareAfter(taken: Promise<void>, writer: Utf8Writer): Promise<void> {
    await taken;
    this.#spares.push(writer);
  }

  /** Writes the rest; nothing may come after it. Throws as `flush` does. */
  async end(): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    await this.flush();
    if ("close" in this.#sink) this.#sink.close();
  }

  /** Nothing more will come, and what came is of no use. */
  discard(): void {
    this.#writer.clear();
    if ("discard" in this.#sink) this.#sink.discard();
  }

  #flushAlone(): void {
    this.#isDue = false;
    try {
      void this.flush();
    } catch (error) {
      this.#failure = error;
    }
  }
}
