/** What a command is: one file, and one line in `index.ts`. */
import type { Argv } from "yargs";
import type { ExitStatus } from "../exit-status.ts";
import type { Io } from "../io.ts";
import type { Typed } from "../options.ts";

export interface Command {
  /** As yargs takes it; several are aliases, `$0` is the default. */
  readonly words: readonly string[];
  readonly about: string;
  /** An interruption is how it ends, and no reason to say that something is missing. */
  readonly endsInterrupted?: true;
  /** Adds its positionals, options and examples. */
  describe(parser: Argv): Argv;
  /** Does what was typed. Prints results on `io.out`, everything else on `io.err`. */
  execute(typed: Typed, io: Io): Promise<ExitStatus>;
}
