import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { sniffCompression } from "../../src/capture/compression.ts";
import { readCaptures } from "../../src/node.ts";
import { decompress } from "../../src/node/decompress.ts";
import type { Work } from "../../src/pipeline.ts";
import { execute, type Trace } from "../support/io.ts";
import type { Cost, Family } from "./contract.ts";
import { FAMILIES } from "./families/index.ts";
import { GOOD, pcapOf } from "./support.ts";

/** The line of the good handshake, blanks counted as one. */
const GOOD_LINE =
  / ✓ \d+ 22:13:20\.00\dZ 192\.0\.2\.1:40000 192\.0\.2\.2:443 mail\.example\.test TLS 1\.2 established TLS_RSA_WITH_AES_256_CBC_SHA OpenSSL 3\.0 t13d311000_e8f1e7e78f70_1f22a2ca17c4 /;
/** JA4 and JA3, behind everything else of a line. */
const FINGERPRINTS = / [tdq]\w{9}_[0-9a-f]{12}_[0-9a-f]{12} [0-9a-f]{32}$/;
/** Each line of the list is one line of text. */
const LIST = ["list", "--all", "--width", "400"];

let counted: typeof import("./counted.ts");

/** Milliseconds that bundling may take on a busy machine. */
const BUNDLING = 60_000;

beforeAll(async () => {
  const { bundleCounted } = (await load(join(import.meta.dirname, "../fuzz/bundle.mjs"))) as {
    bundleCounted: (name: string, entry: string) => Promise<string>;
  };
  counted = (await load(await bundleCounted("hostile", join(import.meta.dirname, "counted.ts")))) as typeof counted;
  counted.countCopies();
}, BUNDLING);

const load = (path: string): Promise<unknown> => import(pathToFileURL(path).href);

/** The chunks as a stream would bring them. */
async function* stream(family: Family): AsyncGenerator<Uint8Array, void, undefined> {
  let parts: Uint8Array[] = [];
  let length = 0;
  for (const part of family.capture()) {
    parts.push(part);
    length += part.length;
    if (length < 65_536) continue;
    yield await Promise.resolve(new Uint8Array(Buffer.concat(parts)));
    parts = [];
    length = 0;
  }
  yield new Uint8Array(Buffer.concat(parts));
}

/** Reads the capture as the program does, and counts. */
async function costOf(family: Family): Promise<Cost> {
  const handshakes: Cost["handshakes"][number][] = [];
  const { begin, decompressCertificate, describeCertificate, describeName, end } = counted;
  const reader = new counted.HandshakeReader((handshake) => handshakes.push(handshake), {
    describe: { certificate: describeCertificate, name: describeName },
    decompress: decompressCertificate,
    ...(family.heldOctets === undefined ? {} : { limits: { heldOctets: family.heldOctets } }),
  });
  let most: Work = reader.work;
  let given = 0;
  let steps = 0;
  const tally = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const octets of stream(family)) {
      given += octets.length;
      yield octets;
    }
  };
  let first: Uint8Array | undefined;
  for (const part of family.capture()) {
    first = part;
    break;
  }
  try {
    for await (const octets of decompress(tally(), sniffCompression(first ?? new Uint8Array(4)))) {
      begin(Number.POSITIVE_INFINITY);
      reader.push(octets);
      steps += end();
      const now = reader.work;
      most = {
        held: Math.max(most.held, now.held),
        passed: Math.max(most.passed, now.passed),
        closing: Math.max(most.closing, now.closing),
        evicted: Math.max(most.evicted, now.evicted),
      };
    }
  } catch (error) {
    if ((error as { code?: string }).code !== "inflated") throw error;
  }
  begin(Number.POSITIVE_INFINITY);
  const summary = reader.end();
  steps += end();
  expect(reader.work.held).toBe(0);
  return { summary, handshakes, most, steps, given, answer: JSON.stringify(handshakes).length };
}

/** Runs a command line with the capture on standard input. */
function typed(words: readonly string[], family: Family): Promise<Trace> {
  const limit = family.heldOctets === undefined ? [] : ["--limit", `held-octets=${family.heldOctets}`];
  return execute([...words, ...limit], { readCaptures: (input, options) => readCaptures(input, { ...options, stdin: stream(family) }) });
}

/** The lines and the sentences of a list. */
function partsOf(out: string): { heading: string; lines: string[]; told: string[] } {
  const [table = "", notes = ""] = out.split("\n\n");
  const [heading = "", , ...lines] = table.trimEnd().split("\n");
  return {
    heading: heading.replace(/^standard input +/, ""),
    lines: lines.map((line) => line.replaceAll(/ +/g, " ").trim()),
    told: notes === "" ? [] : notes.trimEnd().split("\n"),
  };
}

describe.each(FAMILIES)("tls-diff survives $name", (family) => {
  it("and says what it is, in the words and the status that a person and a script need", async () => {
    const { status, out, err } = await typed([...LIST, "-"], family);
    expect(status).toBe(family.status ?? 0);
    expect(err).toBe("");
    // eslint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
    const { heading, lines, told } = partsOf(out);
    expect([heading, ...told]).toEqual([family.counts, ...family.told]);
    if (family.line !== undefined) expect(lines[0]?.replace(FINGERPRINTS, "")).toBe(family.line);
    expect(lines.at(-1)).toMatch(GOOD_LINE);
  });

  it.each(Object.entries(family.shown ?? {}))("and shows what is wrong with handshake %s", async (id, words) => {
    const { status, out } = await typed(["show", "-", "--id", id, "--width", "400"], family);
    expect(status).toBe(0);
    expect(out).toContain(words);
  });

  it.each(family.last === undefined ? [] : [family.last])("and reads the file behind it, because %s", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tls-diff-hostile-"));
    try {
      const names = ["bomb.pcap", "good.pcap"].map((name) => join(folder, name)) as [string, string];
      writeFileSync(names[0], Buffer.concat([...family.capture()]));
      writeFileSync(names[1], Buffer.concat([...pcapOf([])]));
      const { status, out, err } = await execute([...LIST, ...names], { readCaptures });
      expect([status, err]).toEqual([0, ""]);
      const behind = out.slice(out.indexOf(`${names[1]} `));
      expect(partsOf(behind).lines.at(-1)).toMatch(GOOD_LINE);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("within its bounds of steps and memory, and finds the good handshake", async () => {
    const cost = await costOf(family);
    const octets = Math.max(cost.given, cost.summary.bytes);
    expect(cost.steps / octets).toBeLessThan(family.steps);
    expect(cost.most.held).toBeLessThan(family.memory);
    // A lookup passes over the connections in its bucket, and there are as many buckets as connections.
    expect(cost.most.passed).toBeLessThan(8 * cost.summary.packets + 1_000);
    const found = cost.handshakes.filter(({ serverName, outcome }) => serverName === GOOD && outcome === "established");
    expect(found).toHaveLength(1);
    expect(found[0]?.messages.map(({ type }) => type)).toContain("server_hello_done");
    if (family.others !== undefined) expect(cost.handshakes.filter(({ messages }) => messages.length > 0)).toHaveLength(family.others + 1);
    family.bound?.(cost);
  });
});
