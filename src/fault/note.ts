/** What was ignored or damaged, counted by reason: nothing is skipped silently. */

/** One reason with its count, as it stands in the JSON (`captures[].notes`). */
export interface Note {
  readonly code: string;
  readonly count: number;
  /** One sentence, safe to print. */
  readonly message: string;
}

/** The code of the note that not all handshakes of a capture were kept, so that whatever is made of the capture is incomplete. */
export const NOT_KEPT = "handshakes-not-kept";

/** Counts notes by code; the sentence is made by the first one's `words`, from the final count. */
export class Notes {
  readonly #counts = new Map<string, { count: number; words: (count: number) => string }>();

  /** Counts one more `code`; `words` makes the sentence from the final count. */
  add(code: string, words: (count: number) => string, count = 1): void {
    const known = this.#counts.get(code);
    if (known === undefined) this.#counts.set(code, { count, words });
    else known.count += count;
  }

  /** All notes, in the order in which their codes were first seen. */
  list(): Note[] {
    return [...this.#counts].map(([code, { count, words }]) => ({ code, count, message: words(count) }));
  }
}

/** `3 packets`, `1 packet`: a count with its noun, for sentences. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
