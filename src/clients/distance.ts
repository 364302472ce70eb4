/**
 * How far two shapes are from each other. What software decides and no setting changes (the order of extensions and suites,
 * GREASE, the signature schemes) counts most; what people configure (single suites, groups, versions) counts least.
 */
import type { Shape } from "./shape.ts";

/** A distance beyond every other: shapes of different transports, or one with GREASE and one without. */
export const UNLIKE = 100;

/** The least number of suites and extensions that similar hellos have in common: fewer prove nothing. */
const LEAST_COMMON = 3;

/** From 0 for equal shapes. `shuffled`: the order of extensions does not count. Stops early beyond `limit`. */
export function distance(a: Shape, b: Shape, shuffled: boolean, limit = UNLIKE): number {
  if (a.transport !== b.transport || a.grease !== b.grease) return UNLIKE;
  if (leastDistance(a, b) > limit) return UNLIKE;
  if (common(a.suites, b.suites) < LEAST_COMMON || common(a.extensions, b.extensions) < LEAST_COMMON) return UNLIKE;
  let sum = a.legacyVersion === b.legacyVersion ? 0 : 2;
  sum += a.compression.join() === b.compression.join() ? 0 : 1;
  sum += 0.7 * differing(a.extensions, b.extensions);
  if (!shuffled && !sameOrder(a.extensions, b.extensions)) sum += 4;
  if (sum > limit) return UNLIKE;
  sum += schemesApart(a.schemes, b.schemes);
  sum += Math.min(4, 0.25 * differing(a.suites, b.suites)) + (sameOrder(a.suites, b.suites) ? 0 : 3);
  if (sum > limit) return UNLIKE;
  sum += Math.min(2, 0.4 * differing(a.groups, b.groups)) + (sameOrder(a.groups, b.groups) ? 0 : 1);
  sum += a.pointFormats.join() === b.pointFormats.join() ? 0 : 1.5;
  sum += Math.min(1, 0.5 * differing(a.versions, b.versions));
  sum += Math.min(1, 0.3 * differing(a.keyShares, b.keyShares));
  sum += Math.min(2, 0.5 * differing(a.others, b.others));
  return sum;
}

/** The least possible distance, from the lengths of the lists alone: this quickly rules out most pairs of hellos. */
function leastDistance(a: Shape, b: Shape): number {
  const schemes = Math.abs(a.schemes.length - b.schemes.length);
  return (
    0.7 * Math.abs(a.extensions.length - b.extensions.length) +
    Math.min(4, 0.25 * Math.abs(a.suites.length - b.suites.length)) +
    (schemes === 0 ? 0 : Math.min(4, 1 + 0.4 * schemes)) +
    Math.min(2, 0.4 * Math.abs(a.groups.length - b.groups.length))
  );
}

/** Signature schemes are rarely set by hand. */
function schemesApart(a: readonly string[], b: readonly string[]): number {
  const apart = differing(a, b);
  if (apart === 0) return sameOrder(a, b) ? 0 : 2.5;
  return Math.min(4, 1 + 0.4 * apart) + (sameOrder(a, b) ? 0 : 1);
}

/** How many elements both lists have. */
function common(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  for (const element of a) if (b.includes(element)) count++;
  return count;
}

/** How many elements only one of the lists has. */
function differing(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  for (const element of a) if (!b.includes(element)) count++;
  for (const element of b) if (!a.includes(element)) count++;
  return count;
}

/** Do the elements that both lists have come in the same order? */
function sameOrder(a: readonly string[], b: readonly string[]): boolean {
  let from = 0;
  for (const element of a) {
    const at = b.indexOf(element);
    if (at < 0) continue;
    if (at < from) return false;
    from = at;
  }
  return true;
}
