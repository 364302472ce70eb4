import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { align } from "../../src/diff/ordered.ts";

const LETTERS = ["a", "b", "c", "d", "e", "f", "g"];

describe("two lists laid side by side", () => {
  it.each([
    { left: "abc", right: "abc", onlyLeft: "", onlyRight: "", moved: "" },
    { left: "abc", right: "ab", onlyLeft: "c", onlyRight: "", moved: "" },
    { left: "", right: "ab", onlyLeft: "", onlyRight: "ab", moved: "" },
    { left: "abcd", right: "dabc", onlyLeft: "", onlyRight: "", moved: "d" },
    { left: "abcde", right: "axced", onlyLeft: "b", onlyRight: "x", moved: "d" },
    { left: "abcdef", right: "cdefab", onlyLeft: "", onlyRight: "", moved: "ab" },
    { left: "aab", right: "ab", onlyLeft: "a", onlyRight: "", moved: "" },
  ])("$left and $right: $onlyLeft and $onlyRight alone, $moved moved", ({ left, right, onlyLeft, onlyRight, moved }) => {
    const found = align(left.split(""), right.split(""));
    expect(found.onlyLeft.map((index) => left[index]).join("")).toBe(onlyLeft);
    expect(found.onlyRight.map((index) => right[index]).join("")).toBe(onlyRight);
    expect(found.moved.map((match) => left[match.left]).join("")).toBe(moved);
  });

  it("takes the member that stayed, not the one that went, of two equal ones", () => {
    expect(align(["G", "a", "b", "G"], ["a", "b", "G"])).toMatchObject({ onlyLeft: [0], onlyRight: [], moved: [] });
    expect(align(["G", "a", "b", "G"], ["G", "a", "b"])).toMatchObject({ onlyLeft: [3], onlyRight: [], moved: [] });
  });

  it("is the same whichever side is left", () => {
    const lists = fc.array(fc.constantFrom("a", "b", "c", "d", "e", "f", "G"), { maxLength: 12 });
    fc.assert(
      fc.property(lists, lists, (left, right) => {
        const one = align(left, right);
        const other = align(right, left);
        expect(other.onlyLeft).toEqual(one.onlyRight);
        expect(other.onlyRight).toEqual(one.onlyLeft);
        const turned = other.moved.map((match) => ({ left: match.right, right: match.left })).sort((a, b) => a.left - b.left);
        expect(turned).toEqual(one.moved);
      }),
    );
  });

  it("gives both lists back in full", () => {
    const lists = fc.array(fc.constantFrom("a", "b", "c", "d", "e", "G"), { maxLength: 12 });
    fc.assert(
      fc.property(lists, lists, (left, right) => {
        const { onlyLeft, onlyRight, pairs, moved } = align(left, right);
        expect([...onlyLeft, ...pairs.map((match) => match.left)].sort((a, b) => a - b)).toEqual([...left.keys()]);
        expect([...onlyRight, ...pairs.map((match) => match.right)].sort((a, b) => a - b)).toEqual([...right.keys()]);
        for (const match of pairs) expect(left[match.left]).toBe(right[match.right]);
        const stayed = pairs.filter((match) => !moved.includes(match)).map((match) => match.right);
        expect(stayed).toEqual(stayed.toSorted((a, b) => a - b));
      }),
    );
  });

  it("moves as few members as a search over all subsequences finds", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(LETTERS, { minLength: 7 }), (right) => {
        const left = LETTERS;
        const order = left.map((member) => right.indexOf(member));
        let longest = 0;
        for (let mask = 0; mask < 128; mask++) {
          const chosen = order.filter((_, index) => (mask >> index) & 1);
          if (chosen.every((place, index) => index === 0 || place > (chosen[index - 1] as number)))
            longest = Math.max(longest, chosen.length);
        }
        expect(align(left, right).moved.length).toBe(7 - longest);
      }),
    );
  });

  it("is quick with lists of thousands of members in reverse, and with thousands of equal ones", () => {
    const many = Array.from({ length: 20_000 }, (_, index) => String(index));
    const equal = Array.from({ length: 20_000 }, () => "G");
    const start = performance.now();
    expect(align(many, many.toReversed()).moved.length).toBe(19_999);
    expect(align(equal, [...equal.slice(1), "x"]).onlyLeft.length).toBe(1);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
