import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "./source.ts";

it("runs in a bare ECMAScript context, where it lists the handshake of a bundled capture", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "test/house/portable.mjs"), join(ROOT, "src/index.ts")], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(stdout).toMatch(/^1 \S+ failed: client_hello, alert$/m);
  expect(stdout).toMatch(/^portable: \d+ KiB bundled, no Node API$/m);
  expect(status).toBe(0);
});
