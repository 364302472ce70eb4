/** The style of output text, decided once from the options, the environment, and the destination. */
import type { Io } from "./io.ts";
import type { Typed } from "./options.ts";
import { wholeNumber } from "./options.ts";
import type { TerminalStyle } from "./terminal.ts";

const NARROWEST = 40;
const PIPED = 80;

/** The style of output to the terminal, a pipe or a file. */
export function styleOf(typed: Typed, io: Pick<Io, "out" | "environment">): TerminalStyle {
  const toTerminal = io.out.isTerminal && typed["output"] === undefined;
  const width = wholeNumber(typed, "width", NARROWEST) ?? (toTerminal ? Math.max(io.out.columns ?? PIPED, NARROWEST) : PIPED);
  const color = wantsColor(typed["color"] as string | undefined, io.environment, toTerminal);
  return {
    isTerminal: toTerminal || color,
    width,
    color,
    ascii: typed["ascii"] === true || !showsUnicode(io.environment),
  };
}

/** Decided by the flag, or else by NO_COLOR, FORCE_COLOR, TERM, and whether it is a terminal, in this order. */
function wantsColor(flag: string | undefined, environment: Io["environment"], isTerminal: boolean): boolean {
  if (flag === "always" || flag === "never") return flag === "always";
  if ((environment["NO_COLOR"] ?? "") !== "") return false;
  const force = environment["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  return isTerminal && environment["TERM"] !== "dumb";
}

/** Decided by the locale; without one (on Windows, or started by macOS), every current terminal shows Unicode. */
function showsUnicode(environment: Io["environment"]): boolean {
  const locale = [environment["LC_ALL"], environment["LC_CTYPE"], environment["LANG"]].find((value) => value !== undefined && value !== "");
  return locale === undefined || /utf-?8/i.test(locale);
}
