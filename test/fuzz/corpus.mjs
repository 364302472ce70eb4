// The inputs that are kept with the project: a file for each target, a line of base64 for each input.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CORPUS = join(import.meta.dirname, "corpus");
/** Signs that a target's file may have. */
const ROOM = 12_000;

/**
 * The inputs that are kept for a target.
 * @param {string} name
 */
export function readCorpus(name) {
  const file = join(CORPUS, `${name}.txt`);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  return lines.map((line) => new Uint8Array(Buffer.from(line, "base64")));
}

/**
 * Keeps the smallest inputs of a folder, as many as there is room for.
 * @param {{ name: string }} target
 * @param {string} folder
 */
export function writeCorpus({ name }, folder) {
  const lines = readdirSync(folder).map((file) => readFileSync(join(folder, file)).toString("base64"));
  const kept = [];
  let room = ROOM;
  for (const line of [...new Set(lines)].toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    room -= line.length + 1;
    if (room >= 0 && line !== "") kept.push(line);
  }
  writeFileSync(join(CORPUS, `${name}.txt`), kept.map((line) => `${line}\n`).join(""));
}
