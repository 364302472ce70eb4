/**
 * Reads unambiguous command lines with Node's own parser, because yargs takes longer to load than most captures
 * take to read. Help, completion, mistakes and whatever yargs treats specially are left to yargs.
 */
import { normalize } from "node:path";
import { parseArgs } from "node:util";
import type { Options } from "yargs";
import { TOOL } from "../report/tool.ts";
import type { Command } from "./commands/contract.ts";
import { COMMANDS } from "./commands/index.ts";
import { type OptionTable, OUTPUT, type Typed } from "./options.ts";
import type { Plan } from "./run.ts";

/** The plan for a plain command line, the same as yargs would make; null if it is not plain. */
export function readPlainly(words: readonly string[]): Plan | null {
  if (words.length === 1 && words[0] === "--version") return { command: null, typed: {}, text: TOOL.version };
  const named = words[0] === DEFAULT ? undefined : NAMED.get(words[0] ?? "");
  const others = named === undefined ? words : words.slice(1);
  if (others.some((word) => NAMED.has(word) || IS_SPECIAL.test(word))) return null;
  const command = named ?? BY_DEFAULT;
  const options = readOptions(others, { ...command.options, ...(command.output ?? OUTPUT) });
  const positionals = options === null ? null : readPositionals(options.rest, command.words[0]);
  return options === null || positionals === null ? null : { command, typed: { ...options.typed, ...positionals }, text: "" };
}

/** Commands by name. */
const NAMED: ReadonlyMap<string, Command> = new Map(
  COMMANDS.flatMap((command) => command.words.map((word) => [word.split(" ", 1)[0] as string, command])),
);
/** yargs' mark for the default command. */
const DEFAULT = "$0";
const BY_DEFAULT = NAMED.get(DEFAULT) as Command;

/** Empty words, the end of options, booleans, negations, groups of short options, and quotes. */
const IS_SPECIAL = /^$|^--$|^(?:true|false)$|^--no-|^-[^-].|["']/s;

/** What was typed with options, and the other words. */
function readOptions(words: readonly string[], table: OptionTable): { readonly typed: Typed; readonly rest: readonly string[] } | null {
  if (words.length === 0) return { typed: {}, rest: [] };
  const settings = Object.entries(table).map(([name, { type, alias }]) => {
    const short = typeof alias === "string" ? { short: alias } : {};
    return [name, { type: type === "boolean" ? "boolean" : "string", multiple: true, ...short }] as const;
  });
  try {
    const { values, positionals } = parseArgs({ args: [...words], options: Object.fromEntries(settings), allowPositionals: true });
    const typed = Object.entries(values).map(([name, given]) => [
      name,
      readValues(given as readonly (string | boolean)[], table[name] ?? {}),
    ]);
    return typed.some(([, value]) => value === null) ? null : { typed: Object.fromEntries(typed) as Typed, rest: positionals };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith("ERR_PARSE_ARGS") === true) return null;
    throw error;
  }
}

/** The values of one option, or only the last if it takes one; null if one is not plain. */
function readValues(given: readonly (string | boolean)[], { type, choices, normalize: isPath, array }: Options): unknown {
  if (type === "boolean") return true;
  const values = (given as readonly string[]).map((text) => {
    if (text === "" || (text !== "-" && text.startsWith("-"))) return null;
    if (type === "number") return /^\d{1,15}$/.test(text) ? Number(text) : null;
    if (choices?.includes(text) === false) return null;
    return isPath === true ? normalize(text) : text;
  });
  if (values.includes(null)) return null;
  return array === true ? values : values.at(-1);
}

/** Positional arguments by their names in `usage` (`list <files..>`); null if there are too few or too many. */
function readPositionals(words: readonly string[], usage: string): Typed | null {
  const places = usage.split(" ").slice(1);
  const isOpen = places.at(-1)?.endsWith("..>") === true;
  if (words.length < places.filter((place) => place.startsWith("<")).length || (words.length > places.length && !isOpen)) return null;
  return Object.fromEntries(
    places.slice(0, words.length).map((place, at) => {
      const name = place.replaceAll(/[^a-z]/g, "");
      return [name, place.endsWith("..>") ? words.slice(at) : words[at]];
    }),
  );
}
