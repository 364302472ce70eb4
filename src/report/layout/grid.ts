/**
 * Fits tables to a width: which columns stay, how wide each is, and every cell wrapped into
 * lines. Tables of one alignment get the same widths, so that they read as one. Drawing is done elsewhere.
 */
import type { Column, Lines, Table, Text } from "../document.ts";
import { longestWord, measure, wrap } from "./wrap.ts";

/** A table that fits: cells as lines no wider than their column. */
export interface Grid {
  readonly headed: boolean;
  readonly columns: readonly GridColumn[];
  /** Rows of cells of lines; the titles are the first row if `headed`. */
  readonly rows: readonly (readonly Lines[])[];
}

/** A column as it will be drawn. */
export interface GridColumn {
  /** Characters of its lines. */
  readonly width: number;
  /** Blanks after it. */
  readonly gap: number;
  readonly right: boolean;
}

/** Blanks before a table. */
export const INDENT = 2;

/** Fits tables that share their columns into `width` cells. */
export function fit(tables: readonly Table[], width: number): Grid[] {
  const columns = tables[0]?.columns ?? [];
  const wanted = columns.map((_, index) => wants(tables, index));
  const { kept, widths } = choose(columns, wanted, width);
  const fitted = kept.map((index, place): GridColumn => {
    const column = columns[index] as Column;
    return { width: widths[place] as number, gap: gapAfter(column, place === kept.length - 1), right: column.align === "right" };
  });
  return tables.map((table) => ({
    headed: table.headed,
    columns: fitted,
    rows: [...(table.headed ? [table.columns.map((column): Lines => [column.title])] : []), ...table.rows].map((row) =>
      kept.map((index, place) => wrapLines(row[index] ?? [], widths[place] as number)),
    ),
  }));
}

/** Lines wrapped to a width, each on its own. */
function wrapLines(lines: Lines, width: number): Text[] {
  return lines.flatMap((line) => wrap(line, width));
}

interface Wants {
  /** Characters that leave every line whole. */
  readonly natural: number;
  /** Characters that leave every word whole. */
  readonly least: number;
}

function wants(tables: readonly Table[], index: number): Wants {
  let natural = 1;
  let least = 1;
  const see = (line: Text): void => {
    natural = Math.max(natural, measure(line));
    least = Math.max(least, longestWord(line));
  };
  for (const table of tables) {
    if (table.headed) see(table.columns[index]?.title ?? []);
    for (const row of table.rows) for (const line of row[index] ?? []) see(line);
  }
  return { natural, least };
}

/**
 * Chooses columns and widths: whole words in all columns, if necessary without the expendable ones; then broken words
 * in the columns that allow it; then broken words everywhere.
 */
function choose(columns: readonly Column[], wanted: readonly Wants[], width: number): { kept: number[]; widths: number[] } {
  let kept = columns.map((_, index) => index);
  for (;;) {
    const widths = share(
      kept.map((index) => wanted[index] as Wants),
      room(columns, kept, width),
    );
    if (widths !== null) return { kept, widths };
    const given = mostExpendable(columns, kept);
    if (given === null) break;
    kept = kept.filter((index) => index !== given);
  }
  const available = room(columns, kept, width);
  const breaking = (least: (index: number) => number): number[] | null =>
    share(
      kept.map((index) => ({ natural: (wanted[index] as Wants).natural, least: least(index) })),
      available,
    );
  const widths =
    breaking((index) => Math.min((wanted[index] as Wants).least, columns[index]?.breaks ? BROKEN : Number.MAX_SAFE_INTEGER)) ??
    breaking(() => 1) ??
    kept.map(() => 1);
  return { kept, widths };
}

/** Least characters of a column whose words may break, before others have to. */
const BROKEN = 16;

/** Narrows the widest columns to a common width until all fit; null if a column would get less than its least. */
function share(columns: readonly Wants[], available: number): number[] | null {
  const narrowed = (cap: number): number[] =>
    columns.map(({ natural, least }) => Math.max(Math.min(natural, cap), Math.min(least, natural)));
  let cap = Math.max(1, ...columns.map(({ natural }) => natural));
  while (cap > 1 && total(narrowed(cap)) > available) cap--;
  const widths = narrowed(cap);
  if (total(widths) > available) return null;
  let rest = available - total(widths);
  return widths.map((width, index) => {
    const more = Math.min(rest, (columns[index] as Wants).natural - width);
    rest -= more;
    return width + more;
  });
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0);
}

/** Characters for the columns themselves, without gaps. */
function room(columns: readonly Column[], kept: readonly number[], width: number): number {
  return kept.reduce((left, index, place) => left - gapAfter(columns[index] as Column, place === kept.length - 1), width - INDENT);
}

function gapAfter(column: Column, last: boolean): number {
  return last ? 0 : column.tight ? 1 : 2;
}

function mostExpendable(columns: readonly Column[], kept: readonly number[]): number | null {
  let found: number | null = null;
  for (const index of kept) {
    const rank = columns[index]?.expendable;
    if (rank !== undefined && rank > (found === null ? -1 : (columns[found]?.expendable ?? -1))) found = index;
  }
  return found;
}
