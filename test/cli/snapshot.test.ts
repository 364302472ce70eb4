/** What the command writes is compared with captures that are read as `diff` reads them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readCaptures } from "../../src/node.ts";
import { fixtureNames, fixturePath } from "../support/fixtures.ts";
import { execute } from "../support/io.ts";

const folder = mkdtempSync(join(tmpdir(), "tls-diff-snapshot-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a snapshot that the command wrote", () => {
  it.each(fixtureNames(["pairs"]))("is equal to its capture, including names of authorities: %s", async (name) => {
    const capture = fixturePath(name);
    const written = await execute(["snapshot", capture], { readCaptures });
    expect(written.status).toBe(0);
    const baseline = join(folder, "client.tls.json");
    writeFileSync(baseline, written.out);
    const { status, out } = await execute(["diff", baseline, capture], { readCaptures });
    expect(status, out).toBe(0);
  });
});
