/** Guesses the word that was meant: the nearest of the candidates, if it is near enough. */

/** The candidate with the fewest typing errors from `word`, or null if none is near. */
export function suggest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let least = word.length < 4 ? 1.5 : 2.5;
  for (const candidate of candidates) {
    const slips = distance(word.toLowerCase(), candidate.toLowerCase());
    if (slips < least) {
      best = candidate;
      least = slips;
    }
  }
  return best;
}

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours. */
function distance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let line = 1; line <= one.length; line++) {
    const next = [line];
    for (let column = 1; column <= other.length; column++) {
      const same = one[line - 1] === other[column - 1];
      let slips = Math.min((row[column] as number) + 1, (next[column - 1] as number) + 1, (row[column - 1] as number) + (same ? 0 : 1));
      if (line > 1 && column > 1 && one[line - 1] === other[column - 2] && one[line - 2] === other[column - 1]) {
        slips = Math.min(slips, (before[column - 2] as number) + 1);
      }
      next.push(slips);
    }
    before = row;
    row = next;
  }
  return row[other.length] as number;
}
