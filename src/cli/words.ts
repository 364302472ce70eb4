/** Reads any command line with yargs: help, completion, and sentences about what is wrong. */
import { normalize } from "node:path";
import type { Argv } from "yargs";
import { TOOL } from "../report/tool.ts";
import type { Command } from "./commands/contract.ts";
import { COMMAND_NAMES, COMMANDS } from "./commands/index.ts";
import { EXIT_HELP } from "./exit-status.ts";
import { type OptionTable, OUTPUT, type Typed } from "./options.ts";
import type { Plan } from "./run.ts";
import { completionsOf } from "./completions.ts";
import { suggest } from "./suggest.ts";
import { UsageError } from "./usage-error.ts";

/** A word that cannot be typed. */
const NO_WORD = "\u0000completion";

/** Stands for `-`, which yargs would take for a nameless option. */
const STDIN = "\u0000-";

/** The plan of the command line `words`, its help at most `columns` wide. Throws `UsageError` if it cannot be understood. */
export async function readWords(words: readonly string[], columns: number | undefined): Promise<Plan> {
  let command: Command | null = null;
  let typed: Typed = {};
  let text = "";
  let parser = await baseParser(words, columns);
  for (const each of COMMANDS) {
    parser = parser.command(
      [...each.words],
      each.about,
      (inner) => describe(inner, each),
      (given) => {
        command = each;
        typed = given;
      },
    );
  }
  // The scripts of `completion` ask yargs what may follow; its own command for that gets a name that cannot be typed.
  parser = parser.completion(NO_WORD, false, completionsOf(words));
  const spelled = words.map((word) => (word === "-" ? STDIN : word));
  await parser.parseAsync(spelled, {}, (_error: unknown, _typed: unknown, output: string) => {
    text = output;
  });
  return { command: text === "" ? command : null, typed: settled(typed), text };
}

function describe(parser: Argv, { positionals = {}, options = {}, output = OUTPUT, examples = [], epilogue }: Command): Argv {
  let described: Argv = parser.options(forYargs(options)).options(forYargs(output));
  described = described.version("version", "print the version", TOOL.version).help("help", "print this help").alias("help", "h");
  for (const [name, about] of Object.entries(positionals))
    described = described.positional(name, { type: "string", describe: about, default: undefined });
  for (const [line, about] of examples) described = described.example(line, about);
  return epilogue === undefined ? described : described.epilogue(epilogue);
}

/** Replaces yargs' own normalization of paths, which fails if an option of a command is given twice. */
function forYargs(table: OptionTable): OptionTable {
  return Object.fromEntries(
    Object.entries(table).map(([name, { normalize: isPath, ...option }]) => [
      name,
      isPath === true ? { ...option, coerce: normalized } : option,
    ]),
  );
}

function normalized(paths: string | readonly string[]): string | string[] {
  return typeof paths === "string" ? normalize(paths) : paths.map((path) => normalize(path));
}

/** Arguments that may be given several times. */
const LISTS: ReadonlySet<string> = new Set(["files", "keylog", "limit", "report"]);

function own(word: unknown): unknown {
  return word === STDIN ? "-" : word;
}

/** Restores the name of standard input; if an option was given twice, the last one counts. */
function settled(typed: Typed): Typed {
  return Object.fromEntries(
    Object.entries(typed).map(([key, value]) => {
      if (!Array.isArray(value)) return [key, own(value)];
      return [key, LISTS.has(key) ? value.map(own) : own(value.at(-1))];
    }),
  );
}

async function baseParser(words: readonly string[], columns: number | undefined): Promise<Argv> {
  const { default: yargs } = await import("yargs");
  return yargs()
    .scriptName("tls-diff")
    .usage("$0 LEFT RIGHT\n\nWhy does one TLS client fail where another works? Compares the handshakes of two captures.")
    .detectLocale(false)
    .exitProcess(false)
    .parserConfiguration({ "camel-case-expansion": false, "strip-aliased": true })
    .strict()
    .version(false)
    .help(false)
    .example("$0 demo", "see it on bundled captures")
    .epilogue(EXIT_HELP)
    .wrap(Math.min(columns ?? 80, 100))
    .fail((message: string | null, error: Error | undefined) => {
      if (error !== undefined && error.name !== "YError") throw error;
      throw new UsageError(inOwnWords(message ?? error?.message ?? "the command line cannot be understood", words));
    });
}

/** Rewords yargs' sentence, with a suggestion. */
function inOwnWords(message: string, words: readonly string[]): string {
  const stray = words.map((word) => /^--([^=]+)/.exec(word)?.[1]).find((name) => name !== undefined && !OPTIONS.includes(name));
  if (stray !== undefined) {
    const meant = suggest(stray, OPTIONS);
    return `there is no option --${safeText(stray)}${meant === null ? "" : `; did you mean --${meant}?`}`;
  }
  const unknown = /^Unknown arguments?: (.+)$/.exec(message)?.[1]?.split(", ")[0];
  if (unknown !== undefined) {
    if (words.includes(unknown)) return `unexpected argument: ${safeText(unknown)}`;
    return `there is no option ${safeText(unknown.length === 1 ? `-${unknown}` : `--${unknown}`)}${OPTIONS.includes(unknown) ? " for this command" : ""}`;
  }
  const choice = /Argument: (\S+), Given: (.*), Choices: (.*)$/s.exec(message);
  if (choice !== null) return `--${choice[1]} takes one of ${choice[3]?.replaceAll('"', "")}, not ${safeText(choice[2] ?? "")}`;
  const missing = /^Not enough arguments following: (\S+)/.exec(message)?.[1];
  if (missing !== undefined) return `${missing.length === 1 ? "-" : "--"}${missing} needs a value`;
  if (!message.startsWith("Not enough non-option arguments")) return safeText(message.replace(/\s*\n\s*/g, " ").replace(/\.$/, ""));
  const named = COMMAND_NAMES.find((name) => words.includes(name));
  if (named === undefined) return "name two captures to compare, or one to compare within";
  return `${named} needs the name of a capture${named === "list" ? " or a directory" : ""}`;
}

/** Every option, for suggestions. */
const OPTIONS: readonly string[] = [
  ...[OUTPUT, ...COMMANDS.map(({ options }) => options ?? {})].flatMap((table) => Object.keys(table)),
  "help",
  "version",
  "no-color",
];

/** Makes part of the command line safe to show: without control characters. */
function safeText(text: string): string {
  return text.replace(/[^ -~]/g, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}
