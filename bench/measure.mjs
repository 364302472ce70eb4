/**
 * What a command costs: it is run to its end with its output discarded, and the system's `time`
 * reports seconds and peak memory, which includes threads and children, and works for any program.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * @typedef {{ words: string[], repeat?: number }} Command one measurement runs it `repeat` times, once by default
 * @typedef {{ cpu: number, wall: number, memory: number }} Cost of one run: `cpu` (user and system) and `wall` in seconds, `memory` in MiB
 */

const TIME = "/usr/bin/time";
/** GNU's `time` takes a format; the one of macOS and the BSDs has a fixed list, and counts memory in octets. */
const GNU = spawnSync(TIME, ["--version"]).status === 0;
/** `time` counts hundredths of a second: a program that takes only a few of them is run several times in one measurement. */
const LOOP = 'n=$1; shift; while [ "$n" -gt 0 ]; do "$@" || exit; n=$((n - 1)); done';

/**
 * Measures each command `runs` times, in turn, so that other load on the machine affects all of them; returns the medians.
 * Throws with the last lines of its stderr when one fails.
 * @param {Command[]} commands @param {number} runs
 * @returns {Cost[]} of one command each
 */
export function measure(commands, runs) {
  const rounds = Array.from({ length: runs }, () => commands.map((command) => measureOnce(command)));
  return commands.map((_, index) => medianOf(rounds.map((round) => round[index])));
}

/** The median of each figure. @param {Cost[]} costs @returns {Cost} */
export function medianOf(costs) {
  return {
    cpu: median(costs.map((cost) => cost.cpu)),
    wall: median(costs.map((cost) => cost.wall)),
    memory: median(costs.map((cost) => cost.memory)),
  };
}

/** How many lines the command prints. @param {string[]} command @returns {Promise<number>} */
export async function countLines([program = "", ...words]) {
  const child = spawn(program, words, { stdio: ["ignore", "pipe", "inherit"] });
  let lines = 0;
  for await (const chunk of child.stdout) for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines++;
  return lines;
}

/** @param {Command} command @returns {Cost} */
function measureOnce({ words, repeat = 1 }) {
  const folder = mkdtempSync(join(tmpdir(), "tls-diff-bench-"));
  try {
    const file = join(folder, "time.txt");
    const { error, status, stderr } = spawnSync(
      TIME,
      [
        ...(GNU ? ["-f", "%e real %U user %S sys %M maximum"] : ["-l", "-p"]),
        "-o",
        file,
        ...(repeat === 1 ? [] : ["sh", "-c", LOOP, "sh", String(repeat)]),
        ...words,
      ],
      { stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" },
    );
    if (error !== undefined) throw new Error(`${TIME} is needed to measure: ${error.message}`);
    if (status !== 0) throw new Error(`${words.join(" ")} ended with ${status}:\n${stderr.split("\n").slice(-6).join("\n")}`);
    const { cpu, wall, memory } = readTime(readFileSync(file, "utf8"));
    return { cpu: cpu / repeat, wall: wall / repeat, memory };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {string} text @returns {Cost} */
function readTime(text) {
  const number = (/** @type {RegExp} */ pattern) => Number(pattern.exec(text)?.[1] ?? Number.NaN);
  if (GNU)
    return { cpu: number(/([\d.]+) user/) + number(/([\d.]+) sys/), wall: number(/([\d.]+) real/), memory: number(/(\d+) maximum/) / 1024 };
  return {
    cpu: number(/user\s+([\d.]+)/) + number(/sys\s+([\d.]+)/),
    wall: number(/real\s+([\d.]+)/),
    memory: number(/(\d+)\s+maximum resident/) / 1_048_576,
  };
}

/** @param {number[]} numbers */
function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (/** @type {number} */ (sorted[Math.floor(middle)]) + /** @type {number} */ (sorted[Math.ceil(middle - 1)])) / 2;
}
