/** Draws a fitted table without a library: blanks between the columns, a rule below the titles. */
import type { Text } from "../document.ts";
import { INDENT } from "./grid.ts";
import type { Grid } from "./grid.ts";
import { measure } from "./wrap.ts";

/** The lines of the table; `line` paints the text of a cell's line. */
export function drawGrid(grid: Grid, line: (text: Text) => string, ascii: boolean): string[] {
  return grid.rows.flatMap((row, index) => {
    const height = Math.max(...row.map((cell) => cell.length));
    const out = Array.from({ length: height }, (_, at) => {
      const cells = grid.columns.map(({ width, gap, right }, column) => {
        const text = row[column]?.[at] ?? [];
        const blanks = " ".repeat(width - measure(text));
        return (right ? blanks + line(text) : line(text) + blanks) + " ".repeat(gap);
      });
      return " ".repeat(INDENT) + cells.join("");
    });
    return grid.headed && index === 0 ? [...out, ruleBelow(grid, ascii)] : out;
  });
}

function ruleBelow(grid: Grid, ascii: boolean): string {
  return " ".repeat(INDENT) + (ascii ? "-" : "─").repeat(grid.columns.reduce((sum, { width, gap }) => sum + width + gap, 0));
}
