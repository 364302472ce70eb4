/**
 * The portable core, proved portable: a face of the library (dist/index.js, or the file named on the
 * command line) is bundled as for a browser and run where nothing exists but ECMAScript itself and
 * the encoders of the web. There it reads a bundled capture and lists its handshakes. Prints what it
 * found and ends with 1 when the bundle needs anything else or finds nothing.
 */
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createContext, Script } from "node:vm";
import { rolldown } from "rolldown";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const face = resolve(process.argv[2] ?? join(root, "dist/index.js"));
const fixture = join(root, "fixtures/pairs/go-rsa-kex/go.pcap");

const code = await bundle(face);
const foreign = [...code.matchAll(/\b(?:require|import)\s*\(\s*["']([^"']+)["']|\bfrom\s*["'](node:[^"']+)["']/g)].map(
  (match) => match[1] ?? match[2],
);
if (foreign.length > 0) throw new Error(`the bundle still asks for ${foreign.join(", ")}`);

const handshakes = read(code, readFileSync(fixture));
for (const { id, serverName, outcome, messages } of handshakes)
  console.log(`${id} ${serverName ?? "-"} ${outcome}: ${messages.join(", ")}`);
if (handshakes.length === 0) throw new Error(`no handshake found in ${fixture}`);
console.log(`portable: ${(code.length / 1024).toFixed(0)} KiB bundled, no Node API`);

/** One script that leaves the library in `library`. @param {string} entry */
async function bundle(entry) {
  const bundled = await rolldown({
    input: entry,
    platform: "browser",
    onLog(level, log) {
      if (log.code === "UNRESOLVED_IMPORT" || log.code === "MISSING_EXPORT") throw new Error(log.message);
      if (level === "warn") console.warn(log.message);
    },
  });
  const { output } = await bundled.generate({ format: "iife", name: "library" });
  await bundled.close();
  if (output.length !== 1) throw new Error(`one script expected, ${output.length} made`);
  return output[0].code;
}

/** @param {string} script @param {Uint8Array} octets @returns {{ id: number, serverName?: string, outcome: string, messages: string[] }[]} */
function read(script, octets) {
  const context = createContext({ TextDecoder, TextEncoder, octets: [...octets] });
  new Script(script, { filename: "bundle.js" }).runInContext(context, { timeout: 20_000 });
  return JSON.parse(
    new Script(`JSON.stringify((${list.toString()})(library, Uint8Array.from(octets)))`).runInContext(context, { timeout: 20_000 }),
  );
}

/** Runs inside the bare context. @param {any} library @param {Uint8Array} octets */
function list(library, octets) {
  /** @type {any[]} */
  const found = [];
  const reader = new library.HandshakeReader((/** @type {any} */ handshake) => found.push(handshake));
  reader.push(octets);
  reader.end();
  return found.map((handshake) => ({
    id: handshake.id,
    serverName: handshake.serverName,
    outcome: handshake.outcome,
    messages: handshake.messages.map((/** @type {any} */ message) => message.type),
  }));
}
