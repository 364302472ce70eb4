/** THE list of commands. */
import type { Command } from "./contract.ts";
import { demo } from "./demo.ts";
import { diff } from "./diff.ts";
import { explain } from "./explain.ts";
import { list } from "./list.ts";
import { show } from "./show.ts";
import { snapshot } from "./snapshot.ts";

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [diff, explain, list, show, snapshot, demo];
