/** Text for a terminal: the layout of the plain format, painted, its tables drawn by cli-table3. */
import Table from "cli-table3";
import type { Tone } from "../report/document.ts";
import type { Format } from "../report/formats/contract.ts";
import type { Grid } from "../report/layout/grid.ts";
import { INDENT } from "../report/layout/grid.ts";
import { renderText } from "../report/layout/text.ts";
import { compose } from "../report/report.ts";

/** How terminal output is to look. */
export interface TerminalStyle {
  /** It is read by a person, or coloured as if it were. */
  readonly isTerminal: boolean;
  /** Columns of a line. */
  readonly width: number;
  readonly color: boolean;
  readonly ascii: boolean;
}

/** The format for a terminal of that style. */
export function terminal({ width, color, ascii }: Omit<TerminalStyle, "isTerminal">): Format {
  return {
    name: "text",
    extension: "txt",
    mediaType: "text/plain",
    render: (report) =>
      renderText(compose(report), {
        width,
        ascii,
        paint: color ? paint : (text) => text,
        draw: (grid, line) => draw(grid, line, ascii),
      }),
  };
}

/** SGR parameters: on, off. Left and right are neither good nor bad, so they are neither green nor red. */
const CODES: Readonly<Record<Tone, readonly [on: string, off: string]>> = {
  good: ["32", "39"],
  bad: ["1;31", "22;39"],
  left: ["35", "39"],
  right: ["36", "39"],
  moved: ["33", "39"],
  chosen: ["1;32", "22;39"],
  strong: ["1", "22"],
  muted: ["2", "22"],
};

/** A text in the colour of its tone. */
export function paint(text: string, tone: Tone | "code" | undefined): string {
  if (tone === undefined || tone === "code" || text.trim() === "") return text;
  const [on, off] = CODES[tone];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}

/** Draws a table without lines except below the titles: text copied from the terminal stays readable, and no width is lost. */
function draw(grid: Grid, line: Parameters<Parameters<typeof renderText>[1]["draw"]>[1], ascii: boolean): string[] {
  const rule = ascii ? "-" : "─";
  const rows = grid.rows.map((row) => row.map((cell) => cell.map(line).join("\n")));
  const table = new Table({
    chars: {
      ...NO_LINES,
      mid: rule,
      "left-mid": " ".repeat(INDENT),
      "mid-mid": "",
      "right-mid": "",
      left: " ".repeat(INDENT),
      middle: "",
      right: "",
    },
    style: { compact: true, "padding-left": 0, "padding-right": 0, head: [], border: [] },
    colWidths: grid.columns.map(({ width, gap }) => width + gap),
    colAligns: grid.columns.map(({ right }) => (right ? "right" : "left")),
    ...(grid.headed ? { head: rows[0] ?? [] } : {}),
  });
  // A right-aligned column keeps its gap after the text.
  const spaced = rows.map((row) =>
    row.map((cell, index) => {
      const column = grid.columns[index];
      return column?.right
        ? cell
            .split("\n")
            .map((text) => text + " ".repeat(column.gap))
            .join("\n")
        : cell;
    }),
  );
  if (grid.headed) table.options.head = spaced[0] ?? [];
  table.push(...spaced.slice(grid.headed ? 1 : 0));
  return table.toString().split("\n");
}

const NO_LINES = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
} as const;
