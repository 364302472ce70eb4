import { describe, expect, it } from "vitest";
import { diagnosePair } from "../../src/diagnosis/diagnose.ts";
import { PLACE_NAMES } from "../../src/diagnosis/places.ts";
import { RULES } from "../../src/diagnosis/rules/index.ts";
import { viewOf } from "../../src/diagnosis/view.ts";
import { CERTIFICATES } from "./cases/certificates.ts";
import type { RuleCase } from "./cases/contract.ts";
import { NAMES } from "./cases/names.ts";
import { SUITES } from "./cases/suites.ts";
import { TRANSPORT } from "./cases/transport.ts";

const CASES: Readonly<Record<string, RuleCase>> = { ...SUITES, ...CERTIFICATES, ...NAMES, ...TRANSPORT };
const rows = RULES.map((rule) => ({ id: rule.id, rule }));

describe("the rules", () => {
  it("are many, and each has its own name", () => {
    expect(RULES.length).toBeGreaterThanOrEqual(45);
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  });

  it("have each a case that fires and one that does not, and no case stands for nothing", () => {
    expect(Object.keys(CASES).toSorted()).toEqual(RULES.map(({ id }) => id).toSorted());
  });

  it("explain only rules that there are, and never themselves", () => {
    const ids = new Set(RULES.map(({ id }) => id));
    const unknown = RULES.flatMap(({ id, explains = [] }) =>
      explains.filter((other) => !ids.has(other) || other === id).map((other) => `${id}: ${other}`),
    );
    expect(unknown).toEqual([]);
  });
});

describe.each(rows)("$id", ({ id, rule }) => {
  const { fires, silent } = CASES[id] as RuleCase;

  it("has all its words", () => {
    const { title } = rule;
    const { cause, proof, disproof, symptoms, fixes, references } = rule.words();
    for (const text of [title, cause, proof, disproof]) expect(text.length).toBeGreaterThan(10);
    expect(symptoms.length).toBeGreaterThan(0);
    expect(fixes.length).toBeGreaterThan(0);
    expect(references.length).toBeGreaterThan(0);
    for (const { stack, text } of symptoms) expect(stack.length * text.length).toBeGreaterThan(0);
    for (const reference of references) expect(reference).toMatch(/^(RFC \d+|https:\/\/\S+$)/);
  });

  it("names a place and a source for each fix", () => {
    for (const { where, text, source } of rule.words().fixes) {
      expect(Object.keys(PLACE_NAMES)).toContain(where);
      expect(text.length).toBeGreaterThan(5);
      expect(source).toMatch(/^https:\/\/\S+$/);
    }
  });

  it("finds its cause", () => {
    const [failing, working] = fires;
    const claim = rule.check(viewOf(failing, "left", working));
    expect(claim).toBeDefined();
    expect(claim?.summary).not.toMatch(/undefined|NaN|\.$/);
    expect(claim?.evidence.length).toBeGreaterThan(0);
    expect(JSON.stringify(claim?.evidence)).not.toMatch(/undefined|NaN/);
  });

  it("keeps silent where the one thing is different", () => {
    const [failing, working] = silent;
    expect(rule.check(viewOf(failing, "left", working))).toBeUndefined();
  });

  it("names the same cause for the other side when the sides change", () => {
    const [failing, working] = fires;
    if (working === undefined) return;
    expect(told(diagnosePair(working, failing), "right")).toEqual(told(diagnosePair(failing, working), "left"));
  });
});

function told(findings: ReturnType<typeof diagnosePair>, side: string): string[] {
  return findings.filter((finding) => finding.side === side).map((finding) => `${finding.rule} ${finding.confidence}`);
}
