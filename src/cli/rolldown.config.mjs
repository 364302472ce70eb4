// The program as few files, because a hundred small modules cost more time to load than to run.
// What a command needs only sometimes stays in a chunk of its own; the X.509 library is a hundred modules by itself.
import { defineConfig } from "rolldown";

export default defineConfig({
  input: { bin: "dist/cli/main.js" },
  platform: "node",
  external: [/^node:/, /^ajv/, /^yargs/, "cli-table3", "fzstd"],
  output: {
    dir: "dist",
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "bin/[name].js",
    banner: (chunk) => (chunk.isEntry ? "#!/usr/bin/env node" : ""),
    sourcemap: false,
    // Names stay, for traces in reports of bugs; what only people read goes.
    minify: { compress: false, mangle: false },
  },
});
