// Bundles the program into a few files, because a hundred small modules take longer to load than to run: a first one, and chunks for each task.
import { rmSync } from "node:fs";
import { defineConfig } from "rolldown";

// Names are kept, so that stack traces are readable.
const minify = { compress: true, mangle: { keepNames: true } };

export default defineConfig([
  {
    input: { bin: "dist/cli/main.js" },
    platform: "node",
    // Node's loader for ECMAScript modules takes longer to start than loading all chunks as CommonJS.
    output: { dir: "dist", entryFileNames: "[name].cjs", format: "cjs", banner: "#!/usr/bin/env node", minify },
  },
  {
    input: { program: "dist/cli/program.js" },
    platform: "node",
    external: [/^node:/, /^ajv/, /^yargs/, "cli-table3", "fzstd"],
    // Libraries are bundled from their ECMAScript modules, if they have them, so that unused parts can be left out.
    resolve: { mainFields: ["module", "main"] },
    treeshake: { moduleSideEffects: [{ test: /node_modules/, sideEffects: false }] },
    plugins: [freshFolder(), lazyTables(), withoutImports(), inAscii()],
    output: {
      dir: "dist/bin",
      format: "cjs",
      entryFileNames: "[name].cjs",
      chunkFileNames: "[name].cjs",
      minify,
      // A chunk contains what it needs, except for what an earlier chunk contains.
      codeSplitting: {
        groups: [
          { name: "cli", priority: 6, test: /dist[\\/]cli[\\/]program\./ },
          { name: "read", priority: 5, test: /dist[\\/](?:node|clients[\\/]identify)\./ },
          { name: "x509", priority: 4, test: /dist[\\/]x509[\\/]certificate\./ },
          { name: "print", priority: 3, test: /dist[\\/]report[\\/](?:formats[\\/]plain|list-stream)\./ },
          { name: "compare", priority: 2, test: /dist[\\/](?:diff[\\/]compare|diagnosis[\\/]diagnose)\./ },
          { name: "decrypt", priority: 1, test: /dist[\\/]secrets[\\/]decryptor\./ },
        ],
      },
    },
  },
]);

/** Removes the chunks of earlier builds, and their compiled code, before new ones are written. */
function freshFolder() {
  return { name: "fresh-folder", buildStart: () => rmSync("dist/bin", { recursive: true, force: true }) };
}

/** Makes AES tables lazy: the library computes them when it is loaded, which takes longer than reading a small capture. */
function lazyTables() {
  return {
    name: "lazy-tables",
    transform: {
      filter: { id: /@noble[\\/]ciphers[\\/]aes\.js$/ },
      handler(code) {
        const tables = /const (table\w+) = \/\* @__PURE__ \*\/ (genTtable\(.*\));/g;
        if (code.match(tables)?.length !== 2) throw new Error("@noble/ciphers does not make its AES tables as expected");
        return code.replaceAll(/= (table\w+);/g, "= $1();").replaceAll(tables, "let $1Made; const $1 = () => ($1Made ??= $2);");
      },
    },
  };
}

/** Turns `import()` into `require`: code that V8 compiled in advance cannot import. */
function withoutImports() {
  return {
    name: "without-imports",
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        chunk.code = chunk.code.replaceAll(/\bimport\(`(node:[\w/]+|fzstd)`\)/g, "Promise.resolve(require(`$1`))");
      }
    },
  };
}

/** Makes the output pure ASCII, which V8 reads in half the time. */
function inAscii() {
  return {
    name: "in-ascii",
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) chunk.code = chunk.code.replaceAll(/[^\0-\x7f]/g, escaped);
    },
  };
}

function escaped(sign) {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
