/**
 * Lays out many rows in aligned columns, without a table. Columns are put on the first line by
 * rank while the width allows; the others go below each row, indented and labelled.
 */
import { type RecordColumn, type Records, span, type Span, type Text } from "../document.ts";
import { wrap } from "./wrap.ts";

const GAP = 2;
const BELOW = 4;
const BLANKS = " ".repeat(GAP);
/** Rows of one piece of output. */
const PIECE = 1000;

/** The rows in pieces, each of whole lines, the titles first. */
export function* recordLines(records: Records, width: number, paint: (part: Span) => string): Generator<string> {
  const { columns, rows } = records;
  const layout = new RecordLayout(columns, rows, width, paint);
  yield layout.titles();
  for (let at = 0; at < rows.length; at += PIECE) {
    let piece = "";
    for (let row = at; row < Math.min(at + PIECE, rows.length); row++) piece += layout.lines(rows[row] as readonly Span[]);
    yield piece;
  }
}

/** The columns of rows. They are determined by the first rows; later ones use the same, however long their cells are. */
export class RecordLayout {
  readonly #columns: readonly RecordColumn[];
  readonly #width: number;
  readonly #paint: (part: Span) => string;
  readonly #widths: readonly number[];
  readonly #beside: readonly number[];
  readonly #below: readonly number[];
  readonly #margin: string;
  readonly #labels: readonly (Span | null)[];

  constructor(columns: readonly RecordColumn[], rows: Records["rows"], width: number, paint: (part: Span) => string) {
    this.#columns = columns;
    this.#width = width;
    this.#paint = paint;
    this.#widths = columns.map((column, index) => {
      let widest = column.title.length;
      for (const row of rows) widest = Math.max(widest, (row[index] as Span).text.length);
      return widest;
    });
    this.#beside = chooseColumns(columns, rows, this.#widths, width);
    this.#below = columns.map((_, index) => index).filter((index) => !this.#beside.includes(index));
    this.#labels = columns.map(({ label }) => (label === undefined ? null : span(`${label} `, "muted")));
    this.#margin = " ".repeat(Math.min(BELOW, width >> 2));
  }

  /** The line with the titles. */
  titles(): string {
    const pieces: string[] = [];
    this.#beginLine(
      this.#columns.map((column) => span(column.title, "muted")),
      pieces,
    );
    return pieces.join("");
  }

  /** The lines of one row, joined in one step: a string that grows piece by piece is a chain of as many objects, and this one may be kept for long. */
  lines(row: readonly Span[]): string {
    const pieces: string[] = [];
    this.#beginLine(row, pieces);
    const room = this.#width - this.#margin.length;
    let used = 0;
    for (const index of this.#below) {
      const cell = row[index] as Span;
      if (cell.text === "") continue;
      const label = this.#labels[index] as Span | null;
      const cells = cell.text.length + (label === null ? 0 : label.text.length);
      const isFull = used > 0 && used + GAP + cells > room;
      if (isFull) used = 0;
      if (used > 0) pieces.push(BLANKS);
      else pieces.push(isFull ? "\n" : "", this.#margin);
      used += cells + (used > 0 ? GAP : 0);
      const shown = cell.tone === undefined ? span(cell.text, "muted") : cell;
      // A text that is longer than a line gets lines of its own.
      if (cells > room) pieces.push(this.#wrapped(label === null ? [shown] : [label, shown], room));
      else {
        if (label !== null) pieces.push(this.#paint(label));
        pieces.push(this.#paint(shown));
      }
    }
    if (used > 0) pieces.push("\n");
    return pieces.join("");
  }

  #wrapped(text: Text, room: number): string {
    return wrap(text, room)
      .map((line) => line.map(this.#paint).join(""))
      .join(`\n${this.#margin}`);
  }

  #beginLine(cells: readonly Span[], pieces: string[]): void {
    let owed = 0;
    for (const index of this.#beside) {
      const cell = cells[index] as Span;
      const blanks = Math.max((this.#widths[index] as number) - cell.text.length, 0);
      const right = this.#columns[index]?.align === "right";
      const shown = cell.text.length <= this.#width ? cell : (wrap([cell], this.#width)[0]?.[0] ?? cell);
      pieces.push(blanksOf(owed + (right ? blanks : 0)), this.#paint(shown));
      owed = GAP + (right ? 0 : blanks);
    }
    pieces.push("\n");
  }
}

/** Runs of blanks, which every line needs. */
const RUNS: readonly string[] = Array.from({ length: 64 }, (_, length) => " ".repeat(length));

function blanksOf(count: number): string {
  return RUNS[count] ?? " ".repeat(count);
}

/** The columns of the first line, in their own order. Empty columns take no room. */
function chooseColumns(columns: readonly RecordColumn[], rows: Records["rows"], widths: readonly number[], width: number): number[] {
  const used = columns.map((_, index) => rows.some((row) => (row[index] as Span).text !== ""));
  const byRank = columns.map((_, index) => index).filter((index) => used[index]);
  byRank.sort((one, other) => (columns[one] as RecordColumn).rank - (columns[other] as RecordColumn).rank);
  const chosen: number[] = [];
  let left = width;
  for (const index of byRank) {
    const cost = (widths[index] as number) + (chosen.length === 0 ? 0 : GAP);
    if (cost > left && chosen.length > 0) break;
    chosen.push(index);
    left -= cost;
  }
  return chosen.sort((one, other) => one - other);
}
