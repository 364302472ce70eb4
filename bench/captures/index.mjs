/** THE list of captures, and the making of one in `bench/data/`. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bulk } from "./bulk.mjs";
import { CaptureWriter } from "./capture-writer.mjs";
import { dense } from "./dense.mjs";
import { dirty } from "./dirty.mjs";
import { noise } from "./noise.mjs";
import { readTemplate } from "./recording.mjs";

/**
 * @typedef {object} Recipe
 * @property {string} title what is in it
 * @property {number} octets of the file that is measured
 * @property {(writer: CaptureWriter, templates: import("./recording.mjs").Template[], octets: number) => number} write about so many octets; gives the number of handshakes
 * @typedef {{ name: string, title: string, file: string, octets: number, handshakes: number }} Capture
 */

/** @type {Record<string, Recipe>} */
export const RECIPES = { bulk, dense, noise, dirty };

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
/** Recordings of the same client: a server with TLS 1.2, and one with TLS 1.3. */
const TEMPLATES = ["../../fixtures/pairs/resumption-tls12-ticket/first.pcap", "../../fixtures/pairs/both-work/default.pcap"].map((path) =>
  here(path),
);
/** A capture of one handshake and little else: what a program costs on it is its start-up. */
export const SMALLEST = /** @type {string} */ (TEMPLATES.at(-1));
const madeFrom = hashOf([...readdirSync(here(".")).map((name) => here(name)), ...TEMPLATES]);

/** The capture `name` of about so many octets, made unless the same one is there already. @param {string} name @param {number} octets @returns {Capture} */
export function makeCapture(name, octets) {
  const recipe = RECIPES[name];
  if (recipe === undefined) throw new RangeError(`no capture is called ${name}`);
  mkdirSync(here("../data"), { recursive: true });
  const file = here(`../data/${name}-${octets / 1_000_000}.pcap`);
  let known = existsSync(`${file}.json`) && existsSync(file) ? JSON.parse(readFileSync(`${file}.json`, "utf8")) : {};
  if (known.madeFrom !== madeFrom) {
    const writer = new CaptureWriter(file);
    const handshakes = recipe.write(writer, TEMPLATES.map(readTemplate), octets);
    writer.end();
    known = { madeFrom, handshakes };
    writeFileSync(`${file}.json`, JSON.stringify(known));
  }
  return { name, title: recipe.title, file, octets: statSync(file).size, handshakes: known.handshakes };
}

/** @param {Capture} capture */
export function deleteCapture({ file }) {
  for (const path of [file, `${file}.json`]) rmSync(path, { force: true });
}

/** @param {string[]} files */
function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex");
}
