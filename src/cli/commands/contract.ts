/** What a command is: one file, and one line in `index.ts`. */
import type { ExitStatus } from "../exit-status.ts";
import type { Io } from "../io.ts";
import type { OptionTable, Typed } from "../options.ts";

export interface Command {
  /** As yargs takes it; several are aliases, `$0` is the default. */
  readonly words: readonly [string, ...string[]];
  readonly about: string;
  /** An interruption is how it ends, and no reason to say that something is missing. */
  readonly endsInterrupted?: true;
  /** What the help says of the words after the command's own. */
  readonly positionals?: Readonly<Record<string, string>>;
  readonly options?: OptionTable;
  /** What can be said of its output, where that is no report. */
  readonly output?: OptionTable;
  readonly examples?: readonly (readonly [line: string, about: string])[];
  /** What the help ends with. */
  readonly epilogue?: string;
  /** Does what was typed. Prints results on `io.out`, everything else on `io.err`. */
  execute(typed: Typed, io: Io): Promise<ExitStatus>;
}
