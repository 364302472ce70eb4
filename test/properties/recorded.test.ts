import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { compare } from "../../src/diff/compare.ts";
import type { Comparison, Difference } from "../../src/diff/difference.ts";
import type { Capture } from "../../src/handshake/handshake.ts";
import { readCaptures } from "../../src/node.ts";
import { executeOnFixtures, fixtureNames, readFixture } from "../support/fixtures.ts";

const pairNames = fixtureNames().filter((name) => name.startsWith("pairs/"));
const pairs = pairNames.flatMap((left) =>
  pairNames.filter((right) => left < right && dirname(left) === dirname(right)).map((right) => ({ left, right })),
);

/** The captures of a report, as they come back when it stands on standard input. */
function reread(report: string): Promise<Capture[]> {
  return readCaptures("-", { stdin: oneChunk(new TextEncoder().encode(report)) });
}

async function* oneChunk(octets: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield octets;
}

describe.each(pairs)("the comparison of $left and $right", ({ left, right }) => {
  it("finds nothing between a capture and itself", async () => {
    for (const name of [left, right]) {
      const one = await readFixture(name);
      const { identical, pairs: found } = compare(one, one, { all: true });
      expect({ identical, differences: found.flatMap(({ differences }) => differences) }).toEqual({ identical: true, differences: [] });
    }
  });

  it("is mirrored when the sides are swapped", async () => {
    const [one, other] = [await readFixture(left), await readFixture(right)];
    expect(mirrored(compare(other, one, { all: true }))).toEqual(inOrder(compare(one, other, { all: true })));
  });

  it.each(["json", "ndjson"])("is the same for a list that was saved as %s", async (format) => {
    const [one, other] = await reread((await executeOnFixtures(["list", left, right, "--format", format])).out);
    const wanted = compare(await readFixture(left), await readFixture(right), { all: true });
    expect(plain(compare(one as Capture, other as Capture, { all: true }))).toEqual(plain(wanted));
  });

  it("is the same for what show saved of one side", async () => {
    const [one] = await reread((await executeOnFixtures(["show", left, "--format", "json"])).out);
    const other = await readFixture(right);
    expect(plain(compare(one as Capture, other, { all: true }))).toEqual(plain(compare(await readFixture(left), other, { all: true })));
  });
});

/** What is left when it is saved: certificates carry their octets beside the model. */
function plain(comparison: Comparison): unknown {
  return JSON.parse(JSON.stringify(comparison));
}

/** The comparison as the other side sees it. */
function mirrored(comparison: Comparison): Comparison {
  const { left, right, pairs: found, unpaired } = comparison;
  return inOrder({
    ...comparison,
    left: right,
    right: left,
    pairs: found.map((pair) => ({ ...pair, left: pair.right, right: pair.left, differences: pair.differences.map(swapped) })),
    unpaired: { left: unpaired.right, right: unpaired.left },
  });
}

function swapped(difference: Difference): Difference {
  if (difference.kind === "list") {
    const { left, right, onlyLeft, onlyRight } = difference;
    return { ...difference, left: right, right: left, onlyLeft: onlyRight, onlyRight: onlyLeft };
  }
  const { left, right, ...rest } = difference;
  return { ...rest, ...("right" in difference ? { left: right } : {}), ...("left" in difference ? { right: left } : {}) };
}

const sorted = (difference: Difference): Difference =>
  difference.kind === "list" ? { ...difference, moved: difference.moved.map((member) => JSON.stringify(member)).sort() } : difference;

/** Which of several members counts as the moved one, and in which order they are told, is no matter of content. */
function inOrder(comparison: Comparison): Comparison {
  return { ...comparison, pairs: comparison.pairs.map((pair) => ({ ...pair, differences: pair.differences.map(sorted) })) };
}
