/** A finished report to where it belongs: standard output, a file, or nowhere. */
import { resolve } from "node:path";
import type { Report } from "../report/report.ts";
import { loadFormat } from "./formats.ts";
import type { Io } from "./io.ts";
import { formatOf } from "./options.ts";
import type { Typed } from "./options.ts";
import { styleOf } from "./style.ts";
import { UsageError } from "./usage-error.ts";

/** Checks what was typed about the output before anything is read. `inputs` are never written over. */
export function checkOutput(typed: Typed, inputs: readonly string[], io: Io): void {
  formatOf(typed);
  styleOf(typed, io);
  const output = typed["output"] as string | undefined;
  if (output === undefined) return;
  if (output === "") throw new UsageError("--output needs the name of a file");
  if (inputs.some((input) => input !== "-" && resolve(input) === resolve(output)))
    throw new UsageError(`${output} is an input; it is not written over`);
}

/** Prints the report as it was asked for. */
export async function printReport(report: Report, typed: Typed, io: Io): Promise<void> {
  if (typed["quiet"] === true) return;
  const format = await loadFormat(formatOf(typed), styleOf(typed, io));
  const output = typed["output"] as string | undefined;
  if (output !== undefined && output !== "-") await io.writeFile(output, format.render(report));
  else for (const piece of format.render(report)) await io.out.write(piece);
}
