/** How cost grows with the size of a capture: the same kind of capture in many sizes, and powers fitted to them. */
import { deleteCapture, makeCapture, SMALLEST } from "./captures/index.mjs";
import { measure, medianOf } from "./measure.mjs";
import { PEERS } from "./peers/index.mjs";

/**
 * @typedef {{ octets: number, cpu: number, memory: number }} Point
 * @typedef {{ what: string, fixed: number, exponent: number }} Fit `fixed`: CPU seconds that are taken off
 * @typedef {{ name: string, points: Point[], fits: Fit[] }} Curve
 */

/** From 10 MB to 10 GB, each √10 of the one before, in MB. */
export const SIZES = [10, 32, 100, 316, 1000, 3162, 10_000];
/** The programs that are measured: tls-diff, and one whose cost is nearly all reading. */
const NAMES = new Set(["tls-diff list", "tcpdump"]);
/** Larger captures are only for this curve, and are deleted after it. */
const LARGE = 1_000_000_000;
/** In a measurement of a small capture, the program runs until it has read about this much. */
const ENOUGH = 200_000_000;
/** From here on all busy code has been compiled. */
const BUSY = 300_000_000;

/**
 * The cost of captures like bulk of `sizes` octets, of each program that is installed. Each of the `runs` goes through all sizes, so that
 * a minute in which the machine is slower does not bend the curve.
 * @param {number[]} sizes @param {number} runs @returns {Curve[]}
 */
export function growthOf(sizes, runs) {
  const peers = PEERS.filter(({ name, version }) => NAMES.has(name) && version() !== undefined);
  const starts = measure(
    peers.map(({ command }) => ({ words: command(SMALLEST), repeat: 20 })),
    runs,
  );
  const rounds = Array.from({ length: runs }, () => sizes.map((size) => measureAfresh(size, peers)));
  return peers.map(({ name }, peer) => {
    const points = sizes.map((_, index) => {
      const { cpu, memory } = medianOf(rounds.map((round) => round[index].costs[peer]));
      return { octets: rounds[0][index].octets, cpu, memory };
    });
    return { name, points, fits: fitsOf(points, starts[peer].cpu) };
  });
}

/**
 * Measures each of `peers` once on a capture of `size` octets. It is written anew every time: depending on where in memory the system puts it, reading it
 * costs up to a third more, and a file that the system has read ahead from a disk is in smaller pieces there, and costs twice as much to read.
 * @param {number} size @param {import("./peers/index.mjs").Peer[]} peers @returns {{ octets: number, costs: import("./measure.mjs").Cost[] }} the cost of each peer
 */
function measureAfresh(size, peers) {
  const capture = makeCapture("bulk", size, true);
  const repeat = Math.max(1, Math.round(ENOUGH / size));
  try {
    const costs = measure(
      peers.map(({ command }) => ({ words: command(capture.file), repeat })),
      1,
    );
    return { octets: capture.octets, costs };
  } finally {
    if (size > LARGE) deleteCapture(capture);
  }
}

/** @param {Point[]} points @param {number} startUp @returns {Fit[]} the last one is compared with the goal */
function fitsOf(points, startUp) {
  return [
    { what: "all sizes, as measured", fixed: 0, ...fit(points, 0) },
    { what: "all sizes, without start-up", fixed: startUp, ...fit(points, startUp) },
    { what: "all sizes, without the fixed cost that fits best", ...fitWithFixed(points) },
    { what: "from 316 MB on, without the fixed cost that fits best", ...fitWithFixed(points.filter(({ octets }) => octets >= BUSY)) },
  ];
}

/** Of all fixed costs below the least measurement, the one with which a power law fits best. @param {Point[]} points */
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
 * The exponent of cost beyond `fixed` CPU seconds over octets: the slope of the straight line through the
 * logarithms, by least squares. `error` is the relative distance of the line with `fixed` from the measurements.
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
