/**
 * What a format reader does about octets that make no sense: it remembers where they began, looks for
 * the next record that can be believed, and notes what was passed over. All of it depends on the
 * octets of the file alone, not on the chunks in which they came.
 */
import type { Notes } from "../fault/note.ts";

/** Whether a record begins at an offset: `wait` if more octets must come before that can be said. */
export type Judgement = "yes" | "no" | "wait";

/** The damage that a reader is in, if any. */
export class Damage {
  /** True from {@link begin} until a record is found after the damage. */
  lost = false;
  #offset = 0;
  #packets = 0;
  #why = "";

  /** The record at `offset` (octets from the start of the file), after `packets` good packets, cannot be read. */
  begin(offset: number, packets: number, why: string): void {
    this.lost = true;
    this.#offset = offset;
    this.#packets = packets;
    this.#why = why;
  }

  /**
   * Reads `[start, end)` with `read`, which returns where it stopped, and again after each damage, from the next offset that `judge`
   * believes. `base` is the offset in the file at which the octets would have the offset 0. Returns where reading stopped, or where a
   * record may begin once more octets have come.
   */
  readOn(start: number, end: number, base: number, notes: Notes, read: (at: number) => number, judge: (at: number) => Judgement): number {
    let at = this.lost ? start : read(start);
    while (this.lost) {
      at = this.#seek(at, end, judge);
      if (this.lost) break;
      this.tell(base + at, notes);
      at = read(at);
    }
    return at;
  }

  /** The first offset in `[at, end)` where a record begins, which ends the damage, or where one may begin once more octets have come. */
  #seek(at: number, end: number, judge: (at: number) => Judgement): number {
    for (; at < end; at++) {
      const judgement = judge(at);
      if (judgement === "no") continue;
      this.lost = judgement === "wait";
      return at;
    }
    return end;
  }

  /** Notes the damage; `offset` is where reading went on, or the end of the file. */
  tell(offset: number, notes: Notes): void {
    const passed = offset - this.#offset;
    const place = this.#packets === 0 ? "before the first packet" : `after packet ${this.#packets}`;
    const gone = this.lost ? `the rest of the file (${passed} octets) is not read` : `${passed} octets are passed over`;
    const what = `at offset ${this.#offset}, ${place}: ${this.#why}; ${gone}`;
    notes.add("damaged-capture", (count) => (count === 1 ? `damage ${what}` : `${count} damaged places; the first ${what}`));
  }
}

/** Notes that the file ends before its last packet does; `offset` is the end of the file. */
export function tellCut(packet: number, offset: number, notes: Notes): void {
  notes.add("cut-file", () => `the file ends inside packet ${packet}, at offset ${offset}`);
}
