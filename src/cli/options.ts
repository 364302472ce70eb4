/** The options that commands share, as yargs takes them, and what was typed as plain values. */
import type { Argv, Options } from "yargs";
import type { Selection } from "../index.ts";
import type { FormatName } from "./formats.ts";
import { UsageError } from "./usage-error.ts";

/** What was typed: yargs' names, unchecked. */
export type Typed = Readonly<Record<string, unknown>>;

/** Options of every command. */
export function outputOptions(parser: Argv): Argv {
  return parser.options({
    format: { ...TEXT, choices: ["text", "json", "ndjson", "markdown", "html"], describe: "how to print it", defaultDescription: "text" },
    json: { type: "boolean", describe: "the same as --format json" },
    output: { ...TEXT, alias: "o", describe: "write to a file", normalize: true },
    color: { ...TEXT, choices: ["auto", "always", "never"], coerce: colorWord, describe: "colours", defaultDescription: "auto" },
    ascii: { type: "boolean", describe: "no signs outside ASCII" },
    width: { ...NUMBER, describe: "cells of a line", defaultDescription: "the terminal's, else 80" },
    quiet: { type: "boolean", alias: "q", describe: "print nothing; the exit status is the answer" },
  });
}

/** Options of every command that reads captures. */
export function readingOptions(parser: Argv): Argv {
  return parser.options({
    keylog: { ...TEXT, array: true, nargs: 1, describe: "decrypt with this key log (SSLKEYLOGFILE); may be given several times" },
  });
}

/** Options that choose handshakes. */
export function selectionOptions(parser: Argv): Argv {
  return parser.options({
    sni: { ...TEXT, describe: "only handshakes for this server name" },
    server: { ...TEXT, describe: "only handshakes with this server, HOST[:PORT]" },
    stream: { ...NUMBER, describe: "only this TCP stream, as Wireshark counts" },
  });
}

/** Shared settings of options with a value. */
const TEXT = { type: "string", requiresArg: true } as const satisfies Options;
export const NUMBER = { type: "number", requiresArg: true } as const satisfies Options;

/** Which format was asked for. */
export function formatOf(typed: Typed): FormatName {
  const format = typed["format"] as FormatName | undefined;
  if (typed["json"] !== true) return format ?? "text";
  if (format !== undefined && format !== "json") throw new UsageError(`--json and --format ${format} contradict each other`);
  return "json";
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

/** A whole number of at least `least`, or undefined where the option was not given. */
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
