import { describe, expect, it } from "vitest";
import { diagnosePair } from "../../src/diagnosis/diagnose.ts";
import type { Finding } from "../../src/diagnosis/contract.ts";
import type { Pair } from "../../src/diff/difference.ts";
import { bare, type Block } from "../../src/report/document.ts";
import { compose } from "../../src/report/report.ts";
import { comparison, goCapture, goHandshake, opensslCapture, opensslHandshake } from "../support/stories.ts";

const TELLING = comparison.pairs[0] as Pair;
const EQUAL: Pair = { ...TELLING, identical: true, differences: [], diagnosis: [] };

/** The pairs that are told by their numbers, and the notes about the others. */
function toldOf(pairs: readonly Pair[], all: boolean, unfolded = false): { pairs: string[]; notes: string[] } {
  const report = { kind: "diff", comparison: { ...comparison, pairs }, left: goCapture, right: opensslCapture, all } as const;
  const { blocks } = compose(report, unfolded);
  const textsOf = (kind: "heading" | "note"): string[] => blocks.flatMap((block: Block) => (block.kind === kind ? [bare(block.text)] : []));
  return {
    pairs: textsOf("heading").filter((text) => text.startsWith("Pair ")),
    notes: textsOf("note").filter((text) => / pairs? with/.test(text)),
  };
}

describe("many pairs", () => {
  it("are those in which something differs or failed; the others are counted", () => {
    const failing: Pair = { ...EQUAL, diagnosis: diagnosePair(goHandshake, opensslHandshake) };
    expect(toldOf([EQUAL, EQUAL, TELLING, EQUAL, failing], false)).toEqual({
      pairs: ["Pair 3 of 5", "Pair 5 of 5"],
      notes: ["3 pairs without relevant differences hidden; --all shows them."],
    });
  });

  it("are told when they are asked for, and where a reader can move about", () => {
    const every = { pairs: ["Pair 1 of 2", "Pair 2 of 2"], notes: [] };
    expect(toldOf([EQUAL, TELLING], true)).toEqual(every);
    expect(toldOf([EQUAL, TELLING], false, true)).toEqual(every);
  });

  it("are told up to a hundred", () => {
    const { pairs, notes } = toldOf([EQUAL, ...Array.from({ length: 103 }, () => TELLING)], false);
    expect(pairs).toHaveLength(100);
    expect(pairs.at(-1)).toBe("Pair 101 of 104");
    expect(notes).toEqual(["3 more pairs with relevant differences and 1 pair without relevant differences hidden; --all shows them."]);
  });

  it("say only once how to fix the same cause, with the evidence in each", () => {
    const failing: Pair = { ...TELLING, diagnosis: diagnosePair(goHandshake, opensslHandshake) };
    const [first] = failing.diagnosis as Finding[];
    const another: Pair = { ...failing, diagnosis: [{ ...(first as Finding), summary: "something else" }] };
    const report = {
      kind: "diff",
      comparison: { ...comparison, pairs: [failing, failing, another] },
      left: goCapture,
      right: opensslCapture,
    } as const;
    const texts = compose(report).blocks.flatMap((block: Block) => ("text" in block ? [bare(block.text)] : []));
    expect(texts.filter((text) => text.startsWith("How to fix it"))).toEqual([
      "How to fix it",
      "How to fix it: as shown for pair 1.",
      "How to fix it",
    ]);
    const whole = compose({ ...report, all: true }).blocks.flatMap((block: Block) => ("text" in block ? [bare(block.text)] : []));
    expect(whole.join()).not.toContain("as told for");
  });

  it("are one: that is told whatever it is", () => {
    expect(toldOf([EQUAL], false).notes).toEqual([]);
  });
});
