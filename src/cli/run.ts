/**
 * What was typed to what is done: parses, executes one command, and turns everything that can go
 * wrong into a sentence on standard error and an exit status. Never ends the process itself.
 */
import yargs from "yargs";
import type { Argv } from "yargs";
import { TOOL } from "../report/tool.ts";
import { COMMANDS } from "./commands/index.ts";
import type { Command } from "./commands/contract.ts";
import { EXIT, EXIT_HELP } from "./exit-status.ts";
import type { ExitStatus } from "./exit-status.ts";
import { ClosedPipe } from "./io.ts";
import type { Io } from "./io.ts";
import { outputOptions } from "./options.ts";
import type { Typed } from "./options.ts";
import { Interrupted } from "./reading.ts";
import { shown } from "./shown.ts";
import { suggest } from "./suggest.ts";
import { UsageError } from "./usage-error.ts";

/** Executes the command line `words` (without program and script). */
export async function run(words: readonly string[], io: Io): Promise<ExitStatus> {
  try {
    const plan = await parse(words, io);
    if (plan.text !== "") await io.out.write(`${plan.text}\n`);
    const status = plan.command === null ? EXIT.same : await plan.command.execute(plan.typed, io);
    await io.out.done();
    if (!io.signal.aborted || plan.command?.endsInterrupted === true) return status;
    await io.err.write("tls-diff: interrupted; what was read until then is all that is told.\n");
    return EXIT.interrupted;
  } catch (error) {
    return tell(error, io);
  }
}

/** What is to be done: a command, or a text to print (help, version, completion). */
interface Plan {
  readonly command: Command | null;
  readonly typed: Typed;
  readonly text: string;
}

/** Stands for `-`, which yargs would take for an option without a name. */
const STDIN = "\u0000-";

async function parse(words: readonly string[], io: Io): Promise<Plan> {
  let command: Command | null = null;
  let typed: Typed = {};
  let text = "";
  let parser = baseParser(words, io);
  if (words[0] === "completion") {
    // Beside a default command the word would be taken for a capture of that name.
    parser = parser.strict(false);
  } else {
    for (const each of COMMANDS) {
      parser = parser.command(
        [...each.words],
        each.about,
        (inner) => each.describe(inner),
        (given) => {
          command = each;
          typed = given;
        },
      );
    }
  }
  parser = parser.completion("completion", "print a completion script for the shell");
  const spelled = words.map((word) => (word === "-" ? STDIN : word));
  await parser.parseAsync(spelled, {}, (_error: unknown, _typed: unknown, output: string) => {
    text = output;
  });
  return { command: text === "" ? command : null, typed: settled(typed), text };
}

/** What may be given several times. */
const LISTS: ReadonlySet<string> = new Set(["files", "keylog", "report"]);

function own(word: unknown): unknown {
  return word === STDIN ? "-" : word;
}

/** With standard input by its own name again; of an option that was given twice the last counts. */
function settled(typed: Typed): Typed {
  return Object.fromEntries(
    Object.entries(typed).map(([key, value]) => {
      if (!Array.isArray(value)) return [key, own(value)];
      return [key, LISTS.has(key) ? value.map(own) : own(value.at(-1))];
    }),
  );
}

function baseParser(words: readonly string[], io: Io): Argv {
  return outputOptions(yargs())
    .scriptName("tls-diff")
    .usage("$0 LEFT RIGHT\n\nWhy does one TLS client fail where another works? Compares the handshakes of two captures.")
    .detectLocale(false)
    .exitProcess(false)
    .parserConfiguration({ "camel-case-expansion": false, "strip-aliased": true })
    .strict()
    .version("version", "print the version", TOOL.version)
    .help("help", "print this help")
    .alias("help", "h")
    .example("$0 demo", "see it on bundled captures")
    .epilogue(EXIT_HELP)
    .wrap(Math.min(io.out.columns ?? 80, 100))
    .fail((message: string | null, error: Error | undefined) => {
      if (error !== undefined && error.name !== "YError") throw error;
      throw new UsageError(inOwnWords(message ?? error?.message ?? "the command line cannot be understood", words));
    });
}

/** yargs' sentence in ours, with what was probably meant. */
function inOwnWords(message: string, words: readonly string[]): string {
  const stray = words.map((word) => /^--([^=]+)/.exec(word)?.[1]).find((name) => name !== undefined && !OPTIONS.includes(name));
  if (stray !== undefined) {
    const meant = suggest(stray, OPTIONS);
    return `there is no option --${shown(stray)}${meant === null ? "" : `; did you mean --${meant}?`}`;
  }
  const unknown = /^Unknown arguments?: (.+)$/.exec(message)?.[1]?.split(", ")[0];
  if (unknown !== undefined) {
    if (words.includes(unknown)) return `there is one word too many: ${shown(unknown)}`;
    return `there is no option ${shown(unknown.length === 1 ? `-${unknown}` : `--${unknown}`)}${OPTIONS.includes(unknown) ? " for this command" : ""}`;
  }
  const choice = /Argument: (\S+), Given: (.*), Choices: (.*)$/s.exec(message);
  if (choice !== null) return `--${choice[1]} takes one of ${choice[3]?.replaceAll('"', "")}, not ${shown(choice[2] ?? "")}`;
  const missing = /^Not enough arguments following: (\S+)/.exec(message)?.[1];
  if (missing !== undefined) return `${missing.length === 1 ? "-" : "--"}${missing} needs a value`;
  if (!message.startsWith("Not enough non-option arguments")) return shown(message.replace(/\s*\n\s*/g, " ").replace(/\.$/, ""));
  if (words.includes("list")) return "list needs the name of a capture or a directory";
  if (words.includes("show")) return "show needs the name of a capture";
  return "name two captures to compare, or one to compare within";
}

/** Every option there is, for suggestions. */
const OPTIONS =
  "format json output color ascii width quiet sni server stream left-stream right-stream all id hex list keylog port report fail-on exit-zero update keep-names help version no-color".split(
    " ",
  );

async function tell(error: unknown, io: Io): Promise<ExitStatus> {
  if (error instanceof ClosedPipe) return EXIT.same;
  if (error instanceof Interrupted) {
    await io.err.write(`tls-diff: ${error.message}.\n`);
    return EXIT.interrupted;
  }
  if (error instanceof UsageError) {
    await io.err.write(`tls-diff: ${shown(error.message)}${error.message.endsWith("?") ? "" : "."}\nSee tls-diff --help.\n`);
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
