/**
 * What a command costs: it is run to its end with its output thrown away, and the system's `time`
 * tells processor seconds and peak memory. That counts threads and children, and any program alike.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const TIME = "/usr/bin/time";
/** GNU's `time` takes a format; the one of macOS and the BSDs has a fixed list, and counts memory in octets. */
const GNU = spawnSync(TIME, ["--version"]).status === 0;

/** Is there a `time` to measure with, and this program? @param {string} program */
export function isInstalled(program) {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;
}

/**
 * Runs `command` `runs` times and gives the medians: `cpu` in seconds (user and system), `memory` in MiB.
 * Throws with the last lines of its stderr when it fails.
 * @param {string[]} command @param {number} runs @returns {{ cpu: number, memory: number }}
 */
export function measure(command, runs) {
  const all = Array.from({ length: runs }, () => measureOnce(command));
  return { cpu: median(all.map((one) => one.cpu)), memory: median(all.map((one) => one.memory)) };
}

/** @param {string[]} command */
function measureOnce(command) {
  const folder = mkdtempSync(join(tmpdir(), "tls-diff-bench-"));
  try {
    const file = join(folder, "time.txt");
    const { error, status, stderr } = spawnSync(
      TIME,
      [...(GNU ? ["-f", "%U user %S sys %M maximum"] : ["-l", "-p"]), "-o", file, ...command],
      {
        stdio: ["ignore", "ignore", "pipe"],
        encoding: "utf8",
      },
    );
    if (error !== undefined) throw new Error(`${TIME} is needed to measure: ${error.message}`);
    if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}:\n${stderr.split("\n").slice(-6).join("\n")}`);
    return readTime(readFileSync(file, "utf8"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {string} text */
function readTime(text) {
  if (GNU) {
    const [user = 0, sys = 0, kibioctets = 0] = [...text.matchAll(/([\d.]+) (?:user|sys|maximum)/g)].map((match) => Number(match[1]));
    return { cpu: user + sys, memory: kibioctets / 1024 };
  }
  const number = (/** @type {RegExp} */ pattern) => Number(pattern.exec(text)?.[1] ?? Number.NaN);
  return { cpu: number(/user\s+([\d.]+)/) + number(/sys\s+([\d.]+)/), memory: number(/(\d+)\s+maximum resident/) / 1_048_576 };
}

/** @param {number[]} numbers */
function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (/** @type {number} */ (sorted[Math.floor(middle)]) + /** @type {number} */ (sorted[Math.ceil(middle - 1)])) / 2;
}
