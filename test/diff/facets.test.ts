import { describe, expect, it } from "vitest";
import { compareHandshakes, isRelevant } from "../../src/diff/compare.ts";
import type { Difference, DifferenceClass } from "../../src/diff/difference.ts";
import { FACETS } from "../../src/diff/facets/index.ts";
import { viewOf } from "../../src/diff/view.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import { clientHello, handshake, handshakeOf } from "../support/handshake-builder.ts";
import { ANSWERS } from "./facets/answers.ts";
import type { Case } from "./facets/case.ts";
import { ENDS } from "./facets/ends.ts";
import { HELLOS } from "./facets/hellos.ts";

const CASES: readonly Case[] = [...ENDS, ...HELLOS, ...ANSWERS];
const ofClass = (kind: DifferenceClass): Difference => ({ path: "x", class: kind, kind: "value" });

describe("every facet", () => {
  it("has a case, a sentence and a name of its own", () => {
    expect(FACETS.map(({ name }) => name)).toEqual([...new Set(CASES.map(({ facet }) => facet))]);
    for (const { about } of FACETS) expect(about).toMatch(/^[A-Z].*\.$/);
  });

  it.each(FACETS)("$name finds nothing between a handshake and itself", ({ compare }) => {
    for (const { left, right } of CASES) {
      expect(compare({ left: viewOf(left), right: viewOf(left) })).toEqual([]);
      expect(compare({ left: viewOf(right), right: viewOf(JSON.parse(JSON.stringify(right)) as Handshake) })).toEqual([]);
    }
  });
});

describe.each(CASES)("$facet tells $what", ({ left, right, told }) => {
  it("in this order and nothing else", () => {
    const { differences } = compareHandshakes(left, right);
    expect(differences.map((difference) => [difference.path, difference.class])).toEqual(told.map(([path, kind]) => [path, kind]));
    for (const [index, [, , values]] of told.entries()) expect(differences[index]).toMatchObject(values);
  });

  it("mirrored when the sides are swapped", () => {
    const { differences } = compareHandshakes(right, left);
    expect(differences.map((difference) => [difference.path, difference.class])).toEqual(told.map(([path, kind]) => [path, kind]));
  });
});

describe("what counts for the exit status", () => {
  it.each([
    ["outcome", true, true],
    ["semantic", true, true],
    ["order", true, true],
    ["certificate", true, true],
    ["transport", true, false],
    ["noise", false, false],
  ] as const)("%s: %s where the outcomes differ, %s where they do not", (kind, whereTheyDiffer, whereTheyDoNot) => {
    expect(isRelevant(ofClass(kind), true)).toBe(whereTheyDiffer);
    expect(isRelevant(ofClass(kind), false)).toBe(whereTheyDoNot);
  });

  it("is not the transport of two working handshakes", () => {
    const { identical, differences } = compareHandshakes(handshakeOf(clientHello({ length: 400 })), handshake());
    expect(differences).toHaveLength(1);
    expect(identical).toBe(true);
  });
});
