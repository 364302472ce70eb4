/** What may follow on a command line: yargs' own answer, without what does not help a shell. */
import { COMMANDS } from "./commands/index.ts";
import { OUTPUT } from "./options.ts";

type Usual = (done: (error: Error | null, found: string[] | undefined) => void) => void;

/** Completes the command line `words`, as yargs asks for it. */
export function completionsOf(words: readonly string[]) {
  return (current: string, _typed: unknown, usual: Usual, done: (found: string[]) => void): void => {
    if (takesAnything(words.at(-2) ?? "")) return done([]);
    // The command that needs no name is none until it is carried out.
    const own = current.startsWith("-") && !words.some((word) => NAMES.has(word)) ? UNNAMED : [];
    usual((_error, found = []) => done([...own, ...found.filter((word) => isHelp(word, current))]));
  };
}

/** Options only where one is begun, and none by its letter alone. */
function isHelp(word: string, current: string): boolean {
  return !word.startsWith("-") || (current.startsWith("-") && !/^--?.(?::|$)/.test(word));
}

const NAMES: ReadonlySet<string> = new Set(COMMANDS.map(({ words: [usage] }) => usage.split(" ", 1)[0] as string));

const UNNAMED = Object.keys({ ...COMMANDS.find(({ words: [usage] }) => usage.startsWith("$0 "))?.options, ...OUTPUT }).map(
  (name) => `--${name}`,
);

/** Is it an option with a value of which only files, or nothing, can be known? */
function takesAnything(word: string): boolean {
  const tables = COMMANDS.map(({ options, output = OUTPUT }) => ({ ...options, ...output }));
  return tables.some((table) =>
    Object.entries(table).some(
      ([name, { type, alias, choices }]) =>
        (word === `--${name}` || word === `-${String(alias)}`) && type !== "boolean" && choices === undefined,
    ),
  );
}
