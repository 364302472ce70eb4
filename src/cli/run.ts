/**
 * Runs one command line: parses it, executes the command, and turns everything that can go
 * wrong into a sentence on standard error and an exit status. Never ends the process itself.
 */
import { TOOL } from "../report/tool.ts";
import type { Command } from "./commands/contract.ts";
import { COMMAND_NAMES } from "./commands/index.ts";
import { EXIT } from "./exit-status.ts";
import type { ExitStatus } from "./exit-status.ts";
import { ClosedPipe } from "./io.ts";
import type { Io } from "./io.ts";
import type { Typed } from "./options.ts";
import { readPlainly } from "./plain-words.ts";
import { Interrupted } from "./reading.ts";
import { shown } from "./shown.ts";
import { FileError, UsageError } from "./usage-error.ts";

/** Executes the command line `words` (without program and script). */
export async function run(words: readonly string[], io: Io): Promise<ExitStatus> {
  try {
    const plan = await planOf(words, io);
    if (plan.text !== "") await io.out.write(`${plan.text}\n`);
    const status = plan.command === null ? EXIT.same : await plan.command.execute(plan.typed, io);
    await io.out.done();
    if (!io.signal.aborted || plan.command?.endsInterrupted === true) return status;
    await io.err.write("tls-diff: interrupted; the result covers only what was read until then.\n");
    return EXIT.interrupted;
  } catch (error) {
    return tell(error, words, io);
  }
}

/** What is to be done: a command, or a text to print (help, version, completion). */
export interface Plan {
  readonly command: Command | null;
  readonly typed: Typed;
  readonly text: string;
}

/** The plan for the command line; throws `UsageError` if it cannot be understood. */
async function planOf(words: readonly string[], io: Io): Promise<Plan> {
  const plan = readPlainly(words);
  if (plan !== null) return plan;
  const { readWords } = await import("./words.ts");
  return readWords(words, io.out.columns);
}

async function tell(error: unknown, words: readonly string[], io: Io): Promise<ExitStatus> {
  if (error instanceof ClosedPipe) return EXIT.same;
  if (error instanceof Interrupted) {
    await io.err.write(`tls-diff: ${error.message}.\n`);
    return EXIT.interrupted;
  }
  if (error instanceof UsageError) {
    const hint = error instanceof FileError ? "" : `See tls-diff ${helpOf(words)}--help.\n`;
    await io.err.write(`tls-diff: ${shown(error.message)}${error.message.endsWith("?") ? "" : "."}\n${hint}`);
    return EXIT.unusable;
  }
  const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
  await io.err.write(
    `tls-diff: this is a bug in tls-diff ${TOOL.version} (${name}: ${shown(message)}).\n` +
      "Please report it with the command line and, if you may share it, the capture.\n",
  );
  if (io.environment["TLS_DIFF_STACK"] === "1" && error instanceof Error) await io.err.write(`${error.stack}\n`);
  return EXIT.bug;
}

/** The command that was typed, if any: its help is more specific than the general one. */
function helpOf([first = ""]: readonly string[]): string {
  return COMMAND_NAMES.includes(first) ? `${first} ` : "";
}
