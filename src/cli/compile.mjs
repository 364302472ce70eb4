// Runs the program as it is mostly run, and keeps what V8 compiled for that beside its chunks.
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compiled, compiledFile, loadChunk } from "../../dist/cli/chunks.js";

const FOLDER = join(import.meta.dirname, "../../dist/bin");

// Nothing is not what V8 takes, but it says which chunks are meant; the one with yargs needs Node's own `import()`.
const chunks = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".cjs") && name !== "words.cjs")
  .map((name) => join(FOLDER, name));
for (const chunk of chunks) writeFileSync(compiledFile(chunk), "");

const { processIo, run } = /** @type {typeof import("./program.ts")} */ (loadChunk(join(FOLDER, "program.cjs")));
const silent = { isTerminal: false, columns: undefined, write: () => undefined };
const io = { ...processIo(), out: silent, err: silent };
const [left, right] = io.demo.map(({ path }) => path);
for (const words of [["demo"], ["list", left, right], ["explain", left], ["show", right], [left, right, "--format", "json"]]) {
  const status = await run(words, io);
  if (status > 1) throw new Error(`tls-diff ${words.join(" ")} ends with ${status}`);
}

for (const chunk of chunks) {
  const script = compiled.get(chunk);
  if (script === undefined) rmSync(compiledFile(chunk));
  else writeFileSync(compiledFile(chunk), script.createCachedData());
}
