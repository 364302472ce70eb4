/**
 * Writes the list of one capture as text while it is read. The first lines are kept, because they determine the widths of the columns; later ones
 * are written as they come, so that a list of any length needs no more memory than those. Lines are in the order in which
 * their connections began, unless too many have to wait for an earlier one.
 */
import { LIMITS } from "../fault/limits.ts";
import type { Capture } from "../handshake/handshake.ts";
import { captureBlocks, captureDetail, COLUMNS, headingOf, hiddenBlocks, type ListLine, noteBlocks } from "./compose-list.ts";
import { type Block, span } from "./document.ts";
import { RecordLayout } from "./layout/records.ts";
import { NARROWEST, renderText, spanPainter, type TextStyle } from "./layout/text.ts";
import { asciiText } from "./layout/wrap.ts";
import { ListTroubles } from "./list-troubles.ts";
import { countText } from "./words.ts";

/** What was found in a capture. */
export interface ListCounts {
  /** Handshakes with a line. */
  readonly listed: number;
  readonly hidden: number;
}

/** The list of one capture. */
export class ListStream {
  /** Collects troubles; the caller shows it every listed handshake. */
  readonly troubles = new ListTroubles();
  readonly #file: string;
  readonly #style: TextStyle;
  readonly #write: (text: string) => void;
  readonly #first: ListLine[] = [];
  #layout: RecordLayout | null = null;
  /** Waiting lines by handshake id, and the id that comes next. */
  readonly #held = new Map<number, ListLine | string | null>();
  #next = 1;
  #listed = 0;
  #hidden = 0;
  #late = 0;

  /** `write` takes pieces of whole lines, during the calls of `add` and `end`. */
  constructor(file: string, style: TextStyle, write: (text: string) => void) {
    this.#file = file;
    this.#style = style;
    this.#write = write;
  }

  /** Takes the line of handshake `id`, which counts from 1; `null` if it is not to be listed. */
  add(id: number, line: ListLine | null): void {
    if (id !== this.#next) {
      if (id > this.#next) this.#hold(id, line);
      else {
        this.#late++;
        this.#take(line);
      }
      return;
    }
    this.#take(line);
    this.#next++;
    if (this.#held.size > 0) this.#release();
  }

  /** The capture has been read. */
  end(capture: Capture): ListCounts {
    for (const id of [...this.#held.keys()].sort((a, b) => a - b)) this.#take(this.#held.get(id) as ListLine | string | null);
    const counts = { listed: this.#listed, hidden: this.#hidden };
    if (this.#layout === null) {
      this.#render(captureBlocks({ capture, lines: this.#first, hidden: this.#hidden, troubles: this.troubles }));
      return counts;
    }
    this.#write("\n");
    this.#render([
      { kind: "note", text: captureDetail(capture, this.#listed) },
      ...(this.#late === 0 ? [] : [lateBlock(this.#late)]),
      ...noteBlocks(capture, this.troubles),
      ...hiddenBlocks(this.#hidden),
    ]);
    return counts;
  }

  #hold(id: number, line: ListLine | null): void {
    // As text it is one object, as cells about thirty.
    this.#held.set(id, line === null ? null : this.#layout === null ? copyOf(line) : this.#layout.lines(this.#spelled(line)));
    if (this.#held.size <= LIMITS.heldLines) return;
    // The connection that they all wait for may last as long as the capture.
    this.#next = Math.min(...this.#held.keys());
    this.#release();
  }

  #release(): void {
    for (let line = this.#held.get(this.#next); line !== undefined; line = this.#held.get(this.#next)) {
      this.#take(line);
      this.#held.delete(this.#next++);
    }
  }

  #take(line: ListLine | string | null): void {
    if (line === null) {
      this.#hidden++;
      return;
    }
    this.#listed++;
    if (typeof line === "string") {
      this.#write(line);
      return;
    }
    if (this.#layout !== null) {
      this.#write(this.#layout.lines(this.#spelled(line)));
      return;
    }
    this.#first.push(copyOf(line));
    if (this.#first.length >= LIMITS.firstLines) this.#begin();
  }

  /** There are too many lines to keep: writes those kept so far. */
  #begin(): void {
    this.#render([headingOf(this.#file)]);
    const lines = this.#first.splice(0).map((line) => this.#spelled(line));
    this.#layout = new RecordLayout(COLUMNS, lines, Math.max(this.#style.width, NARROWEST), spanPainter(this.#style));
    this.#write(this.#layout.titles());
    for (const line of lines) this.#write(this.#layout.lines(line));
  }

  #spelled(line: ListLine): ListLine {
    return this.#style.ascii ? line.map((cell) => ({ ...cell, text: asciiText(cell.text) })) : line;
  }

  #render(blocks: readonly Block[]): void {
    for (const piece of renderText({ blocks }, this.#style)) this.#write(piece);
  }
}

/**
 * A copy of a line that will be kept. If the original were kept, V8 would see thousands of such objects survive, and allocate all later
 * ones in the old generation, which is seldom collected.
 */
function copyOf(line: ListLine): ListLine {
  return line.map((cell) => ({ ...cell }));
}

function lateBlock(count: number): Block {
  const are = count === 1 ? "is" : "are";
  return { kind: "note", text: [span(`${countText(count, "handshake")} ${are} listed where the connection ended, after later ones.`)] };
}
