/** Writes a finished report to its destination: standard output, a file, or nowhere. */
import { existsSync, statSync, type Stats } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Report } from "../report/report.ts";
import { loadFormat } from "./formats.ts";
import type { FormatName } from "./formats.ts";
import type { Io } from "./io.ts";
import { formatOf, reportsOf } from "./options.ts";
import type { Typed } from "./options.ts";
import { styleOf } from "./style.ts";
import { FileError, UsageError } from "./usage-error.ts";

/** Checks what was typed about the output before anything is read. `inputs` are never overwritten. */
export function checkOutput(typed: Typed, inputs: readonly string[], io: Io): void {
  formatOf(typed);
  styleOf(typed, io);
  const output = typed["output"] as string | undefined;
  if (output === "") throw new UsageError("--output needs the name of a file");
  const written = [...(output === undefined ? [] : [output]), ...reportsOf(typed).map(({ file }) => file)].filter((file) => file !== "-");
  const read = [...inputs, ...((typed["keylog"] ?? []) as readonly string[])].filter((input) => input !== "-");
  for (const [index, file] of written.entries()) {
    if (read.some((input) => isSameFile(input, file))) throw new FileError(`${file} is an input, and would be overwritten`);
    if (written.slice(0, index).some((other) => isSameFile(other, file))) throw new FileError(`${file} would be written twice`);
    if (!existsSync(dirname(file))) throw new FileError(`cannot write ${file}: there is no such directory`);
  }
}

/** Do both names lead to the same file, perhaps through links? A device may be written several times. */
function isSameFile(one: string, other: string): boolean {
  const [first, second] = [statusOf(one), statusOf(other)];
  if (first === undefined || second === undefined) return resolve(one) === resolve(other);
  return first.isFile() && first.dev === second.dev && first.ino === second.ino;
}

/** Is there a directory with that name? */
export function isDirectory(path: string): boolean {
  return statusOf(path)?.isDirectory() === true;
}

function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** Prints the report as it was asked for, and writes the others. */
export async function printReport(report: Report, typed: Typed, io: Io): Promise<void> {
  for (const { format, file } of reportsOf(typed)) await writeReport(report, format, file, typed, io);
  if (typed["quiet"] !== true) await writeReport(report, formatOf(typed), (typed["output"] as string | undefined) ?? "-", typed, io);
}

async function writeReport(report: Report, name: FormatName, file: string, typed: Typed, io: Io): Promise<void> {
  const format = await loadFormat(name, file === "-" ? styleOf(typed, io) : { ...styleOf(typed, io), isTerminal: false, color: false });
  if (file === "-") for (const piece of format.render(report)) await io.out.write(piece);
  else await io.writeFile(file, format.render(report));
  const summary = name === "github" ? io.environment["GITHUB_STEP_SUMMARY"] : undefined;
  if (summary === undefined || summary === "") return;
  const markdown = await loadFormat("markdown", styleOf(typed, io));
  await io.writeFile(summary, markdown.render(report), { append: true });
}
