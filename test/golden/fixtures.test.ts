import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Handshake } from "../../src/handshake/handshake.ts";
import { executeOnFixtures, fixtureNames, fixturePath, readFixture } from "../support/fixtures.ts";
import { type ExpectedHandshake, fixtures } from "./fixtures.ts";
import { keyed } from "./keyed.ts";

describe("what a recorded capture must give by its recipe", () => {
  it.each(fixtures)("$file gives it", async ({ file, handshakes }) => {
    const expected = handshakes.filter(({ noHello }) => noHello !== true);
    const read = await readFixture(file);
    const hellos = read.handshakes.filter(({ messages }) => messages.length > 0);
    expect(hellos.map((handshake, index) => factsOf(handshake, expected[index] ?? { outcome: "incomplete" }))).toEqual(expected);
    expect(read.error).toBeUndefined();
  });

  const silent = fixtures.filter(({ handshakes }) => handshakes.every(({ noHello }) => noHello === true));

  it.each(silent)("$file gives it of an attempt without a hello", async ({ file, handshakes }) => {
    const read = await readFixture(file);
    const facts = read.handshakes.map((handshake, index) => ({
      ...factsOf(handshake, handshakes[index] ?? { outcome: "incomplete" }),
      noHello: handshake.messages.length === 0,
    }));
    expect(facts).toEqual(handshakes);
  });

  it.each(silent)("$file has an attempt without a hello, which list passes over", async ({ file }) => {
    const { status, err } = await executeOnFixtures(["list", file]);
    expect(status).toBe(3);
    expect(err).toContain("no TLS handshake");
  });
});

describe("every capture below fixtures/", () => {
  it("stands in the table of facts, once", () => {
    expect(fixtures.map(({ file }) => file).toSorted()).toEqual(fixtureNames());
  });

  it("stands in the table of what keys open, if it has any", () => {
    const withKeys = fixtureNames().filter((name) => hasKeys(name) || name.includes("embedded-keys"));
    expect(keyed.map(({ file }) => file)).toEqual(withKeys);
  });

  it("has its row in fixtures/README.md", () => {
    expect(describedFixtures(readFileSync(fixturePath("README.md"), "utf8"))).toEqual(fixtureNames());
  });
});

/** Whether a key log lies beside it. */
function hasKeys(name: string): boolean {
  return name.endsWith(".pcap") && existsSync(fixturePath(name.replace(/pcap$/, "keylog")));
}

/** Those facts of a handshake on which `expected` has an opinion, in its words. */
function factsOf({ outcome, failure, negotiated, startTls, via, serverName }: Handshake, expected: ExpectedHandshake): object {
  const told: Record<keyof ExpectedHandshake, unknown> = {
    outcome,
    failureKind: failure?.kind,
    failureBy: failure?.by,
    alert: failure?.alert?.name ?? null,
    startTls,
    via,
    version: negotiated.version?.name,
    cipherSuite: negotiated.cipherSuite?.name,
    group: negotiated.group?.name ?? null,
    serverName: serverName ?? null,
    resumed: negotiated.resumed,
    noHello: undefined,
  };
  const judged = Object.entries(told).filter(([key]) => key in expected || ["startTls", "via", "resumed"].includes(key));
  return Object.fromEntries(judged.filter(([, value]) => value !== undefined));
}

/** The files of the tables: what stands in their first column, below the folder that the section names first. */
function describedFixtures(page: string): string[] {
  return page
    .split(/^## /m)
    .flatMap((section) => {
      const folder = /`((?:pairs|captures)\/(?:[\w-]+\/)*)/.exec(section)?.[1] ?? "";
      const cells = [...section.matchAll(/^\| (`[^|]+`) *\|/gm)].map((row) => row[1] as string);
      const names = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((name) => name[1] as string));
      return names.flatMap((name) => spelledOut(name)).map((name) => folder + name);
    })
    .sort();
}

/** `a/{b,c}.pcap` is two files. */
function spelledOut(name: string): string[] {
  const [, before = name, choices = "", after = ""] = /^(.*)\{(.*)\}(.*)$/.exec(name) ?? [];
  return choices.split(",").map((choice) => before + choice + after);
}
