import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../house/source.ts";

const action = readFileSync(join(ROOT, ".github/actions/tls-diff/action.yml"), "utf8");
const hasBash = process.platform !== "win32" && spawnSync("bash", ["--version"]).status === 0;

/** Inputs with their defaults, and the input that each variable of the step is made of. */
const defaults = new Map(
  [...action.matchAll(/^ {2}([a-z-]+):\n {4}description: .*\n {4}default: "?([^"\n]*)"?$/gm)].map(([, name, text]) => [name, text]),
);
const variables = [...action.matchAll(/^ {8}([A-Z_]+): \$\{\{ inputs\.([a-z-]+) \}\}$/gm)].map(([, variable = "", input = ""]) => ({
  variable,
  input,
}));
const script = (action.split("      run: |\n")[1] ?? "").replaceAll(/^ {8}/gm, "");

describe("the GitHub Action", () => {
  it("gives every input to its step by a variable, never as text of the script", () => {
    expect(defaults.size).toBe(6);
    expect(new Set(variables.map(({ input }) => input))).toEqual(new Set(defaults.keys()));
    expect(script).not.toContain("${{");
    for (const { variable } of variables) expect(script).toContain(`$${variable}`);
  });
});

describe.skipIf(!hasBash)("the step of the GitHub Action", () => {
  const folder = mkdtempSync(join(tmpdir(), "tls-diff action-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeAll(() => {
    // In place of the registry: notes what it was asked for, and runs the program that was built here.
    const npx = `#!/bin/bash\nprintf '%s\\n' "$@" >"$WORK/words"\nwhile [ "$1" != -- ]; do shift; done\nshift 2\nexec "$NODE" "$BIN" "$@"\n`;
    writeFileSync(join(folder, "npx"), npx);
    chmodSync(join(folder, "npx"), 0o755);
    writeFileSync(join(folder, "step.sh"), script);
    cpSync(join(ROOT, "fixtures/baselines"), join(folder, "base lines"), { recursive: true });
    cpSync(join(ROOT, "fixtures/captures/clients/go-1.26.8.pcap"), join(folder, "captures/clients/go-1.26.8.pcap"));
  });

  /** Runs it as GitHub runs `shell: bash`. */
  function run(inputs: Readonly<Record<string, string>>): { status: number | null; out: string; words: string[]; summary: string } {
    const summary = join(folder, "summary.md");
    rmSync(summary, { force: true });
    const own = Object.fromEntries(variables.map(({ variable, input }) => [variable, inputs[input] ?? defaults.get(input) ?? ""]));
    const { status, stdout, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "step.sh"], {
      cwd: folder,
      encoding: "utf8",
      env: {
        PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}`,
        WORK: folder,
        NODE: process.execPath,
        BIN: join(ROOT, "dist/bin.cjs"),
        GITHUB_ACTIONS: "true",
        GITHUB_STEP_SUMMARY: summary,
        ...own,
      },
    });
    const words = readFileSync(join(folder, "words"), "utf8").trimEnd().split("\n");
    return { status, out: `${stdout}${stderr}`, words, summary: existsSync(summary) ? readFileSync(summary, "utf8") : "" };
  }

  const config = "base lines/tls-diff.config.json";

  it("fails where something is not as expected, with annotations and a summary", () => {
    const { status, out, words, summary } = run({ config });
    expect(words).toEqual(["--yes", "--package", "tls-diff@latest", "--", "tls-diff", "check", "--report", "github=-", config]);
    expect(status).toBe(1);
    expect(out).toMatch(/^::error .*::.*x25519 became X25519MLKEM768/m);
    expect(summary).toContain("X25519MLKEM768");
  });

  it("takes all of its inputs", () => {
    const { status, words } = run({
      config,
      version: "./packed.tgz",
      "fail-on": "outcome,order",
      "exit-zero": "true",
      junit: "a b.xml",
      sarif: "c.sarif",
    });
    expect(words.slice(0, 5)).toEqual(["--yes", "--package", "./packed.tgz", "--", "tls-diff"]);
    expect(words.slice(8)).toEqual([
      "--fail-on",
      "outcome,order",
      "--exit-zero",
      "--report",
      "junit=a b.xml",
      "--report",
      "sarif=c.sarif",
      config,
    ]);
    expect(status).toBe(0);
    expect(readFileSync(join(folder, "a b.xml"), "utf8")).toContain("<testsuite");
    expect(JSON.parse(readFileSync(join(folder, "c.sarif"), "utf8"))).toMatchObject({ version: "2.1.0" });
  });

  it("runs nothing that stands in an input", () => {
    const { status } = run({ config: '$(touch hacked).json"; touch hacked; "' });
    expect(status).toBe(2);
    expect(existsSync(join(folder, "hacked"))).toBe(false);
  });
});
