/** The exports of the program's first chunk. */
export { processIo } from "./process-io.ts";
export { run } from "./run.ts";
