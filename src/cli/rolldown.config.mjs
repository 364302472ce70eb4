// The program as few files, because a hundred small modules cost more time to load than to run.
// What a command needs only sometimes stays in a chunk of its own.
import { defineConfig } from "rolldown";

export default defineConfig({
  input: { bin: "dist/cli/main.js" },
  platform: "node",
  external: [/^node:/, /^ajv/, /^yargs/, "fzstd"],
  // The libraries as ECMAScript modules, where they have them; their types of certificates that are never read are left out.
  resolve: { mainFields: ["module", "main"] },
  treeshake: { moduleSideEffects: [{ test: /node_modules/, sideEffects: false }] },
  plugins: [lazyTables()],
  output: {
    dir: "dist",
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "bin/[name].js",
    banner: (chunk) => (chunk.isEntry ? "#!/usr/bin/env node" : ""),
    sourcemap: false,
    // One chunk for each thing that is done; what a chunk needs is in it, or in one above.
    codeSplitting: {
      groups: [
        { name: "cli", priority: 6, test: /dist[\\/]cli[\\/](?:run|process-io)\./ },
        { name: "read", priority: 5, test: /dist[\\/](?:node|clients[\\/]identify)\./ },
        { name: "x509", priority: 4, test: /dist[\\/]x509[\\/]certificate\./ },
        { name: "print", priority: 3, test: /dist[\\/]cli[\\/]terminal\./ },
        { name: "compare", priority: 2, test: /dist[\\/](?:diff[\\/]compare|diagnosis[\\/]diagnose)\./ },
        { name: "decrypt", priority: 1, test: /dist[\\/]secrets[\\/]decryptor\./ },
      ],
    },
    // Names stay, so that a stack can be read.
    minify: { compress: true, mangle: { keepNames: true } },
  },
});

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
