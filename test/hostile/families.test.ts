import { describe, expect, it } from "vitest";
import { HandshakeReader } from "../../src/index.ts";
import { decompress } from "../../src/node/decompress.ts";
import { sniffCompression } from "../../src/capture/compression.ts";
import { readCaptures } from "../../src/node.ts";
import { decompressCertificate } from "../../src/node/certificate-compression.ts";
import type { Work } from "../../src/pipeline.ts";
import { describeCertificate, describeName } from "../../src/x509/certificate.ts";
import { execute } from "../support/io.ts";
import type { Cost, Family } from "./contract.ts";
import { FAMILIES } from "./families/index.ts";
import { GOOD } from "./support.ts";

/** Octets of memory that all connections may take, over TCP and over UDP, and in queues. */
const MEMORY = 2 * 536_870_912 + 33_554_432 + 4_194_304;

/** The chunks as a stream would bring them. */
async function* stream(family: Family): AsyncGenerator<Uint8Array> {
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
  const reader = new HandshakeReader((handshake) => handshakes.push(handshake), {
    describe: { certificate: describeCertificate, name: describeName },
    decompress: decompressCertificate,
  });
  let most: Work = reader.work;
  let given = 0;
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
      reader.push(octets);
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
  const summary = reader.end();
  expect(reader.work.held).toBe(0);
  return { summary, handshakes, most, given, answer: JSON.stringify(handshakes).length };
}

describe.each(FAMILIES)("tls-diff survives $name", (family) => {
  it("and says what it is, in the words and the status that a person and a script need", async () => {
    const { status, out, err } = await execute(["list", "-", "--all"], {
      readCaptures: (input, options) => readCaptures(input, { ...options, stdin: stream(family) }),
    });
    expect(status).toBe(family.status ?? 0);
    expect(`${out}${err}`.replaceAll(/\s+/g, " ")).toMatch(family.told);
    expect(err).not.toMatch(/\n\s+at |this is a bug/);
    // eslint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
    expect(out.replaceAll(/\s+/g, " ")).toMatch(new RegExp(`✓ [^✗≈]*${GOOD.replaceAll(".", "\\.")}`));
  });

  it("within bounds, and finds the good handshake", async () => {
    const cost = await costOf(family);
    expect(cost.most.held).toBeLessThan(MEMORY);
    // A lookup passes over the connections in its bucket, and there are as many buckets as connections.
    expect(cost.most.passed).toBeLessThan(8 * cost.summary.packets + 1_000);
    const found = cost.handshakes.filter(({ serverName, outcome }) => serverName === GOOD && outcome === "established");
    expect(found).toHaveLength(1);
    expect(found[0]?.messages.map(({ type }) => type)).toContain("server_hello_done");
    if (family.others !== undefined) expect(cost.handshakes.filter(({ messages }) => messages.length > 0)).toHaveLength(family.others + 1);
    family.bound(cost);
  });
});
