import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { executeOnFixtures, fixturePath } from "../support/fixtures.ts";
import { RECORDED } from "./recorded.ts";

interface Told {
  readonly rule: string;
  readonly side: string;
}

async function diagnosed(failing: string, working?: string): Promise<Told[]> {
  if (working !== undefined) {
    const { out } = await executeOnFixtures([failing, working, "--format", "json"]);
    return (JSON.parse(out) as { pairs: { diagnosis: Told[] }[] }).pairs.flatMap(({ diagnosis }) => diagnosis);
  }
  const keys = fixturePath(failing.replace(/\.pcap$/, ".keylog"));
  const { out } = await executeOnFixtures(["explain", failing, ...(existsSync(keys) ? ["--keylog", keys] : []), "--format", "json"]);
  const { captures } = JSON.parse(out) as { captures: { handshakes: { diagnosis: Told[] }[] }[] };
  return captures.flatMap(({ handshakes }) => handshakes.flatMap(({ diagnosis }) => diagnosis));
}

describe("the cause that is named first of a recorded failure", () => {
  const failures = RECORDED.map(([rule, failing, working]) => ({ rule, failing, working }));

  it.each(failures)("is $rule: $failing", async ({ rule, failing, working }) => {
    expect((await diagnosed(failing, working))[0]?.rule).toBe(rule);
  });

  const pairs = failures.flatMap(({ rule, failing, working }) => (working === undefined ? [] : [{ rule, failing, working }]));

  it.each(pairs)("is $rule also on the other side: $failing", async ({ rule, failing, working }) => {
    expect((await diagnosed(working, failing))[0]).toMatchObject({ rule, side: "right" });
  });
});
