import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RULES } from "../../src/diagnosis/rules/index.ts";
import { executeOnFixtures, fixturePath } from "../support/fixtures.ts";
import { RECORDED } from "./recorded.ts";

/** A recorded pair, as its script entered it in fixtures/causes/causes.json. */
interface Row {
  readonly name: string;
  readonly rule: string;
  readonly confidence: "certain" | "likely" | "possible";
  readonly failing: string;
  readonly working?: string;
  readonly server: string;
  readonly script: string;
}

const rows = JSON.parse(readFileSync(fixturePath("causes/causes.json"), "utf8")) as Row[];

/** Rules whose trigger is only made (test/diagnosis/cases), and why it cannot be recorded here. */
const SYNTHETIC: Readonly<Record<string, string>> = {
  "dhe-leading-zero": "needs Windows Server 2012 and one connection in 256",
  "quic-transport-error": "the QUIC servers at hand fail in no way that has no rule of its own",
  "record-size-limit": "no server at hand agrees on record_size_limit and then breaks it",
};

/** What stands first beside a rule that says little more than how it ended, or that another rule says better. */
const BEHIND: Readonly<Record<string, string>> = {
  "tls-fingerprint-blocking": "rst-after-client-hello",
  ...Object.fromEntries(RULES.filter(({ isFallback }) => isFallback === true).map(({ id }) => [id, "inconclusive"])),
};

interface Told {
  readonly rule: string;
  readonly confidence: string;
  readonly side: string;
}

const failing = (name: string): string =>
  [`causes/${name}/fail.pcap`, `causes/${name}/fail.pcap.gz`].find((file) => existsSync(fixturePath(file))) ?? "";
const working = (name: string): string => `causes/${name}/ok.pcap`;

async function compared(left: string, right: string): Promise<Told[]> {
  const { out } = await executeOnFixtures([left, right, "--format", "json"]);
  return (JSON.parse(out) as { pairs: { diagnosis: Told[] }[] }).pairs.flatMap(({ diagnosis }) => diagnosis);
}

async function explained(file: string): Promise<Told[]> {
  const { out } = await executeOnFixtures(["explain", file, "--format", "json"]);
  const { captures } = JSON.parse(out) as { captures: { handshakes: { diagnosis: Told[] }[] }[] };
  return captures.flatMap(({ handshakes }) => handshakes.flatMap(({ diagnosis }) => diagnosis));
}

describe("the recorded causes", () => {
  it("have each their captures, and nothing lies beside them", () => {
    const files = rows.flatMap((row) => [failing(row.name), ...(row.working === undefined ? [] : [working(row.name)])]);
    const found = readdirSync(fixturePath("causes"), { recursive: true }).map((name) => `causes/${String(name)}`);
    expect(found.filter((file) => /\.pcap/.test(file)).toSorted()).toEqual(files.toSorted());
  });

  it("say with what they were recorded, by a script that is there", () => {
    for (const { name, failing: client, server, script } of rows) {
      expect(client.length, name).toBeGreaterThan(3);
      expect(server.length, name).toBeGreaterThan(3);
      expect(existsSync(fixturePath(`record/causes/${script}`)), name).toBe(true);
    }
  });

  it("stand for every rule that does not say why its trigger is made", () => {
    const recorded = new Set([...rows.map(({ rule }) => rule), ...RECORDED.map(([rule]) => rule)]);
    const made = Object.keys(SYNTHETIC);
    expect([...recorded, ...made].toSorted()).toEqual(RULES.map(({ id }) => id).toSorted());
    for (const reason of Object.values(SYNTHETIC)) expect(reason.length).toBeGreaterThan(15);
  });
});

describe.each(rows)("$name", ({ name, rule, confidence, working: client }) => {
  const isPair = client !== undefined;

  it(`is told as ${rule}, ${confidence}`, async () => {
    const told = isPair ? await compared(failing(name), working(name)) : await explained(failing(name));
    expect(told[0]?.rule).toBe(BEHIND[rule] ?? rule);
    expect(told.find((one) => one.rule === rule)).toMatchObject({ rule, confidence, side: "left" });
    // What is sure is the cause, and nothing else.
    expect(told.filter((one) => one.confidence === "certain" && one.rule !== rule)).toEqual([]);
  });

  it.runIf(isPair)("is told of the right side when the sides change, and of no other", async () => {
    const told = await compared(working(name), failing(name));
    expect(told[0]).toMatchObject({ rule: BEHIND[rule] ?? rule, side: "right" });
    expect(told.filter(({ side }) => side === "left")).toEqual([]);
  });

  it.runIf(isPair)("is not told of what works", async () => {
    expect(await explained(working(name))).toEqual([]);
  });

  it("is explained alone without a wrong certainty", async () => {
    const told = await explained(failing(name));
    expect(told.filter((one) => one.confidence === "certain" && one.rule !== rule)).toEqual([]);
  });
});
