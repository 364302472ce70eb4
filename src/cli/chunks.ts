/**
 * Loads the chunks of the program, which the bundler makes as CommonJS. Beside a chunk may lie what V8 compiled of it when the
 * program was built, which saves a third of a short run; V8 takes it only from its own version. Without it Node loads the chunk.
 */
import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";

/** What the chunk in `file` exports; it and what it needs run once. */
export function loadChunk(file: string): unknown {
  const known = require.cache[file];
  if (known !== undefined) return known.exports;
  const cachedData = readCompiled(file);
  if (cachedData === undefined) return require(file);
  const script = new Script(Module.wrap(readFileSync(file, "latin1")), { filename: file, cachedData });
  compiled.set(file, script);
  const module = new Module(file);
  require.cache[file] = module;
  const folder = dirname(file);
  const run = script.runInThisContext() as Wrapped;
  run(module.exports, (name) => (name.startsWith(".") ? loadChunk(join(folder, name)) : require(name)), module, file, folder);
  module.loaded = true;
  return module.exports;
}

/** The chunks that were loaded with a file of compiled code beside them, and what V8 has compiled of them by now. */
export const compiled = new Map<string, Script>();

/** Where the compiled code of a chunk lies for this V8. */
export function compiledFile(file: string): string {
  return `${file}.${process.versions.v8}-${process.arch}`;
}

type Wrapped = (exports: unknown, require: (name: string) => unknown, module: Module, file: string, folder: string) => void;

const require = createRequire(import.meta.url);

function readCompiled(file: string): Buffer | undefined {
  try {
    return readFileSync(compiledFile(file));
  } catch {
    return undefined;
  }
}
