/** How text is to look, decided once from what was typed, the environment, and where it goes. */
import type { Io } from "./io.ts";
import type { Typed } from "./options.ts";
import { wholeNumber } from "./options.ts";
import type { TerminalStyle } from "./terminal.ts";

const NARROWEST = 40;
const PIPED = 80;

/** The style of what goes to the output, or to a file. */
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

/** The flag decides, then NO_COLOR, FORCE_COLOR, TERM, and whether it is a terminal. */
function wantsColor(flag: string | undefined, environment: Io["environment"], isTerminal: boolean): boolean {
  if (flag === "always" || flag === "never") return flag === "always";
  if ((environment["NO_COLOR"] ?? "") !== "") return false;
  const force = environment["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  return isTerminal && environment["TERM"] !== "dumb";
}

/** What the locale says; where there is none (Windows, macOS' launchers), everything current shows it. */
function showsUnicode(environment: Io["environment"]): boolean {
  const locale = [environment["LC_ALL"], environment["LC_CTYPE"], environment["LANG"]].find((value) => value !== undefined && value !== "");
  return locale === undefined || /utf-?8/i.test(locale);
}
