// The program as few files, because a hundred small modules cost more time to load than to run: a first one, and chunks for what is done.
import { rmSync } from "node:fs";
import { defineConfig } from "rolldown";

// Names stay, so that a stack can be read.
const minify = { compress: true, mangle: { keepNames: true } };

export default defineConfig([
  {
    input: { bin: "dist/cli/main.js" },
    platform: "node",
    // Node loads an ECMAScript module with a loader of its own, which takes longer to start than CommonJS' takes for all chunks.
    output: { dir: "dist", entryFileNames: "[name].cjs", format: "cjs", banner: "#!/usr/bin/env node", minify },
  },
  {
    input: { program: "dist/cli/program.js" },
    platform: "node",
    external: [/^node:/, /^ajv/, /^yargs/, "cli-table3", "fzstd"],
    // The libraries as ECMAScript modules, where they have them; their types of certificates that are never read are left out.
    resolve: { mainFields: ["module", "main"] },
    treeshake: { moduleSideEffects: [{ test: /node_modules/, sideEffects: false }] },
    plugins: [freshFolder(), lazyTables(), withoutImports(), inAscii()],
    output: {
      dir: "dist/bin",
      format: "cjs",
      entryFileNames: "[name].cjs",
      chunkFileNames: "[name].cjs",
      minify,
      // What a chunk needs is in it, or in one above.
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

/** Chunks of earlier builds, and what was compiled of them, are gone before the new ones are written. */
function freshFolder() {
  return { name: "fresh-folder", buildStart: () => rmSync("dist/bin", { recursive: true, force: true }) };
}

/** The library makes AES' tables when it is loaded, which takes longer than reading a small capture. */
function lazyTables() {
  return {
    name: "lazy-tables",
    transform: {
      filter: { id: /@noble[\\/]ciphers[\\/]aes\.js$/ },
      handler(code) {
        const tables = /const (table\w+) = \/\* @__PURE__ \*\/ (genTtable\(.*\));/g;
        if (code.match(tables)?.length !== 2) throw new Error("@noble/ciphers makes AES' tables in another way than expected");
        return code.replaceAll(/= (table\w+);/g, "= $1();").replaceAll(tables, "let $1Made; const $1 = () => ($1Made ??= $2);");
      },
    },
  };
}

/** What V8 has compiled beforehand cannot import; what is imported late there can be required as well. */
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

/** Text of one octet for each sign is read in half the time. */
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
