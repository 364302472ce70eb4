/** The program: words in, exit status out. */
import { loadChunk } from "./chunks.ts";
import type * as Program from "./program.ts";

const { processIo, run } = loadChunk(`${import.meta.dirname}/bin/program.cjs`) as typeof Program;
process.exitCode = await run(process.argv.slice(2), processIo());
