/** THE list of captures, and the making of one in `bench/data/`. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bulk } from "./bulk.mjs";
import { CaptureWriter } from "./capture-writer.mjs";
import { dense, varied } from "./dense.mjs";
import { dirty } from "./dirty.mjs";
import { noise } from "./noise.mjs";
import { readTemplate } from "./recording.mjs";

/**
 * @typedef {object} Recipe
 * @property {string} title what is in it
 * @property {number} octets of the file that is measured
 * @property {string} [recordings] a folder of recorded handshakes, from the project's root; those of one client unless told
 * @property {(writer: CaptureWriter, templates: import("./recording.mjs").Template[], octets: number) => number} write about so many octets; gives the number of handshakes
 * @typedef {{ name: string, title: string, file: string, octets: number, handshakes: number }} Capture
 */

/** @type {Record<string, Recipe>} */
export const RECIPES = { bulk, dense, varied, noise, dirty };

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
/** Recordings of the same client: a server with TLS 1.2, and one with TLS 1.3. */
const ONE_CLIENT = ["fixtures/pairs/resumption-tls12-ticket/first.pcap", "fixtures/pairs/both-work/default.pcap"];
/** A capture of one handshake and little else: what a program costs on it is its start-up. */
export const SMALLEST = here("../../fixtures/pairs/both-work/default.pcap");

/**
 * The capture `name` of about so many octets, made unless one is there already that fits.
 * @param {string} name @param {number} octets @param {boolean} [isAfresh] @returns {Capture}
 */
export function makeCapture(name, octets, isAfresh = false) {
  const recipe = RECIPES[name];
  if (recipe === undefined) throw new RangeError(`no capture is called ${name}`);
  mkdirSync(here("../data"), { recursive: true });
  const recordings = (recipe.recordings === undefined ? ONE_CLIENT : filesIn(recipe.recordings)).map((path) => here(`../../${path}`));
  const madeFrom = hashOf([...readdirSync(here(".")).map((source) => here(source)), ...recordings]);
  const file = here(`../data/${name}-${octets / 1_000_000}.pcap`);
  let known = existsSync(`${file}.json`) && existsSync(file) ? JSON.parse(readFileSync(`${file}.json`, "utf8")) : {};
  if (isAfresh || known.madeFrom !== madeFrom) {
    const writer = new CaptureWriter(file);
    const handshakes = recipe.write(writer, recordings.map(readTemplate), octets);
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

/** @param {string} folder */
function filesIn(folder) {
  return readdirSync(here(`../../${folder}`))
    .toSorted()
    .map((name) => `${folder}/${name}`);
}

/** @param {string[]} files */
function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex");
}
