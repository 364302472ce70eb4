/** The program: words in, exit status out. */
import { processIo } from "./process-io.ts";
import { run } from "./run.ts";

const io = processIo();
process.exitCode = await run(process.argv.slice(2), io);
// A pipe on which nobody writes would keep the process waiting.
if (io.signal.aborted) process.exit();
