/** The program: words in, exit status out. */
import { loadChunk } from "./chunks.ts";
import { EXIT } from "./exit-status.ts";
import type * as Program from "./program.ts";

async function main(): Promise<void> {
  const { processIo, run } = loadChunk(`${import.meta.dirname}/bin/program.cjs`) as typeof Program;
  const io = processIo();
  // Unless it comes to an end.
  process.exitCode = EXIT.bug;
  process.exitCode = await run(process.argv.slice(2), io);
  // A pipe on which nobody writes would keep the process waiting.
  if (io.signal.aborted) process.exit();
}

void main();
