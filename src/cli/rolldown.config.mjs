// The program as few files, because a hundred small modules cost more time to load than to run.
// What a command needs only sometimes stays in a chunk of its own; the X.509 library is a hundred modules by itself.
import { defineConfig } from "rolldown";

export default defineConfig({
  input: { bin: "dist/cli/main.js" },
  platform: "node",
  external: [/^node:/, /^ajv/, /^yargs/, "fzstd"],
  // The libraries as ECMAScript modules, where they have them; their types of certificates that are never read are left out.
  resolve: { mainFields: ["module", "main"] },
  treeshake: { moduleSideEffects: [{ test: /node_modules/, sideEffects: false }] },
  output: {
    dir: "dist",
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "bin/[name].js",
    banner: (chunk) => (chunk.isEntry ? "#!/usr/bin/env node" : ""),
    sourcemap: false,
    // Names stay, so that a stack can be read.
    minify: { compress: true, mangle: { keepNames: true } },
  },
});
