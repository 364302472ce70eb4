/** Text for a terminal: the layout of the plain format, painted. */
import type { Tone } from "../report/document.ts";
import type { Format } from "../report/formats/contract.ts";
import { drawGrid } from "../report/layout/draw-grid.ts";
import { renderText } from "../report/layout/text.ts";
import { compose } from "../report/report.ts";

export interface TerminalStyle {
  /** Cells of a line. */
  readonly width: number;
  readonly color: boolean;
  readonly ascii: boolean;
}

/** The format for a terminal of that style. */
export function terminal({ width, color, ascii }: TerminalStyle): Format {
  return {
    name: "text",
    extension: "txt",
    mediaType: "text/plain",
    render: (report) =>
      renderText(compose(report), {
        width,
        ascii,
        paint: color ? paint : (text) => text,
        draw: (grid, line) => drawGrid(grid, line, ascii),
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

function paint(text: string, tone: Tone | "code" | undefined): string {
  if (tone === undefined || tone === "code" || text.trim() === "") return text;
  const [on, off] = CODES[tone];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}
