/**
 * Loads the chunks of the program, which the bundler makes as CommonJS. A chunk may have a file beside it with the code that V8 compiled when
 * the program was built, which saves a third of a short run; V8 only accepts it from the same version. Without it, Node loads the chunk.
 */
import type Module from "node:module";
import type { Script } from "node:vm";

// An `import` of a Node built-in creates a module with every export, which takes longer than loading the built-in itself.
const { readFileSync } = process.getBuiltinModule("node:fs");
const { Module: NodeModule, createRequire } = process.getBuiltinModule("node:module");
const path = process.getBuiltinModule("node:path");
const { Script: NodeScript } = process.getBuiltinModule("node:vm");

/** The exports of the chunk in `file`; it and its dependencies run once. */
export function loadChunk(file: string): unknown {
  const known = require.cache[file];
  if (known !== undefined) return known.exports;
  const cachedData = readCompiled(file);
  if (cachedData === undefined) return require(file);
  const script = new NodeScript(wrapped(readFileSync(file)), { filename: file, cachedData });
  compiled.set(file, script);
  const module = new NodeModule(file);
  require.cache[file] = module;
  const folder = path.dirname(file);
  const run = script.runInThisContext() as Wrapped;
  const requireFrom = (name: string): unknown => (name.startsWith(".") ? loadChunk(path.join(folder, name)) : requireOther(name));
  run(module.exports, requireFrom, module, file, folder);
  module.loaded = true;
  return module.exports;
}

/** The source with Node's wrapper, made in one piece: V8 would copy a string concatenated of three. */
function wrapped(octets: Uint8Array): string {
  const [before, after] = NodeModule.wrap("\0").split("\0") as [string, string];
  return Buffer.concat([Buffer.from(before), octets, Buffer.from(after)]).toString("latin1");
}

/** The chunks loaded so far, with their scripts, of which V8 can give the code compiled by now. */
export const compiled = new Map<string, Script>();

/** The file with a chunk's compiled code for this version of V8. */
export function compiledFile(file: string): string {
  return `${file}.${process.versions.v8}-${process.arch}`;
}

type Wrapped = (exports: unknown, require: (name: string) => unknown, module: Module, file: string, folder: string) => void;

const require = createRequire(import.meta.filename);

/** Loads a Node built-in, or a package. */
function requireOther(name: string): unknown {
  return process.getBuiltinModule(name) ?? require(name);
}

function readCompiled(file: string): Buffer | undefined {
  try {
    return readFileSync(compiledFile(file));
  } catch {
    return undefined;
  }
}
