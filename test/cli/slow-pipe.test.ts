/** A pipe whose reader is slower than the program: what waits for it must not be written over. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { ROOT } from "../house/source.ts";

const LINES = 240;

/** Writes lines that are too short to be waited for, each in a turn of its own. */
const PROGRAM = `
import { processIo } from ${JSON.stringify(join(ROOT, "dist/cli/process-io.js"))};
import { Pieces } from ${JSON.stringify(join(ROOT, "dist/cli/pieces.js"))};
const io = processIo();
const pieces = new Pieces(io.out);
for (let n = 0; n < ${LINES}; n++) {
  void pieces.write(String(n).padStart(4, "0").repeat(1_500) + "\\n");
  await new Promise((resolve) => setImmediate(resolve));
}
await pieces.end();
await io.out.done();
`;

it("a slow reader gets every line whole and in order", async () => {
  const child = spawn(process.execPath, ["--input-type=module", "-e", PROGRAM], { stdio: ["ignore", "pipe", "inherit"], timeout: 30_000 });
  await setTimeout(1_000);
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => (text += piece));
  await once(child, "close");
  expect(text).toBe(Array.from({ length: LINES }, (_, n) => `${String(n).padStart(4, "0").repeat(1_500)}\n`).join(""));
});
