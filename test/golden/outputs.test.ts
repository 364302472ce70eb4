import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { executeOnFixtures, fixtureNames } from "../support/fixtures.ts";

/** What stands beside this file for a fixture: its JSON, its list, and for a pair the comparison. `vitest -u` writes it. */
const golden = (name: string, extension: string): string => `./outputs/${name}.${extension}`;

describe("what is printed of a recorded capture", () => {
  it.each(fixtureNames())("%s", async (name) => {
    const json = await executeOnFixtures(["list", "--all", name, "--format", "json"]);
    await expect(readable(json.out)).toMatchFileSnapshot(golden(name, "json"));
    const text = await executeOnFixtures(["list", "--all", name]);
    await expect(text.out).toMatchFileSnapshot(golden(name, "txt"));
  });
});

/** The folders of `pairs/` that hold two captures, with these. */
const pairs = [
  ...new Set(
    fixtureNames()
      .filter((name) => name.startsWith("pairs/"))
      .map((name) => dirname(name)),
  ),
]
  .map((folder) => ({ folder, names: fixtureNames().filter((name) => dirname(name) === folder) }))
  .filter(({ names }) => names.length === 2);

describe("what is printed of a recorded pair", () => {
  it.each(pairs)("$folder", async ({ folder, names }) => {
    const { out, err } = await executeOnFixtures(names);
    await expect(out).toMatchFileSnapshot(golden(`${folder}/diff`, "txt"));
    expect(err).toBe("");
  });
});

/** JSON as a person reads it: what is short stands on one line, such as a code point or a list of numbers. */
function readable(json: string): string {
  return print(JSON.parse(json), "");
}

const LINE = 140;

function print(value: unknown, indent: string): string {
  const line = JSON.stringify(value);
  if (typeof value !== "object" || value === null || line.length + indent.length <= LINE) return line;
  const inner = `${indent}  `;
  const members = Array.isArray(value)
    ? value.map((member) => print(member, inner))
    : Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${print(member, inner)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}\n${members.map((member) => inner + member).join(",\n")}\n${indent}${close}`;
}
