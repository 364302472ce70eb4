/** THE list of commands. */
import { check } from "./check.ts";
import type { Command } from "./contract.ts";
import { clients } from "./clients.ts";
import { completion } from "./completion.ts";
import { demo } from "./demo.ts";
import { diff } from "./diff.ts";
import { explain } from "./explain.ts";
import { list } from "./list.ts";
import { redact } from "./redact.ts";
import { show } from "./show.ts";
import { snapshot } from "./snapshot.ts";
import { web } from "./web.ts";

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [diff, check, explain, list, show, snapshot, redact, clients, web, demo, completion];

/** Their names, without aliases; the default command's is `$0`. */
export const COMMAND_NAMES: readonly string[] = COMMANDS.map(({ words: [usage] }) => usage.split(" ", 1)[0] as string);
