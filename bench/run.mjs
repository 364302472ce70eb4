/**
 * `npm run bench -- [--runs N] [--only PART]… [--small] [--write]`: makes the captures that it needs in
 * `bench/data/`, measures tls-diff and its peers on them, and prints tables. README.md beside this file
 * says what is measured and how; `--write` puts the tables there.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { makeCapture, RECIPES, SMALLEST } from "./captures/index.mjs";
import { judge } from "./goals.mjs";
import { growthOf, SIZES } from "./growth.mjs";
import { installProgram } from "./installed.mjs";
import { countLines, measure } from "./measure.mjs";
import { PEERS, PROGRAM } from "./peers/index.mjs";
import { captureTable, goalTable, growthTable, startUpTable } from "./report.mjs";

/**
 * @typedef {import("./captures/index.mjs").Capture} Capture
 * @typedef {{ name: string, version?: string | undefined, cpu?: number, wall?: number, memory?: number, slice?: number, handshakes?: boolean }} Result without figures when the program is not installed
 * @typedef {{ captures: { capture: Capture, results: Result[] }[], startUp?: Result[], growth?: import("./growth.mjs").Curve[] }} Results
 */

const PARTS = [...Object.keys(RECIPES), "start-up", "growth"];
const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    only: { type: "string", multiple: true, default: PARTS },
    small: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
  },
});
const runs = Number(options.runs);
if (!Number.isInteger(runs) || runs < 1) throw new RangeError("--runs needs a whole number of at least 1");
const unknown = options.only.find((part) => !PARTS.includes(part));
if (unknown !== undefined) throw new RangeError(`--only needs one of ${PARTS.join(", ")}`);

const SCALE = options.small ? 1 / 20 : 1;
const peers = PEERS.map((peer) => ({ ...peer, version: peer.version() }));
/** @type {Results} */
const results = { captures: [] };
/** @type {string[]} */
const tables = [];
tell(
  `${cpus()[0]?.model.trim() ?? "unknown processor"} (${cpus().length} cores), ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${process.platform} ${release()} ${process.arch}, Node ${process.version}; medians of ${runs}`,
);

for (const [name, { octets }] of Object.entries(RECIPES)) {
  if (!options.only.includes(name)) continue;
  const capture = makeCapture(name, octets * SCALE);
  await check(capture);
  const measured = compare(capture);
  results.captures.push({ capture, results: measured });
  tell(captureTable(capture, measured));
}
if (options.only.includes("start-up")) {
  results.startUp = startUp();
  tell(startUpTable(results.startUp));
}
if (options.only.includes("growth")) {
  results.growth = growthOf(
    SIZES.map((size) => size * 1_000_000).filter((size) => size <= 10_000_000_000 * SCALE),
    runs,
  );
  tell(growthTable(results.growth));
}
const goals = goalTable(judge(results));
console.log(goals);
if (options.write) writeTables();

/** @param {string} table */
function tell(table) {
  tables.push(table);
  console.log(`${table}\n`);
}

/** A program that misses handshakes is not fast: all must be listed. @param {Capture} capture */
async function check({ file, handshakes }) {
  const told = await countLines([process.execPath, PROGRAM, "list", file, "--format", "ndjson"]);
  if (told !== handshakes) throw new Error(`${file} has ${handshakes} handshakes, and tls-diff lists ${told}`);
}

/** Every peer on the capture, or on a slice of the same kind. @param {Capture} whole @returns {Result[]} */
function compare(whole) {
  const asked = peers.filter(({ only }) => only === undefined || only === whole.name);
  const present = asked.filter(({ version }) => version !== undefined);
  const parts = present.map(({ slice = Infinity }) => (slice < whole.octets ? makeCapture(whole.name, slice) : whole));
  const costs = measure(
    present.map(({ command, repeat = 1 }, index) => ({ words: command(parts[index].file), repeat })),
    runs,
  );
  const found = new Map(
    present.map(({ name, command }, index) => {
      const { cpu, memory } = costs[index];
      const { octets } = parts[index];
      if (octets === whole.octets) return [name, { cpu, memory }];
      const [start] = measure([{ words: command(SMALLEST) }], runs);
      return [name, { cpu: start.cpu + ((cpu - start.cpu) * whole.octets) / octets, memory, slice: octets }];
    }),
  );
  return asked.map(({ name, version, handshakes = false }) => ({ name, version, handshakes, ...found.get(name) }));
}

/** The cost of programs that have next to nothing to do. @returns {Result[]} */
function startUp() {
  const node = process.execPath;
  const installed = installProgram();
  const commands = [
    { name: "node -e 0", words: [node, "-e", "0"] },
    { name: "tls-diff --version", words: [node, PROGRAM, "--version"] },
    { name: "tls-diff list, of one handshake", words: [node, PROGRAM, "list", SMALLEST] },
    { name: "tls-diff demo", words: [node, PROGRAM, "demo"] },
    { name: "tls-diff --version, as npm installs it", words: [node, installed, "--version"] },
    { name: "tls-diff demo, as npm installs it", words: [node, installed, "demo"] },
  ];
  const costs = measure(
    commands.map(({ words }) => ({ words, repeat: 20 })),
    runs,
  );
  return commands.map(({ name }, index) => ({ name, ...costs[index] }));
}

/** Puts the tables between the two marks of README.md. */
function writeTables() {
  const readme = new URL("README.md", import.meta.url);
  const [before, , after] = readFileSync(readme, "utf8").split(/(?<=<!-- tables -->\n)|(?=<!-- end of tables -->)/);
  if (before === undefined || after === undefined) throw new Error("README.md has lost the marks of its tables");
  const [machine = "", ...rest] = tables;
  writeFileSync(readme, `${before}\n${[machine, goals, ...rest].join("\n\n")}\n\n${after}`);
}
