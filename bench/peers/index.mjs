/**
 * THE list of programs that read the captures. None of them but Node is needed: what is not installed is
 * named and skipped.
 */
import { spawnSync } from "node:child_process";
import { devNull } from "node:os";
import { fileURLToPath } from "node:url";
import { buildGopacket } from "./gopacket/build.mjs";

/**
 * @typedef {object} Peer
 * @property {string} name
 * @property {(file: string) => string[]} command reads the capture `file`
 * @property {() => string | undefined} version how the program names itself; undefined when it is not installed
 * @property {number} [repeat] how often a measurement runs it, if one run is too short to be measured
 * @property {boolean} [handshakes] does it decode handshakes?
 * @property {string} [only] the one capture that it is given
 * @property {number} [slice] octets of the capture that it is given, if the whole takes too long
 */

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const node = process.execPath;
export const PROGRAM = here("../../dist/bin.cjs");

/** Of any output the first number with a dot in it. @param {string} program @param {string[]} words */
const ask = (program, words) => () => {
  const { error, status, stdout, stderr } = spawnSync(program, words, { encoding: "utf8" });
  return error === undefined && status === 0 ? (/\d+\.[\d.]*\d/.exec(stdout + stderr)?.[0] ?? "of unknown version") : undefined;
};
/** @param {string} module */
const askPython = (module) => ask("python3", ["-c", `import importlib.metadata as m, ${module}; print(m.version("${module}"))`]);

/** @type {Peer[]} */
export const PEERS = [
  {
    name: "tls-diff list",
    command: (file) => [node, PROGRAM, "list", file, "-o", devNull],
    version: ask(node, [PROGRAM, "--version"]),
    handshakes: true,
  },
  {
    name: "tls-diff list --format ndjson",
    command: (file) => [node, PROGRAM, "list", file, "--format", "ndjson", "-o", devNull],
    version: ask(node, [PROGRAM, "--version"]),
    handshakes: true,
  },
  { name: "cat", command: (file) => ["cat", file], version: ask("cat", ["--version"]), repeat: 10 },
  {
    name: "tcpdump",
    command: (file) => ["tcpdump", "-r", file, "-w", devNull, "tcp[((tcp[12]&0xf0)>>2)]=22"],
    version: ask("tcpdump", ["--version"]),
    repeat: 10,
  },
  {
    name: "pcap-parser",
    command: (file) => [node, "--no-deprecation", here("read-with-pcap-parser.mjs"), file],
    version: ask(node, ["-p", "require('pcap-parser/package.json').version"]),
  },
  {
    name: "gopacket",
    command: (file) => [/** @type {string} */ (buildGopacket()?.program), file],
    version: () => buildGopacket()?.version,
    handshakes: true,
  },
  { name: "ndpiReader", command: (file) => ["ndpiReader", "-q", "-i", file], version: ask("ndpiReader", ["-h"]), handshakes: true },
  {
    name: "tshark",
    command: (file) => ["tshark", "-r", file, "-Y", "tls.handshake", "-T", "json"],
    version: ask("tshark", ["--version"]),
    handshakes: true,
    slice: 20_000_000,
  },
  {
    name: "scapy",
    command: (file) => ["python3", here("read-with-scapy.py"), file],
    version: askPython("scapy"),
    handshakes: true,
    slice: 1_000_000,
    only: "dense",
  },
  {
    name: "pyshark",
    command: (file) => ["python3", here("read-with-pyshark.py"), file],
    version: askPython("pyshark"),
    handshakes: true,
    slice: 1_000_000,
    only: "dense",
  },
];
