/** What the program's first chunk gives. */
export { processIo } from "./process-io.ts";
export { run } from "./run.ts";
