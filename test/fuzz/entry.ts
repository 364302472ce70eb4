/** What the bundle of the targets gives: to the tests and the script, and to the fuzzer. */
import { execute, fuzzer } from "./execute.ts";
import { TARGETS } from "./targets/index.ts";

export { execute, TARGETS };

/** The fuzzer calls this with every input; the environment says which target is meant. */
export const fuzz = fuzzer(TARGETS, process.env["FUZZ_TARGET"] ?? "");
