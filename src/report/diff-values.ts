/** Single values that differ: a row each, left beside right, marked by which side has one. */
import type { ValueDifference } from "../diff/difference.ts";
import { pathWords } from "./diff-sections.ts";
import { plain, sign, span, TIE } from "./document.ts";
import type { Lines, Table } from "./document.ts";
import { sideSpan } from "./sides.ts";
import type { Sides } from "./sides.ts";
import { valueText } from "./words.ts";

/** The differences as a table of left and right. */
export function valueTable(values: readonly ValueDifference[], sides: Sides): Table {
  return sideTable(
    values.map((difference) => valueRow(pathWords(difference.path), difference.left, difference.right)),
    sides,
  );
}

/** A table whose columns are a mark, a name, and the two sides. */
export function sideTable(rows: readonly (readonly Lines[])[], sides: Sides): Table {
  return {
    kind: "table",
    alignment: "sides",
    headed: true,
    columns: [
      { title: plain(""), tight: true },
      { title: plain("") },
      { title: [span("- ", "left"), sideSpan(sides, "left")], breaks: true },
      { title: [span("+ ", "right"), sideSpan(sides, "right")], breaks: true },
    ],
    rows,
  };
}

/** Cells of the longest name that is kept on one line. */
const LABEL = 20;

/** A row of such a table. `!`: both have a value; `-`, `+`: only one side has; `=`: no difference. */
export function valueRow(name: string, left: unknown, right: unknown): Lines[] {
  const mark = left === undefined ? "+" : right === undefined ? "-" : valueText(left) === valueText(right) ? "=" : "!";
  const tones = { "+": "right", "-": "left", "!": "moved", "=": "muted" } as const;
  const same = mark === "=";
  return [
    [[span(mark, tones[mark])]],
    [[span(name.length > LABEL ? name : name.replaceAll(" ", TIE), same ? "muted" : undefined)]],
    cell(left, same ? "muted" : "left"),
    cell(right, same ? "muted" : "right"),
  ];
}

/** One line, or one for each member of a list. */
function cell(value: unknown, tone: "left" | "right" | "muted"): Lines {
  if (value === undefined) return [plain(sign("absent"), "muted")];
  const members = Array.isArray(value) && value.length > 0 ? value : [value];
  return members.map((member) => [{ text: valueText(member), tone, code: true as const }]);
}
