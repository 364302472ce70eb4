/** How cost grows with the size of a capture: the same kind of capture in many sizes, and a power fitted to them. */
import { devNull } from "node:os";
import { deleteCapture, makeCapture, SMALLEST } from "./captures/index.mjs";
import { measure } from "./measure.mjs";
import { PROGRAM } from "./peers/index.mjs";

/**
 * @typedef {{ octets: number, handshakes: number, cpu: number, memory: number }} Point
 * @typedef {object} Growth
 * @property {Point[]} points
 * @property {number} startUp CPU seconds for a capture of one handshake
 * @property {number} raw exponent of CPU over octets
 * @property {number} net exponent of CPU without start-up over octets
 * @property {{ fixed: number, exponent: number }} fitted CPU seconds that every capture costs, whatever its size, and the exponent of the rest
 */

/** From 10 MB to 10 GB, each √10 of the one before, in MB. */
export const SIZES = [10, 32, 100, 316, 1000, 3162, 10_000];
/** Larger captures are only for this curve, and are deleted after it. */
const LARGE = 1_000_000_000;
/** A measurement of a small capture runs the program so often that it has read about this much. */
const ENOUGH = 100_000_000;

/** The cost of captures like bulk of `sizes` octets. @param {number[]} sizes @param {number} runs @returns {Growth} */
export function growthOf(sizes, runs) {
  const [nothing] = measure([listing(SMALLEST, 20)], runs);
  const startUp = nothing?.cpu ?? Number.NaN;
  const points = sizes.map((size) => pointAt(size, runs));
  return { points, startUp, raw: fit(points, 0).exponent, net: fit(points, startUp).exponent, fitted: fitWithFixed(points) };
}

/** @param {number} size @param {number} runs @returns {Point} */
function pointAt(size, runs) {
  const capture = makeCapture("bulk", size);
  try {
    const [cost] = measure([listing(capture.file, Math.max(1, Math.round(ENOUGH / size)))], runs);
    return { octets: capture.octets, handshakes: capture.handshakes, cpu: cost?.cpu ?? Number.NaN, memory: cost?.memory ?? Number.NaN };
  } finally {
    if (size > LARGE) deleteCapture(capture);
  }
}

/** @param {string} file @param {number} repeat */
function listing(file, repeat) {
  return { words: [process.execPath, PROGRAM, "list", file, "-o", devNull], repeat };
}

/** Of all fixed costs below the least measured one that with which a power fits best. @param {Point[]} points */
function fitWithFixed(points) {
  const least = Math.min(...points.map(({ cpu }) => cpu));
  let best = { fixed: 0, ...fit(points, 0) };
  for (let fixed = 0; fixed < least; fixed += least / 1000) {
    const { exponent, error } = fit(points, fixed);
    if (error < best.error) best = { fixed, exponent, error };
  }
  return best;
}

/**
 * The power of its octets that a capture costs beyond `fixed` CPU seconds: the slope of the straight line through the
 * logarithms, by least squares. `error` says how far the line with `fixed` is from what was measured, in proportion.
 * @param {Point[]} points @param {number} fixed
 */
function fit(points, fixed) {
  const logs = points.map(({ octets, cpu }) => ({ x: Math.log(octets), y: Math.log(cpu - fixed) }));
  const mean = { x: average(logs.map(({ x }) => x)), y: average(logs.map(({ y }) => y)) };
  const exponent = average(logs.map(({ x, y }) => (x - mean.x) * (y - mean.y))) / average(logs.map(({ x }) => (x - mean.x) ** 2));
  const error = average(
    points.map(({ octets, cpu }) => Math.log((fixed + Math.exp(mean.y + exponent * (Math.log(octets) - mean.x))) / cpu) ** 2),
  );
  return { exponent, error };
}

/** @param {number[]} numbers */
function average(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
