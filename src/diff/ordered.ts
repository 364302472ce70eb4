/**
 * Compares two ordered lists of identities: what is on one side only, what moved and what stayed. A member
 * may occur several times. The cost is O(n log n) even for hostile lists, and
 * the result does not depend on which side is called left.
 */

/** Two lists, aligned; all numbers are indexes. */
export interface Alignment {
  readonly onlyLeft: readonly number[];
  readonly onlyRight: readonly number[];
  /** Members of both lists, in the order of the left one. */
  readonly pairs: readonly Match[];
  /** The fewest of `pairs` that have to move for the order to be the same. */
  readonly moved: readonly Match[];
}

/** One member in both lists. */
export interface Match {
  readonly left: number;
  readonly right: number;
}

/** Aligns two lists. */
export function align(left: readonly string[], right: readonly string[]): Alignment {
  if (left.length === right.length && left.every((identity, index) => identity === right[index])) {
    return { onlyLeft: [], onlyRight: [], pairs: left.map((_, index) => ({ left: index, right: index })), moved: [] };
  }
  const leftPlaces = placesOf(left);
  const rightPlaces = placesOf(right);
  const front = matchAll(leftPlaces, rightPlaces, false);
  let pairs = front;
  let moved = movedOf(front, left, right);
  if (moved.length > 0 && isUneven(leftPlaces, rightPlaces)) {
    // It is ambiguous which of several equal members has no partner: of two GREASE values the first, or the last.
    const back = matchAll(leftPlaces, rightPlaces, true);
    const movedBack = movedOf(back, left, right);
    if (movedBack.length < moved.length) [pairs, moved] = [back, movedBack];
  }
  const inLeft = new Set(pairs.map((match) => match.left));
  const inRight = new Set(pairs.map((match) => match.right));
  return { onlyLeft: missing(left, inLeft), onlyRight: missing(right, inRight), pairs, moved };
}

type Places = ReadonlyMap<string, readonly number[]>;

function placesOf(list: readonly string[]): Places {
  const places = new Map<string, number[]>();
  for (const [index, identity] of list.entries()) {
    const known = places.get(identity);
    if (known === undefined) places.set(identity, [index]);
    else known.push(index);
  }
  return places;
}

function isUneven(left: Places, right: Places): boolean {
  for (const [identity, places] of left) {
    const others = right.get(identity);
    if (others !== undefined && others.length !== places.length) return true;
  }
  return false;
}

/** Equal members paired in order, counted from the front or from the back. */
function matchAll(left: Places, right: Places, fromBack: boolean): Match[] {
  const pairs: Match[] = [];
  for (const [identity, places] of left) {
    const others = right.get(identity) ?? [];
    const count = Math.min(places.length, others.length);
    const mine = fromBack ? places.slice(places.length - count) : places;
    const theirs = fromBack ? others.slice(others.length - count) : others;
    for (let index = 0; index < count; index++) pairs.push({ left: mine[index] as number, right: theirs[index] as number });
  }
  return pairs.sort((a, b) => a.left - b.left);
}

/**
 * The pairs outside a longest common subsequence. There may be several; the sides are sorted
 * first, so that swapping them gives the same result.
 */
function movedOf(pairs: readonly Match[], left: readonly string[], right: readonly string[]): Match[] {
  const byRight = [...pairs].sort((a, b) => a.right - b.right);
  const place = pairs.findIndex((match, index) => left[match.left] !== right[(byRight[index] as Match).right]);
  if (place < 0) return [];
  const leftFirst = (left[(pairs[place] as Match).left] as string) < (right[(byRight[place] as Match).right] as string);
  const kept = leftFirst ? longestRise(pairs, (match) => match.right) : longestRise(byRight, (match) => match.left);
  return pairs.filter((match) => !kept.has(match));
}

/** A longest subsequence of `pairs` in which `height` rises. */
function longestRise(pairs: readonly Match[], height: (match: Match) => number): Set<Match> {
  const tails: number[] = [];
  const before: number[] = [];
  const heights = pairs.map(height);
  for (const [index, own] of heights.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((heights[tails[middle] as number] as number) < own) low = middle + 1;
      else high = middle;
    }
    before.push(low === 0 ? -1 : (tails[low - 1] as number));
    tails[low] = index;
  }
  const kept = new Set<Match>();
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] as number) kept.add(pairs[index] as Match);
  return kept;
}

function missing(list: readonly string[], paired: ReadonlySet<number>): number[] {
  return [...list.keys()].filter((index) => !paired.has(index));
}
