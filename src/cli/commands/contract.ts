/** What a command is: one file, and one line in `index.ts`. */
import type { ExitStatus } from "../exit-status.ts";
import type { Io } from "../io.ts";
import type { OptionTable, Typed } from "../options.ts";

/** One command. */
export interface Command {
  /** In yargs' notation; further ones are aliases, and `$0` marks the default command. */
  readonly words: readonly [string, ...string[]];
  readonly about: string;
  /** It is normally ended by an interruption, which needs no message. */
  readonly endsInterrupted?: true;
  /** The help for its positional arguments. */
  readonly positionals?: Readonly<Record<string, string>>;
  readonly options?: OptionTable;
  /** The options for its output, if that is not a report. */
  readonly output?: OptionTable;
  readonly examples?: readonly (readonly [line: string, about: string])[];
  /** The end of its help. */
  readonly epilogue?: string;
  /** Executes the command. Prints results on `io.out`, everything else on `io.err`. */
  execute(typed: Typed, io: Io): Promise<ExitStatus>;
}
