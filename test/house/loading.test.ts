/** What a command loads: its own chunks of the built program, and no package and no part of Node that it has no use for. */
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "./source.ts";

const PROGRAM = join(ROOT, "dist", "bin.cjs");
const CHUNKS = join(ROOT, "dist", "bin");
const [LEFT, RIGHT] = ["fixtures/pairs/go-rsa-kex/go.pcap", "fixtures/pairs/go-rsa-kex/openssl.pcap"] as const;
/** Parts of Node that only some commands need, and that take their time to load. */
const SELDOM: ReadonlySet<string> = new Set(["crypto", "http", "perf_hooks", "zlib"]);

/** Tells at the end of the process what was loaded: files by `require`, and parts of Node. */
const PROBE = `import { writeSync } from "node:fs";
import { createRequire } from "node:module";
const { cache } = createRequire(process.execPath);
process.on("exit", () => writeSync(2, "\\n" + JSON.stringify({ files: Object.keys(cache), parts: process.moduleLoadList })));`;

interface Loaded {
  readonly chunks: readonly string[];
  /** Octets of the chunks. */
  readonly octets: number;
  readonly packages: readonly string[];
  readonly parts: readonly string[];
}

function loadedBy(...words: readonly string[]): Loaded {
  const probe = `data:text/javascript,${encodeURIComponent(PROBE)}`;
  const { stderr } = spawnSync(process.execPath, ["--import", probe, "dist/bin.cjs", ...words], { cwd: ROOT, encoding: "utf8" });
  const { files, parts } = JSON.parse(stderr.split("\n").at(-1) ?? "") as { files: string[]; parts: string[] };
  const chunks = files.filter((file) => dirname(file) === CHUNKS);
  return {
    chunks: chunks.map((file) => basename(file, ".cjs")).toSorted(),
    octets: chunks.reduce((sum, file) => sum + statSync(file).size, 0),
    packages: files.filter((file) => dirname(file) !== CHUNKS && file !== PROGRAM),
    parts: parts.map((part) => part.replace("NativeModule ", "")).filter((part) => SELDOM.has(part)),
  };
}

function run(...words: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, ["dist/bin.cjs", ...words], { cwd: ROOT, encoding: "utf8" });
}

const START = ["cli", "program"];
const READ = [...START, "rolldown-runtime", "read"];

describe("the built program", () => {
  it.each([
    { words: ["--version"], chunks: START, most: 60_000 },
    { words: ["list", LEFT], chunks: [...READ, "print"], most: 550_000 },
    { words: ["demo"], chunks: [...READ, "compare", "print", "x509"], most: 1_000_000 },
    {
      words: [LEFT, RIGHT, "--format", "json"],
      chunks: [...READ, "check", "compare", "formats", "print", "x509"],
      most: 1_100_000,
    },
    { words: ["explain", LEFT], chunks: [...READ, "compare", "print", "x509"], most: 1_000_000 },
  ])("loads for $words what it needs, and nothing else", ({ words, chunks, most }) => {
    const loaded = loadedBy(...words);
    expect(loaded.chunks).toEqual(chunks.toSorted());
    expect(loaded.octets).toBeLessThan(most);
    expect(loaded.packages).toEqual([]);
    expect(loaded.parts).toEqual([]);
  });

  it("parses with yargs what is not plain", () => {
    expect(loadedBy("--help").chunks).toContain("words");
  });

  it("draws with cli-table3 where a terminal shows it", () => {
    const { chunks, packages } = loadedBy("demo", "--color", "always");
    expect(chunks).toContain("terminal");
    expect(packages.filter((file) => file.includes("cli-table3"))).not.toEqual([]);
  });

  it.each([
    [["list", "fixtures/captures/forms/go.pcap.gz"], 0],
    [["list", "fixtures/captures/forms/go.pcap.zst"], 0],
    [["list", "fixtures/captures/keylog/bad-certificate.pcap", "--keylog", "fixtures/captures/keylog/bad-certificate.keylog"], 0],
    [["show", RIGHT, "--hex"], 0],
    [["show", RIGHT, "--text"], 0],
    [["explain", "--list"], 0],
    [["explain", "no-common-cipher-rsa-kex", "--format", "html"], 0],
    [["snapshot", LEFT], 0],
    [["clients"], 0],
    [["check", "fixtures/baselines/tls-diff.config.json"], 1],
    [[LEFT, "@openssl-3.0"], 1],
    ...["markdown", "html", "junit", "sarif", "github", "ndjson"].map((format) => [[LEFT, RIGHT, "--format", format], 1] as const),
    [["redact", LEFT, "-o", join(tmpdir(), `tls-diff-${process.pid}.pcapng`)], 0],
  ] as const)("does %j", (words, status) => {
    const told = run(...words);
    expect(told.status, told.stderr).toBe(status);
    const written = words.at(-2) === "-o" ? (words.at(-1) as string) : undefined;
    if (written === undefined) expect(told.stdout).not.toBe("");
    else rmSync(written);
  });

  it("reads a report that it wrote", () => {
    const folder = mkdtempSync(join(tmpdir(), "tls-diff-"));
    try {
      const saved = join(folder, "saved.json");
      expect(run("list", LEFT, "--json", "-o", saved)).toMatchObject({ status: 0, stderr: "" });
      expect(run(saved, RIGHT)).toMatchObject({ status: 1, stderr: "" });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("has compiled code beside the chunks that most commands load, all of this build", () => {
    const compiled = readdirSync(CHUNKS).filter((name) => name.endsWith(`.${process.versions.v8}-${process.arch}`));
    for (const chunk of [...READ, "compare", "print", "x509"])
      expect(
        compiled.some((name) => name.startsWith(`${chunk}.cjs.`)),
        chunk,
      ).toBe(true);
    for (const name of compiled) {
      const chunk = join(CHUNKS, name.slice(0, name.indexOf(".cjs.") + 4));
      expect(existsSync(chunk)).toBe(true);
      expect(statSync(join(CHUNKS, name)).mtimeMs).toBeGreaterThanOrEqual(statSync(chunk).mtimeMs);
    }
  });

  it.each([
    { what: "without it", spoil: (file: string) => rmSync(file) },
    { what: "with some that is cut", spoil: (file: string) => truncateSync(file, 1000) },
    { what: "with some that is none", spoil: (file: string) => writeFileSync(file, "no code of any V8") },
  ])("runs $what as well", ({ spoil }) => {
    const folder = mkdtempSync(join(tmpdir(), "tls-diff-"));
    try {
      mkdirSync(join(folder, "dist", "bin"), { recursive: true });
      for (const name of ["package.json", "dist/bin.cjs", ...readdirSync(CHUNKS).map((file) => `dist/bin/${file}`)]) {
        copyFileSync(join(ROOT, name), join(folder, name));
        if (name.includes(".cjs.")) spoil(join(folder, name));
      }
      const told = spawnSync(process.execPath, [join(folder, "dist/bin.cjs"), "list", LEFT], { cwd: ROOT, encoding: "utf8" });
      expect(told).toMatchObject({ status: 0, stdout: expect.stringContaining("handshake_failure") as unknown, stderr: "" });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
