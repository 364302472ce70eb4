// npm run fuzz: feeds the targets with inputs by Jazzer.js (libFuzzer), which is fetched for it, and stops at the first that fails.
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bundleTargets } from "./bundle.mjs";
import { readCorpus, writeCorpus } from "./corpus.mjs";
import { fuzzerOf } from "./jazzer.mjs";
import { shrink } from "./shrink.mjs";

const WORK = join(import.meta.dirname, "../../dist/fuzz");

const { values } = parseArgs({
  options: {
    target: { type: "string", multiple: true },
    runs: { type: "string" },
    minutes: { type: "string" },
    seed: { type: "string" },
    reproduce: { type: "string" },
    keep: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
  },
});

/** That of the bundle: the work tree may go on while it runs. */
const commit = spawnSync("git", ["describe", "--always", "--dirty"], { cwd: import.meta.dirname })
  .stdout?.toString()
  .trim();
const { TARGETS, execute } = await import(await bundleTargets("targets"));
const chosen = values.target === undefined ? TARGETS : TARGETS.filter(({ name }) => values.target.includes(name));
if (values.list || chosen.length === 0) {
  console.log(TARGETS.map(({ name }) => name).join("\n"));
  process.exitCode = values.list ? 0 : 2;
} else if (values.reproduce !== undefined) {
  const steps = await execute(chosen[0], new Uint8Array(readFileSync(values.reproduce)));
  console.log(`${chosen[0].name}: nothing is wrong, ${steps} steps`);
} else {
  const fuzzer = fuzzerOf(join(WORK, "jazzer"));
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  const seconds = (60 * Number(values.minutes ?? 10)) / chosen.length;
  for (const target of chosen) if (!(await fuzz(target, fuzzer, { seed, seconds, runs: values.runs }))) break;
}

/** Fuzzes one target; false if something was found. */
async function fuzz(target, fuzzer, { seed, seconds, runs }) {
  const corpus = join(WORK, "corpus", target.name);
  mkdirSync(corpus, { recursive: true });
  for (const octets of [...target.seeds(), ...readCorpus(target.name)]) save(corpus, octets.subarray(0, target.longest));
  const began = performance.now();
  const options = [
    `-seed=${seed}`,
    `-max_len=${target.longest}`,
    "-rss_limit_mb=3000",
    `-artifact_prefix=${join(WORK, `${target.name}-`)}`,
    runs === undefined ? `-max_total_time=${Math.ceil(seconds)}` : `-runs=${runs}`,
  ];
  const { status, stderr } = fuzzer(target, corpus, options);
  const output = stderr.toString();
  const took = Math.round((performance.now() - began) / 1000);
  const done = Number(/^Done (\d+) runs/m.exec(output)?.[1] ?? /^#(\d+)(?![\s\S]*\n#\d)/m.exec(output)?.[1] ?? 0);
  const inputs = readdirSync(corpus).length;
  // The first look only says from what on it is counted.
  const [, ...grown] = [...output.matchAll(/^heap: (-?\d+) octets more/gm)].map(([, octets]) => Number(octets));
  const heap = `${grown.length} looks at the heap, ${(Math.max(0, ...grown) / 1_048_576).toFixed(1)} MiB more at most`;
  console.log(`${target.name}: ${done} executions, seed ${seed}, ${took} s, ${heap}, ${inputs} inputs`);
  const line = {
    target: target.name,
    executions: done,
    seed,
    seconds: took,
    looks: grown.length,
    grown: Math.max(0, ...grown),
    commit,
    status,
  };
  appendFileSync(join(WORK, "log.ndjson"), `${JSON.stringify(line)}\n`);
  if (values.keep && status === 0) writeCorpus(target, corpus);
  if (status === 0) return true;
  console.log(output.slice(-4000));
  const found = /written to (\S+)/.exec(output)?.[1];
  if (found !== undefined) writeFileSync(found, await shrink((octets) => execute(target, octets), new Uint8Array(readFileSync(found))));
  console.log(`again: npm run fuzz -- --target ${target.name} --reproduce ${found ?? "FILE"}`);
  process.exitCode = 1;
  return false;
}

function save(folder, octets) {
  const file = join(folder, createHash("sha1").update(octets).digest("hex"));
  if (!existsSync(file)) writeFileSync(file, octets);
}
