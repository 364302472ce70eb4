import { readdirSync, statSync } from "node:fs";
import { join as joinPath } from "node:path";
import { pathToFileURL } from "node:url";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { pcap } from "../support/capture-writer.ts";
import { framesOf, segmentsOf } from "../support/conversation.ts";
import { handshake, helloBody, join, record } from "../support/records.ts";
import type { Target } from "./contract.ts";
import type { execute as run } from "./execute.ts";
import { beginComparisons } from "./comparisons.ts";
import { FOUND } from "./found.ts";

/** A target's file has its name. */
const NAMES = readdirSync(joinPath(import.meta.dirname, "targets"))
  .map((file) => file.replace(/\.ts$/, ""))
  .filter((name) => name !== "index");

/** Inputs that fast-check makes for a target; `npm run fuzz` makes millions. */
const GENERATED = 25;

let execute: typeof run;
let targets: readonly Target[];
let readCorpus: (name: string) => Uint8Array[];

/** Milliseconds that bundling may take on a busy machine. */
const BUNDLING = 60_000;

beforeAll(async () => {
  const { bundleTargets } = (await load(joinPath(import.meta.dirname, "bundle.mjs"))) as {
    bundleTargets: (name: string) => Promise<string>;
  };
  ({ readCorpus } = (await load(joinPath(import.meta.dirname, "corpus.mjs"))) as { readCorpus: typeof readCorpus });
  ({ execute, TARGETS: targets } = (await load(await bundleTargets("replay"))) as { execute: typeof run; TARGETS: readonly Target[] });
}, BUNDLING);

const load = (path: string): Promise<unknown> => import(pathToFileURL(path).href);
const targetOf = (name: string): Target => targets.find((target) => target.name === name) as Target;

describe.each(NAMES)("%s holds, within its bound of steps,", (name) => {
  it("for what it begins with", async () => {
    const target = targetOf(name);
    const seeds = target.seeds();
    expect(seeds.length).toBeGreaterThan(0);
    let most = 0;
    for (const octets of seeds.slice(0, 20)) most = Math.max(most, await execute(target, octets.slice(0, target.longest)));
    // A target that is never run has no steps.
    expect(most).toBeGreaterThan(10);
  });

  it("for what runs have kept", async () => {
    const kept = readCorpus(name);
    expect(kept.length).toBeGreaterThan(0);
    for (const octets of kept) await execute(targetOf(name), octets);
  });

  it("for any octets", async () => {
    const target = targetOf(name);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: Math.min(400, target.longest) }), async (octets) => {
        await execute(target, octets);
      }),
      { numRuns: GENERATED },
    );
  });
});

describe("what fuzzing has found", () => {
  it.each(FOUND)("does not come back: $what", async ({ target, input }) => {
    await execute(targetOf(target), new Uint8Array(Buffer.from(input, "base64")));
  });

  it("is told in a sentence, of a target that is there", () => {
    for (const { target, what } of FOUND) {
      expect(NAMES).toContain(target);
      expect(what.length).toBeGreaterThan(20);
    }
  });
});

describe("the steps of redaction", () => {
  it("grow with the records of a message, not with their square", async () => {
    const redact = targetOf("redact");
    const [some, twice] = [await execute(redact, inRecords(1_500)), await execute(redact, inRecords(3_000))];
    expect(twice / some).toBeLessThan(2.5);
  });
});

describe("the list of targets", () => {
  it("has every file", () => {
    expect(targets.map(({ name }) => name).toSorted()).toEqual(NAMES.toSorted());
  });
});

describe("the executor", () => {
  it("stops what takes more steps than its bound", () => {
    const { seeds, run: read } = targetOf("message");
    const endless: Target = {
      name: "endless",
      longest: 1,
      bound: () => 100,
      seeds,
      run: (octets) => {
        for (;;) read(octets) as undefined;
      },
    };
    expect(() => execute(endless, Uint8Array.of(1, 0, 0, 0))).toThrow(/more than 100 steps/);
  });

  it("passes on what a target throws", () => {
    const failing: Target = {
      ...targetOf("message"),
      run: () => {
        throw new RangeError("no");
      },
    };
    expect(() => execute(failing, new Uint8Array(0))).toThrow(/^no$/);
  });
});

describe("comparisons that libFuzzer is not told of", () => {
  it("come out as they do without a fuzzer", () => {
    const tracer = { traceNumberCmp: tell as (one: unknown, other: unknown, operator: string) => boolean };
    Object.assign(globalThis, { Fuzzer: { tracer } });
    // The first execution is told.
    beginComparisons();
    beginComparisons();
    const told = (operator: string): boolean[] =>
      [1, 2, 3, false].flatMap((one) => [0, 2].map((other) => tracer.traceNumberCmp(one, other, operator)));
    const [no, yes] = [false, true];
    expect(told("===")).toEqual([no, no, no, yes, no, no, no, no]);
    expect(told("==")).toEqual([no, no, no, yes, no, no, yes, no]);
    expect(told("!==")).toEqual([yes, yes, yes, no, yes, yes, yes, yes]);
    expect(told("!=")).toEqual([yes, yes, yes, no, yes, yes, no, yes]);
    expect(told("<")).toEqual([no, yes, no, no, no, no, no, yes]);
    expect(told("<=")).toEqual([no, yes, no, yes, no, no, yes, yes]);
    expect(told(">")).toEqual([yes, no, yes, no, yes, yes, no, no]);
    expect(told(">=")).toEqual([yes, no, yes, yes, yes, yes, yes, no]);
    Reflect.deleteProperty(globalThis, "Fuzzer");
  });
});

describe("what is kept", () => {
  it("is small", () => {
    const folder = joinPath(import.meta.dirname, "corpus");
    const octets = readdirSync(folder).reduce((sum, file) => sum + statSync(joinPath(folder, file)).size, 0);
    expect(octets).toBeLessThan(300_000);
  });
});

function tell(): never {
  throw new Error("told");
}

/** A server's message that never ends, an octet in each of so many records, behind a client's hello. */
function inRecords(count: number): Uint8Array {
  const records = Array.from({ length: count }, (_, index) => record(22, [[11, 0x0f, 0, 0][index] ?? index & 0xff]));
  return pcap(
    framesOf(
      segmentsOf([
        { from: "client", octets: record(22, handshake(1, helloBody())) },
        { from: "server", octets: join(...records) },
      ]),
    ),
  );
}
