/** What may follow on a command line: what yargs suggests, without what does not help the user. */
import { COMMAND_NAMES, COMMANDS } from "./commands/index.ts";
import { OUTPUT } from "./options.ts";

type Usual = (done: (error: Error | null, found: string[] | undefined) => void) => void;

/** The function with which yargs completes the command line `words`. */
export function completionsOf(words: readonly string[]) {
  return (current: string, _typed: unknown, usual: Usual, done: (found: string[]) => void): void => {
    if (takesAnything(words.at(-2) ?? "")) return done([]);
    // yargs does not know the options of the default command before it runs it.
    const own = current.startsWith("-") && !words.some((word) => COMMAND_NAMES.includes(word)) ? UNNAMED : [];
    usual((_error, found = []) => done([...own, ...found.filter((word) => isHelpful(word, current))]));
  };
}

/** Is it worth suggesting? Options are only where one was begun, and none by its letter alone. */
function isHelpful(word: string, current: string): boolean {
  return !word.startsWith("-") || (current.startsWith("-") && !/^--?.(?::|$)/.test(word));
}

const UNNAMED = Object.keys({ ...COMMANDS.find(({ words: [usage] }) => usage.startsWith("$0 "))?.options, ...OUTPUT }).map(
  (name) => `--${name}`,
);

/** Is it an option whose values cannot be listed, because they are files or free text? */
function takesAnything(word: string): boolean {
  const tables = COMMANDS.map(({ options, output = OUTPUT }) => ({ ...options, ...output }));
  return tables.some((table) =>
    Object.entries(table).some(
      ([name, { type, alias, choices }]) =>
        (word === `--${name}` || word === `-${String(alias)}`) && type !== "boolean" && choices === undefined,
    ),
  );
}
