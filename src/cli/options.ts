/** The options that commands share, in yargs' form, and functions that turn what was typed into plain values. */
import type { Options } from "yargs";
import type { DifferenceClass, Selection } from "../index.ts";
import type { Bounds } from "../fault/limits.ts";
import { FORMAT_NAMES, type FormatName } from "./formats.ts";
import { UsageError } from "./usage-error.ts";

/** What was typed: values by option name, unchecked. */
export type Typed = Readonly<Record<string, unknown>>;

/** Options by name, in yargs' form. */
export type OptionTable = Readonly<Record<string, Options>>;

/** Shared settings of options with a value. */
const TEXT = { type: "string", requiresArg: true } as const satisfies Options;
/** Settings of an option that takes a number. */
export const NUMBER = { type: "number", requiresArg: true } as const satisfies Options;

/** Options of a command whose output has only one form. */
export const QUIET: OptionTable = {
  quiet: { type: "boolean", alias: "q", describe: "print nothing; the exit status is the answer" },
};

/** Options of a command that writes one file, which has only one form. */
export const ONE_FILE: OptionTable = {
  output: { ...TEXT, alias: "o", describe: "write to a file", normalize: true },
  ...QUIET,
};

/** Options of every other command: it prints a report. */
export const OUTPUT: OptionTable = {
  format: { ...TEXT, choices: FORMAT_NAMES, describe: "output format", defaultDescription: "text" },
  json: { type: "boolean", describe: "the same as --format json" },
  report: { ...TEXT, array: true, nargs: 1, describe: "also write a report FORMAT=FILE; may be given several times" },
  color: { ...TEXT, choices: ["auto", "always", "never"], coerce: colorWord, describe: "colours", defaultDescription: "auto" },
  ascii: { type: "boolean", describe: "only ASCII characters" },
  width: { ...NUMBER, describe: "line width", defaultDescription: "the terminal's, else 80" },
  ...ONE_FILE,
};

/** The limits that can be set, by their names on the command line. */
const LIMIT_NAMES: Readonly<Record<string, keyof Bounds>> = {
  flows: "flows",
  "held-octets": "heldOctets",
  "kept-octets": "keptOctets",
  "queued-octets": "queuedOctets",
  "queued-octets-in-all": "queuedOctetsInAll",
  "message-octets": "messageOctets",
};

/** Options of every command that reads captures. */
export const READING: OptionTable = {
  keylog: { ...TEXT, array: true, nargs: 1, describe: "decrypt with this key log (SSLKEYLOGFILE); may be given several times" },
  limit: {
    ...TEXT,
    array: true,
    nargs: 1,
    describe: `keep less or more in memory: NAME=NUMBER, where NAME is one of ${Object.keys(LIMIT_NAMES).join(", ")}`,
  },
};

/** Options of every command whose exit status depends on differences. */
export const GATE: OptionTable = {
  "fail-on": { ...TEXT, describe: "classes of differences that count", defaultDescription: "outcome,semantic,order,certificate" },
  "exit-zero": { type: "boolean", describe: "exit with status 0, not 1, if something differs" },
};

/** Options that choose handshakes. */
export const SELECTION: OptionTable = {
  sni: { ...TEXT, describe: "only handshakes for this server name" },
  server: { ...TEXT, describe: "only handshakes with this server, HOST[:PORT]" },
  stream: { ...NUMBER, describe: "only this TCP stream, as Wireshark counts" },
};

/** The format that was asked for. */
export function formatOf(typed: Typed): FormatName {
  const format = typed["format"] as FormatName | undefined;
  if (typed["json"] !== true) return format ?? "text";
  if (format !== undefined && format !== "json") throw new UsageError(`--json and --format ${format} contradict each other`);
  return "json";
}

/** The limits that were set. */
export function limitsOf(typed: Typed): Partial<Bounds> {
  const words = (typed["limit"] ?? []) as readonly string[];
  return Object.fromEntries(
    words.map((word) => {
      const [name = "", number = ""] = word.split("=");
      const limit = LIMIT_NAMES[name];
      const value = /^[0-9]+$/.test(number) ? Number(number) : 0;
      if (limit !== undefined && value > 0 && Number.isSafeInteger(value)) return [limit, value];
      throw new UsageError(
        `--limit needs NAME=NUMBER, where NAME is one of ${Object.keys(LIMIT_NAMES).join(", ")}, and NUMBER is at least 1`,
      );
    }),
  );
}

/** Reports to write beside the printed one. */
export function reportsOf(typed: Typed): { readonly format: FormatName; readonly file: string }[] {
  return ((typed["report"] ?? []) as readonly string[]).map((word) => {
    const at = word.indexOf("=");
    const format = FORMAT_NAMES.find((name) => name === word.slice(0, Math.max(0, at)));
    const file = word.slice(at + 1);
    if (format !== undefined && file !== "") return { format, file };
    throw new UsageError(`--report needs FORMAT=FILE, where FORMAT is one of ${FORMAT_NAMES.join(", ")}`);
  });
}

const CLASSES: readonly DifferenceClass[] = ["outcome", "semantic", "order", "certificate", "transport"];

/** The classes of differences that count, if they were given. */
export function failOnOf(typed: Typed): DifferenceClass[] | undefined {
  const words = (typed["fail-on"] as string | undefined)?.split(",").map((word) => word.trim());
  return words?.map((word) => {
    const found = CLASSES.find((name) => name === word);
    if (found === undefined) throw new UsageError(`--fail-on takes one or more of ${CLASSES.join(", ")}, separated by commas`);
    return found;
  });
}

/** The selection that was asked for. */
export function selectionOf(typed: Typed): Selection {
  const sni = typed["sni"] as string | undefined;
  const server = typed["server"] as string | undefined;
  const numbers = Object.entries({
    stream: wholeNumber(typed, "stream"),
    leftStream: wholeNumber(typed, "left-stream"),
    rightStream: wholeNumber(typed, "right-stream"),
  }).filter(([, value]) => value !== undefined);
  return { ...(sni === undefined ? {} : { sni }), ...(server === undefined ? {} : { server }), ...Object.fromEntries(numbers) };
}

/** A whole number of at least `least`, or undefined if the option was not given. */
export function wholeNumber(typed: Typed, name: string, least = 0): number | undefined {
  const value = typed[name];
  if (value === undefined) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value) || value < least) {
    throw new UsageError(`--${name} needs a whole number${least > 0 ? ` of at least ${least}` : ""}`);
  }
  return value;
}

/** `--no-color` and a bare `--color` mean what they do elsewhere. */
function colorWord(value: unknown): unknown {
  return value === false ? "never" : value === true || value === "" ? "always" : value;
}
