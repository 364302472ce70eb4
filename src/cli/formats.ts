/** The formats that `--format` offers: the portable ones, and the terminal's in place of plain text. */
import type { Format } from "../report/formats/contract.ts";
import type { TerminalStyle } from "./terminal.ts";

/** As `--format` and `--report` take them. */
export const FORMAT_NAMES = ["text", "json", "ndjson", "markdown", "html", "junit", "sarif", "github"] as const;

/** One of {@link FORMAT_NAMES}. */
export type FormatName = (typeof FORMAT_NAMES)[number];

/** The format of that name; only what it needs is loaded. */
export async function loadFormat(name: FormatName, style: TerminalStyle): Promise<Format> {
  if (name === "text" && style.isTerminal) {
    const { terminal } = await import("./terminal.ts");
    return terminal(style);
  }
  if (name === "text") {
    const { plain } = await import("../report/formats/plain.ts");
    return { ...plain, name, render: (report) => plain.render(report, style) };
  }
  const { FORMATS } = await import("../report/formats/index.ts");
  return FORMATS[name];
}
