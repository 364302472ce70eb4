/** Output that comes in many small pieces: joined, so that there is one write for many, and none before there is something to write. */
import type { FileSink, Io } from "./io.ts";

/** Characters of one write. */
const PIECE = 65_536;

export class Pieces {
  readonly #io: Io;
  readonly #path: string | undefined;
  #text = "";
  #file: FileSink | undefined;

  /** To the file at `path`, which is begun anew, or to standard output. */
  constructor(io: Io, path: string | undefined) {
    this.#io = io;
    this.#path = path;
  }

  /** Takes the next piece. The promise, if there is one, is kept when the reader has caught up. */
  write(text: string): Promise<void> | undefined {
    this.#text += text;
    return this.#text.length < PIECE ? undefined : this.flush();
  }

  /** Writes what was not yet. `UsageError` where the file cannot be written. */
  flush(): Promise<void> | undefined {
    const text = this.#text;
    if (text === "") return undefined;
    this.#text = "";
    if (this.#path === undefined) return this.#io.out.write(text);
    this.#file ??= this.#io.openFile(this.#path);
    this.#file.write(text);
    return undefined;
  }

  /** Writes the rest; nothing may come after it. */
  async end(): Promise<void> {
    await this.flush();
    this.#file?.close();
  }

  /** Nothing more will come, and what came is of no use. */
  discard(): void {
    this.#file?.discard();
  }
}
