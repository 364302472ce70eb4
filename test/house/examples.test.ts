import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Io, Sink } from "../../src/cli/io.ts";
import { run } from "../../src/cli/run.ts";
import * as portable from "../../src/index.ts";
import * as node from "../../src/node.ts";
import { readText, ROOT } from "./source.ts";

/** Set to rewrite the README with what the program prints now. */
const update = process.env["UPDATE"] === "1";

const before = process.cwd();
beforeAll(() => process.chdir(ROOT));
afterAll(() => process.chdir(before));

/** A fenced block of the README. */
interface Fenced {
  readonly language: string;
  readonly body: string;
}

const blocks = [...readText("README.md").matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", body = ""]): Fenced => ({
  language,
  body,
}));

describe("the README", () => {
  const consoles = blocks.filter(({ language }) => language === "console").map(({ body }) => body);
  const programs = blocks.filter(({ language }) => language === "ts").map(({ body }) => body);

  it("has examples", () => {
    expect(consoles.length).toBeGreaterThan(3);
    expect(programs.length).toBeGreaterThan(0);
  });

  it("shows no command of ours without running it", () => {
    const unrun = blocks.filter(({ language, body }) => language !== "console" && /^(?:\$ )?(?:npx )?tls-diff\b/m.test(body));
    expect(unrun).toEqual([]);
  });

  it.each(consoles)("shows what is printed by\n%s", async (body) => {
    const now = await replay(body);
    if (update && now !== body)
      writeFileSync(
        join(ROOT, "README.md"),
        readText("README.md").replace(body, () => now),
      );
    else expect(now).toBe(body);
  });

  it.each(programs)("has a program that works:\n%s", async (body) => {
    expect(await execute(body)).not.toBe("");
  });

  it("names every option and command, and none that does not exist", async () => {
    const text = readText("README.md");
    const known = new Set<string>();
    for (const words of [[], ["check"], ["list"], ["show"], ["snapshot"], ["redact"], ["web"], ["demo"]]) {
      const { output } = await terminal([...words, "--help"]);
      for (const [option] of output.matchAll(/--[a-z][a-z-]+/g)) known.add(option);
    }
    const named = new Set([...text.matchAll(/`(?:tls-diff )?(--[a-z][a-z-]+)/g)].map((match) => match[1] as string));
    expect(known.size).toBeGreaterThan(10);
    expect([...named].filter((option) => !known.has(option))).toEqual([]);
    expect([...known].filter((option) => !named.has(option) && option !== "--help" && option !== "--version")).toEqual([]);
  });
});

/** The block with the output that its commands have now. */
async function replay(body: string): Promise<string> {
  const commands = body.split("\n").filter((line) => line.startsWith("$ "));
  let status = 0;
  let text = "";
  for (const command of commands) {
    let output = `${status}\n`;
    if (command !== "$ echo $?") ({ output, status } = await shell(command.slice(2)));
    text += `${command}\n${output}`;
  }
  return text;
}

/** As much of a shell as the README needs: our command, and `| head -N` behind it. */
async function shell(line: string): Promise<{ output: string; status: number }> {
  const { words, lines } = /^tls-diff (?<words>[^|;&<>"'$]+?)(?: \| head -(?<lines>\d+))?$/.exec(line)?.groups ?? {};
  if (words === undefined) throw new Error(`the README has a command that cannot be run here: ${line}`);
  const { output, status } = await terminal(words.split(/ +/));
  return {
    output:
      lines === undefined
        ? output
        : output
            .split("\n")
            .slice(0, Number(lines))
            .map((one) => `${one}\n`)
            .join(""),
    status,
  };
}

/** What a reader sees who runs tls-diff with its output going to a file. */
async function terminal(words: readonly string[]): Promise<{ output: string; status: number }> {
  let output = "";
  const sink: Sink = {
    isTerminal: false,
    write: (content) => {
      output += typeof content === "string" ? content : Buffer.from(content).toString();
    },
    done: () => Promise.resolve(),
  };
  const io: Io = {
    out: sink,
    err: sink,
    environment: {},
    signal: new AbortController().signal,
    readCaptures: node.readCaptures,
    readKeyLog: (...paths) => node.readKeyLog(...paths),
    readConfig: (path) => node.readConfig(path),
    readOctets: (path) => node.readOctets(path),
    writeFile: () => Promise.reject(new Error("an example writes no files")),
    openFile: () => Promise.reject(new Error("an example writes no files")),
    readPage: () => Promise.reject(new Error("an example serves no page")),
    demo: [],
    now: () => 0,
  };
  const status = await run(words, io);
  return { output: output.endsWith("\n") ? output : `${output}\n`, status };
}

/** Runs a program of the README with the library of this tree; gives what it prints. */
async function execute(body: string): Promise<string> {
  const imported: Record<string, unknown> = {};
  const code = body.replace(/^import \{ ([^}]+) \} from "(tls-diff(?:\/node)?)";$/gm, (_, names: string, source: string) => {
    const module: Record<string, unknown> = source === "tls-diff" ? portable : node;
    for (const name of names.split(", ")) {
      expect(module).toHaveProperty(name);
      imported[name] = module[name];
    }
    return "";
  });
  expect(code).not.toMatch(/^import/m);
  let printed = "";
  const scope = {
    ...imported,
    console: { log: (...things: unknown[]) => (printed += `${things.map(String).join(" ")}\n`) },
    octets: new Uint8Array(readFileSync(join(ROOT, "fixtures/pairs/go-rsa-kex/go.pcap"))),
  };
  const program = compileFunction(`return (async () => {${code}})();`, Object.keys(scope)) as (...values: unknown[]) => Promise<void>;
  await program(...Object.values(scope));
  return printed;
}
