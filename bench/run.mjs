/**
 * `npm run bench -- [--runs N] [--only bulk|dense] [--small]`: makes the captures that it needs in
 * `bench/data/`, runs tls-diff and its peers on them one after the other, and prints a table for each.
 * README.md beside this file says what is measured and how.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { cpus, devNull } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeBulk, writeDense } from "./captures.mjs";
import { isInstalled, measure } from "./measure.mjs";
import { readTemplate } from "./recording.mjs";

const { values: options } = parseArgs({
  options: { runs: { type: "string", default: "1" }, only: { type: "string" }, small: { type: "boolean", default: false } },
});
const runs = Number(options.runs);
if (!Number.isInteger(runs) || runs < 1) throw new RangeError("--runs wants a whole number from 1 on");
if (options.only !== undefined && options.only !== "bulk" && options.only !== "dense") throw new RangeError("--only wants bulk or dense");

const MB = 1_000_000;
const SCALE = options.small ? 1 / 20 : 1;
/** Octets that tshark is given: it needs minutes for the whole. */
const SLICE = 20 * MB;

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
/** Recordings of the same client: a server with TLS 1.2, and one with TLS 1.3. */
const TEMPLATES = ["../fixtures/pairs/resumption-tls12-ticket/first.pcap", "../fixtures/pairs/both-work/default.pcap"].map((path) =>
  here(path),
);
const SOURCES = ["captures.mjs", "recording.mjs"].map((path) => here(path));

/** @typedef {{ file: string, octets: number, handshakes: number }} Capture */

/** @type {Record<string, { title: string, write: (file: string, octets: number) => { handshakes: number }, octets: number }>} */
const CAPTURES = {
  bulk: {
    title: "bulk: 200 connections, each a handshake and a download",
    write: (file, octets) =>
      writeBulk(file, TEMPLATES.map(readTemplate), octets, Math.max(1, Math.round((200 * octets) / (1000 * MB * SCALE)))),
    octets: 1000 * MB * SCALE,
  },
  dense: {
    title: "dense: nothing but handshakes",
    write: (file, octets) => writeDense(file, TEMPLATES.map(readTemplate), octets),
    octets: 300 * MB * SCALE,
  },
};

/** @typedef {{ name: string, program: string, command: (file: string) => string[], handshakes: boolean, slice?: boolean }} Peer */

/** @type {Peer[]} */
const PEERS = [
  {
    name: "tls-diff list",
    program: process.execPath,
    command: (file) => [process.execPath, here("../dist/bin.js"), "list", file, "-o", devNull],
    handshakes: true,
  },
  {
    name: "tcpdump, segments that begin a handshake record",
    program: "tcpdump",
    command: (file) => ["tcpdump", "-r", file, "-w", devNull, "tcp[((tcp[12]&0xf0)>>2)]=22"],
    handshakes: false,
  },
  {
    name: "tshark, frames of handshake messages",
    program: "tshark",
    command: (file) => ["tshark", "-r", file, "-Y", "tls.handshake", "-T", "fields", "-e", "frame.number"],
    handshakes: true,
    slice: true,
  },
  {
    name: "pcap-parser, only reading packets",
    program: process.execPath,
    command: (file) => [process.execPath, "--no-deprecation", here("read-with-pcap-parser.mjs"), file],
    handshakes: false,
  },
];

console.log(`Node ${process.version}, ${process.platform} ${process.arch}, ${cpus()[0]?.model ?? "unknown processor"}, median of ${runs}`);
for (const [name, { title, octets }] of Object.entries(CAPTURES)) {
  if (options.only === undefined || options.only === name) compare(title, capture(name, octets), capture(name, Math.min(octets, SLICE)));
}

/** The capture `name` with so many octets, made unless the same one is there already. @param {string} name @param {number} octets @returns {Capture} */
function capture(name, octets) {
  mkdirSync(here("data"), { recursive: true });
  const file = here(`data/${name}-${Math.round(octets / MB)}${options.small ? "-small" : ""}.pcap`);
  const recipe = createHash("sha256");
  for (const source of [...SOURCES, ...TEMPLATES]) recipe.update(readFileSync(source));
  const madeFrom = recipe.digest("hex");
  const known = existsSync(`${file}.json`) && existsSync(file) ? JSON.parse(readFileSync(`${file}.json`, "utf8")) : {};
  let { handshakes } = known;
  if (known.madeFrom !== madeFrom) {
    ({ handshakes } = CAPTURES[name].write(file, octets));
    writeFileSync(`${file}.json`, JSON.stringify({ madeFrom, handshakes }));
  }
  return { file, octets: statSync(file).size, handshakes };
}

/** @param {string} title @param {Capture} whole @param {Capture} slice */
function compare(title, whole, slice) {
  console.log(`\n${title} (${Math.round(whole.octets / MB)} MB, ${whole.handshakes} handshakes)\n`);
  const rows = PEERS.map((peer) => cost(peer, peer.slice === true ? slice : whole, whole));
  const tcpdump = rows.find(({ peer }) => peer.program === "tcpdump")?.cpu ?? Number.NaN;
  print("", "CPU s", "× tcpdump", "peak MiB", "handshakes/s");
  for (const row of rows) {
    const { peer, scaled } = row;
    const name = scaled ? `${peer.name} *` : peer.name;
    if (row.cpu === undefined) print(name, "not installed, skipped");
    else
      print(
        name,
        row.cpu.toFixed(2),
        ratio(row.cpu / tcpdump),
        row.memory.toFixed(0),
        peer.handshakes ? (whole.handshakes / row.cpu).toFixed(0) : "",
      );
  }
  if (rows.some(({ scaled }) => scaled))
    console.log(`* ran on ${Math.round(slice.octets / MB)} MB of the same kind; CPU scaled to the whole, memory as it was`);
}

/** @param {Peer} peer @param {Capture} given @param {Capture} whole @returns {{ peer: Peer, scaled: boolean, cpu?: undefined } | { peer: Peer, scaled: boolean, cpu: number, memory: number }} */
function cost(peer, given, whole) {
  if (!isInstalled(peer.program)) return { peer, scaled: false };
  const { cpu, memory } = measure(peer.command(given.file), runs);
  return { peer, cpu: (cpu * whole.octets) / given.octets, memory, scaled: given.file !== whole.file };
}

/** @param {number} value */
function ratio(value) {
  return Number.isFinite(value) ? value.toFixed(1) : "";
}

/** @param {string} name @param {string[]} cells */
function print(name, ...cells) {
  console.log([name.padEnd(50), ...cells.map((cell) => cell.padStart(14))].join("").trimEnd());
}
