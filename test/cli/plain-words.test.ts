/** What is read without yargs is what yargs reads. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import type { Command } from "../../src/cli/commands/contract.ts";
import { OUTPUT } from "../../src/cli/options.ts";
import { readPlainly } from "../../src/cli/plain-words.ts";
import { readWords } from "../../src/cli/words.ts";

/** What commands ask of what was typed: every option and positional by its name. */
function told({ options = {}, output = OUTPUT, positionals = {} }: Command, typed: Readonly<Record<string, unknown>>): unknown {
  return Object.keys({ ...output, ...options, ...positionals })
    .filter((name) => typed[name] !== undefined)
    .map((name) => [name, typed[name]]);
}

const COMMAND_WORDS = COMMANDS.flatMap(({ words }) => words.map((word) => word.split(" ", 1)[0] as string));
const OPTIONS = [OUTPUT, ...COMMANDS.map(({ options = {} }) => options)].flatMap((table) => Object.keys(table));
const VALUES = [
  "a.pcap",
  "./b/../c",
  "-",
  "@go",
  "json",
  "text",
  "always",
  "0",
  "7",
  "007",
  "1e3",
  "0x1f",
  "-5",
  "1.5",
  "true",
  "false",
  "",
];
const ODD = ["--", "-o", "-q", "-qo", "-h", "--help", "--no-color", "--no-json", "-ox", "'a'", 'b"', "a b", "=", "a=b", "ä\n", "__proto__"];
const word = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...VALUES) },
  { weight: 3, arbitrary: fc.constantFrom(...OPTIONS).map((name) => `--${name}`) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...OPTIONS), fc.constantFrom(...VALUES)).map(([name, value]) => `--${name}=${value}`) },
  { weight: 1, arbitrary: fc.constantFrom(...ODD, ...COMMAND_WORDS) },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
);
const line = fc
  .tuple(fc.option(fc.constantFrom(...COMMAND_WORDS)), fc.array(word, { maxLength: 6 }))
  .map(([first, others]) => (first === null ? others : [first, ...others]));

describe("readPlainly", () => {
  it("reads as yargs does, or leaves it to yargs", async () => {
    let plain = 0;
    await fc.assert(
      fc.asyncProperty(line, async (words) => {
        const plan = readPlainly(words);
        if (plan === null) return;
        plain += 1;
        const full = await readWords(words, undefined);
        expect(full.text).toBe(plan.text);
        expect(full.command).toBe(plan.command);
        if (plan.command !== null) expect(told(plan.command, full.typed)).toEqual(told(plan.command, plan.typed));
      }),
      { numRuns: 1000 },
    );
    expect(plain).toBeGreaterThan(60);
  });

  it.each([
    [["demo"]],
    [["list", "a.pcap", "b.pcap", "-"]],
    [["a.pcap", "b.pcap", "--json", "-o", "x.json", "--fail-on=outcome"]],
    [["show", "a.pcap", "--id", "3", "--hex", "--keylog", "k1", "--keylog=k2"]],
    [["explain", "no-common-group", "--all", "--width", "100", "-q"]],
    [["--version"]],
  ])("reads %j itself", async (words) => {
    const plan = readPlainly(words);
    expect(plan).not.toBeNull();
    const full = await readWords(words, undefined);
    expect(full).toMatchObject({ command: plan?.command, text: plan?.text, typed: { ...plan?.typed } });
  });

  it.each([
    [["a", "-o", "x/../y", "--output", "./z/", "--no-color"], "z/"],
    [["snapshot", "a", "--output=x", "-o", "y", "--"], "y"],
  ])("counts the last of %j, which yargs reads", async (words, output) => {
    expect(readPlainly(words)).toBeNull();
    expect((await readWords(words, undefined)).typed["output"]).toBe(output);
  });

  it.each([
    [[]],
    [["--help"]],
    [["list"]],
    [["list", "--help"]],
    [["lst", "a", "b"]],
    [["a", "b", "c"]],
    [["a", "--format", "jsn"]],
    [["show", "a", "--id", "x"]],
    [["list", "a", "--sni"]],
    [["$0", "a"]],
    [["a", "--no-color"]],
  ])("leaves %j to yargs", (words) => {
    expect(readPlainly(words)).toBeNull();
  });
});
