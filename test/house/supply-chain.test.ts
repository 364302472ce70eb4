/** What comes with the program when it is installed, and how it gets to npm. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readText, ROOT } from "./source.ts";

interface Manifest {
  readonly scripts: Record<string, string>;
  readonly dependencies: Record<string, string>;
}

interface Locked {
  readonly version?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly integrity?: string;
  readonly resolved?: string;
}

const manifest = JSON.parse(readText("package.json")) as Manifest;
const lock = JSON.parse(readText("package-lock.json")) as { packages: Record<string, Locked> };
const installed = Object.entries(lock.packages).filter(([path, { dev }]) => path !== "" && dev !== true);

describe("what is installed at run time", () => {
  it("is told in the README, each package with its reason", () => {
    const section = readText("README.md").split("\n## What it stands on\n")[1]?.split("\n## ")[0] ?? "";
    const rows = section.split("\n").filter((line) => line.startsWith("| ["));
    const named = rows.flatMap((row) => [...row.matchAll(/npmjs\.com\/package\/([^)]+)\)/g)].map((match) => match[1] ?? ""));
    expect(named.toSorted()).toEqual(Object.keys(manifest.dependencies).toSorted());
    for (const row of rows) expect(row.split("|")[2]?.trim()).toMatch(/\w/);
  });

  it("is counted in the README", () => {
    expect(readText("README.md")).toContain(`${installed.length} packages in all`);
  });

  it("runs no script while it is installed", () => {
    expect(installed.length).toBeGreaterThan(Object.keys(manifest.dependencies).length);
    expect(installed.filter(([, { hasInstallScript }]) => hasInstallScript === true)).toEqual([]);
    expect(Object.keys(manifest.scripts).filter((name) => /^(?:pre|post)?install$/.test(name))).toEqual([]);
  });

  it("has an exact version and a hash", () => {
    for (const version of Object.values(manifest.dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(installed.filter(([, { integrity }]) => integrity?.startsWith("sha512-") !== true)).toEqual([]);
    expect(installed.filter(([, { resolved }]) => resolved?.startsWith("https://registry.npmjs.org/") === false)).toEqual([]);
  });
});

describe("a workflow", () => {
  const folder = ".github/workflows";
  const workflows = readdirSync(join(ROOT, folder)).map((name) => ({ name, text: readText(`${folder}/${name}`) }));

  it.each(workflows)("$name uses actions by their commit", ({ text }) => {
    const used = [...text.matchAll(/\buses: *(.+)/g)].map((match) => match[1] ?? "");
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/^(?:\.\/\S+|[\w./-]+@[\da-f]{40} # v\d+\.\d+\.\d+)$/);
  });

  it.each(workflows)("$name grants nothing to all of its jobs but reading", ({ text }) => {
    expect(text).toMatch(/^permissions:(?: \{\}|\n {2}contents: read)\n(?! )/m);
  });

  it("publishes with provenance, in a job that installs nothing and has no other right", () => {
    const [before = "", job] = readText(`${folder}/publish.yml`).split("\n  publish:\n");
    expect(job).toContain("npm publish --provenance");
    expect(job).toMatch(/ {4}permissions:\n {6}id-token: write\n {4}\w/);
    expect(job).not.toMatch(/npm (?:ci|install|run)|checkout/);
    expect(before).not.toContain("id-token");
    expect(readText(`${folder}/publish.yml`)).not.toContain("secrets.");
  });
});
