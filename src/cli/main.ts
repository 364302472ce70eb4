/** The program: words in, exit status out. */
import { loadChunk } from "./chunks.ts";
import { EXIT } from "./exit-status.ts";
import type * as Program from "./program.ts";

async function main(): Promise<void> {
  const { processIo, run } = loadChunk(`${import.meta.dirname}/bin/program.cjs`) as typeof Program;
  const io = processIo();
  // If an error ends the run before it has a status.
  process.exitCode = EXIT.bug;
  process.exitCode = await run(process.argv.slice(2), io);
  // A read from a pipe to which nobody writes would keep the process from ending.
  if (io.signal.aborted) process.exit();
}

void main();
