/**
 * Joins output that comes in many small pieces into fewer writes, but never holds it back when nothing more comes, as
 * somebody may be waiting for it.
 */
import { Utf8Writer } from "../bytes/utf8-writer.ts";
import type { FileSink, Sink } from "./io.ts";

/** Octets of one write. */
const PIECE = 65_536;

/** Collects pieces for a sink. */
export class Pieces {
  readonly #sink: Pick<Sink, "write"> | FileSink;
  #writer = new Utf8Writer();
  /** Buffers that the sink has finished with. There are as many as were ever pending, which is bounded by the output of one chunk of the capture. */
  readonly #spares: Utf8Writer[] = [];
  /** Is a write scheduled for what is there, in case nothing more comes? */
  #isDue = false;
  /** An error of a scheduled write, to be thrown by the next call. */
  #failure: unknown = null;

  constructor(sink: Pick<Sink, "write"> | FileSink) {
    this.#sink = sink;
  }

  /** Takes the next piece. If it returns a promise, that is fulfilled when the reader has caught up. Throws like `flush`. */
  write(text: string): Promise<void> | undefined {
    this.begin().text(text);
    return this.next();
  }

  /** Where to write the next piece; call {@link next} after it. Throws like `flush`. */
  begin(): Utf8Writer {
    if (this.#failure !== null) throw this.#failure;
    if (!this.#isDue) {
      this.#isDue = true;
      setImmediate(() => this.#flushAlone());
    }
    return this.#writer;
  }

  /** The piece has been written. If it returns a promise, that is fulfilled when the reader has caught up. Throws like `flush`. */
  next(): Promise<void> | undefined {
    return this.#writer.length < PIECE ? undefined : this.flush();
  }

  /** Writes what has not been written yet. Throws `UsageError` if the file cannot be written, `ClosedPipe` if nobody reads any more. */
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

  /** Writes the rest; nothing may come after it. Throws like `flush`. */
  async end(): Promise<void> {
    if (this.#failure !== null) throw this.#failure;
    await this.flush();
    if ("close" in this.#sink) this.#sink.close();
  }

  /** Discards what has not been written; nothing more will come. */
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
