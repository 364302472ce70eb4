import { defineConfig } from "vitest/config";

export default defineConfig({
  root: import.meta.dirname + "/..",
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    coverage: { include: ["src/**/*.ts"], exclude: ["src/registry/tables/**"] },
  },
});
