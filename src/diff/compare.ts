/**
 * Two captures, or the failed and the working connections of one, to the comparison that reports and
 * diagnosis read. Nothing is thrown but a RangeError for a server that cannot be read.
 */
import type { Capture, Handshake } from "../handshake/handshake.ts";
import { compareHandshakes } from "./compare-handshakes.ts";
import type { Comparison, Pair } from "./difference.ts";
import { pairHandshakes, type HandshakePair, type Pairing, withoutPlaintext } from "./pair.ts";
import { selectHandshakes, type Selection } from "./selection.ts";

export { compareHandshakes, isRelevant } from "./compare-handshakes.ts";

/** What to compare, and how much of it to tell. */
export interface CompareOptions extends Selection {
  /** Tell noise as well. */
  readonly all?: boolean;
}

/** Compares two captures. `identical` is false as well where a handshake has no partner. */
export function compare(left: Capture, right: Capture, options: CompareOptions = {}): Comparison {
  const [ours, theirs] = [withoutPlaintext(left.handshakes, right.handshakes), withoutPlaintext(right.handshakes, left.handshakes)];
  const pairing = pairHandshakes(ours, theirs, options);
  return comparisonOf(left.file, right.file, pairing, options, ({ counts }) => Math.max(counts.left, counts.right));
}

/**
 * Compares the failed connections of one capture (left) with its working ones (right). A connection
 * picked by its number takes its side however it ended; `stream` picks the failed one. Working
 * connections that no failed one needed are not told as unpaired, and a pair's `count` is that of the
 * failed ones.
 */
export function compareWithin(capture: Capture, options: CompareOptions = {}): Comparison {
  const { stream, leftStream = stream, rightStream, ...others } = options;
  const pick = (outcome: Handshake["outcome"], number: number | undefined): Handshake[] =>
    number === undefined
      ? selectHandshakes(capture.handshakes, others, "left").filter((handshake) => handshake.outcome === outcome)
      : selectHandshakes(capture.handshakes, { ...others, stream: number }, "left");
  const failed = withoutPlaintext(pick("failed", leftStream), capture.handshakes);
  const working = pick("established", rightStream).filter((handshake) => !failed.includes(handshake));
  const bothPicked = leftStream !== undefined && rightStream !== undefined;
  const pairing = pairHandshakes(failed, working, bothPicked ? { leftStream, rightStream } : {});
  const told = { ...pairing, unpaired: { ...pairing.unpaired, right: [] } };
  return comparisonOf(capture.file, capture.file, told, options, ({ counts }) => counts.left);
}

function comparisonOf(
  left: string,
  right: string,
  { pairs: paired, unpaired, selected }: Pairing,
  options: CompareOptions,
  countOf: (pair: HandshakePair) => number,
): Comparison {
  const pairs = paired.map((pair) => comparePair(pair, countOf(pair), options));
  return {
    left: { file: left, handshakes: selected.left },
    right: { file: right, handshakes: selected.right },
    identical: pairs.every(({ identical }) => identical) && unpaired.left.length + unpaired.right.length === 0,
    pairs,
    unpaired: { left: unpaired.left.map(idOf), right: unpaired.right.map(idOf) },
  };
}

function comparePair({ left, right, pairedBy }: HandshakePair, count: number, options: CompareOptions): Pair {
  const { identical, differences, hidden } = compareHandshakes(left, right, options);
  return {
    left: idOf(left),
    right: idOf(right),
    pairedBy,
    ...(count > 1 ? { count } : {}),
    identical,
    differences,
    hidden,
    diagnosis: [],
  };
}

function idOf({ id }: Handshake): { readonly id: number } {
  return { id };
}
