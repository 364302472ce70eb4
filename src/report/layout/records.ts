/**
 * Many rows in aligned columns, without a table. Columns are taken into the first line by their
 * rank while the width allows; what is left over stands below each row, indented and labelled.
 */
import type { RecordColumn, Records, Span, Text } from "../document.ts";
import { wrap } from "./wrap.ts";

const GAP = 2;
const BELOW = 4;
/** Rows of one piece of output. */
const PIECE = 1000;

/** The rows in pieces, each of whole lines, the titles first. */
export function* recordLines(records: Records, width: number, paint: (text: Text) => string): Generator<string> {
  const { columns, rows } = records;
  const widths = columns.map((column, index) => {
    let widest = column.title.length;
    for (const row of rows) widest = Math.max(widest, (row[index] as Span).text.length);
    return widest;
  });
  const beside = chooseColumns(columns, rows, widths, width);
  const below = columns.map((_, index) => index).filter((index) => !beside.includes(index));
  const line = (cells: readonly Span[]): string => {
    let out = "";
    let owed = 0;
    for (const index of beside) {
      const cell = cells[index] as Span;
      const blanks = (widths[index] as number) - cell.text.length;
      const right = columns[index]?.align === "right";
      const part = cell.text.length <= width ? [cell] : (wrap([cell], width)[0] ?? []);
      out += " ".repeat(owed + (right ? Math.max(blanks, 0) : 0)) + paint(part);
      owed = GAP + (right ? 0 : Math.max(blanks, 0));
    }
    return `${out}\n`;
  };
  yield line(columns.map((column) => ({ text: column.title, tone: "muted" })));
  let piece = "";
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as readonly Span[];
    piece += line(row);
    for (const text of flow(below, columns, row, width)) piece += `${" ".repeat(Math.min(BELOW, width >> 2))}${paint(text)}\n`;
    if (at % PIECE === PIECE - 1) {
      yield piece;
      piece = "";
    }
  }
  if (piece !== "") yield piece;
}

/** The columns of the first line, in their own order. Empty ones take no room. */
function chooseColumns(columns: readonly RecordColumn[], rows: Records["rows"], widths: number[], width: number): number[] {
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

/** The remaining cells, as many on a line as fit. */
function flow(below: readonly number[], columns: readonly RecordColumn[], row: readonly Span[], width: number): Text[] {
  const room = width - Math.min(BELOW, width >> 2);
  const lines: Text[] = [];
  let current: Span[] = [];
  let used = 0;
  for (const index of below) {
    const cell = row[index] as Span;
    if (cell.text === "") continue;
    const label = columns[index]?.label;
    const parts: Span[] = [
      ...(label === undefined ? [] : [{ text: `${label} `, tone: "muted" as const }]),
      { ...cell, tone: cell.tone ?? "muted" },
    ];
    const cells = cellsOf(parts);
    if (used > 0 && used + GAP + cells > room) {
      lines.push(current);
      current = [];
      used = 0;
    }
    if (used > 0) current.push({ text: " ".repeat(GAP) });
    current.push(...parts);
    used += cells + (used > 0 ? GAP : 0);
  }
  if (current.length > 0) lines.push(current);
  return lines.flatMap((text) => (cellsOf(text) <= room ? [text] : wrap(text, room)));
}

function cellsOf(text: Text): number {
  let cells = 0;
  for (const part of text) cells += part.text.length;
  return cells;
}
