// Runs the usual commands once, and stores the code that V8 compiled for them beside the chunks.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compiled, compiledFile, loadChunk } from "../../dist/cli/chunks.js";

const FOLDER = join(import.meta.dirname, "../../dist/bin");

// An empty file is not valid for V8, but marks the chunks to compile. A chunk with an `import()` of a package has none, because only Node's own loader can run it.
const chunks = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".cjs"))
  .map((name) => join(FOLDER, name))
  .filter((chunk) => !/\bimport\(/.test(readFileSync(chunk, "latin1")));
for (const chunk of chunks) writeFileSync(compiledFile(chunk), "");

const { processIo, run } = /** @type {typeof import("./program.ts")} */ (loadChunk(join(FOLDER, "program.cjs")));
const silent = { isTerminal: false, columns: undefined, write: () => undefined, done: () => Promise.resolve() };
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
