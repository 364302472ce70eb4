/** The goals for cost, and whether they were met. */

/**
 * @typedef {import("./run.mjs").Results} Results
 * @typedef {{ what: string, goal: string, figure: string, held: boolean }} Verdict
 * @typedef {{ what: string, measured: (results: Results) => number | undefined, least?: number, most?: number, unit: string, digits: number }} Goal
 */

const TEXT = "tls-diff list";
const NDJSON = "tls-diff list --format ndjson";
/** Resident memory in MiB, whatever the capture. */
const MEMORY = 150;

/** @type {Goal[]} */
const GOALS = [
  { what: "bulk", measured: (results) => quotient(results, "bulk", TEXT, "tcpdump"), most: 1.5, unit: "× tcpdump", digits: 1 },
  { what: "noise", measured: (results) => quotient(results, "noise", TEXT, "tcpdump"), most: 4, unit: "× tcpdump", digits: 1 },
  { what: "dense, as text", measured: (results) => speed(results, TEXT), least: 25_000, unit: "handshakes per CPU s", digits: 0 },
  { what: "dense, as NDJSON", measured: (results) => speed(results, NDJSON), least: 8000, unit: "handshakes per CPU s", digits: 0 },
  { what: "dense", measured: (results) => quotient(results, "dense", "tshark", TEXT), least: 100, unit: "× faster than tshark", digits: 0 },
  { what: "tls-diff demo", measured: ({ startUp }) => startUpQuotient(startUp, "tls-diff demo"), most: 2, unit: "× node -e 0", digits: 2 },
  {
    what: "tls-diff demo, as npm installs it",
    measured: ({ startUp }) => startUpQuotient(startUp, "tls-diff demo, as npm installs it"),
    most: 2,
    unit: "× node -e 0",
    digits: 2,
  },
  { what: "peak memory, greatest of all captures", measured: greatestMemory, most: MEMORY, unit: "MiB", digits: 0 },
  {
    what: "peak memory, 10 GB",
    measured: ({ growth }) => curveOf(growth)?.points.find(({ octets }) => octets >= 10_000_000_000)?.memory,
    most: MEMORY,
    unit: "MiB",
    digits: 0,
  },
  {
    what: "growth up to 10 GB",
    measured: ({ growth }) => curveOf(growth)?.fits.at(-1)?.exponent,
    least: 0.95,
    most: 1.05,
    unit: "as exponent",
    digits: 3,
  },
];

/** A verdict on every goal for which there is a figure. @param {Results} results @returns {Verdict[]} */
export function judge(results) {
  return GOALS.flatMap(({ what, measured, least = -Infinity, most = Infinity, unit, digits }) => {
    const figure = measured(results);
    if (figure === undefined) return [];
    const bounds = [...(least === -Infinity ? [] : [`≥ ${least.toLocaleString("en-US")}`]), ...(most === Infinity ? [] : [`≤ ${most}`])];
    const goal = `${bounds.join(" and ")} ${unit}`;
    const shown = figure.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
    return [{ what, goal, figure: shown, held: figure >= least && figure <= most }];
  });
}

/** @param {Results} results @param {string} capture @param {string} name */
function find({ captures }, capture, name) {
  return captures.find((one) => one.capture.name === capture)?.results.find((result) => result.name === name);
}

/** @param {Results} results @param {string} capture @param {string} dividend @param {string} divisor */
function quotient(results, capture, dividend, divisor) {
  const upper = find(results, capture, dividend)?.cpu;
  const lower = find(results, capture, divisor)?.cpu;
  return upper === undefined || lower === undefined || lower === 0 ? undefined : upper / lower;
}

/** @param {Results} results @param {string} name */
function speed(results, name) {
  const handshakes = results.captures.find(({ capture }) => capture.name === "dense")?.capture.handshakes;
  const cpu = find(results, "dense", name)?.cpu;
  return handshakes === undefined || cpu === undefined ? undefined : handshakes / cpu;
}

/** @param {Results["startUp"]} startUp @param {string} name */
function startUpQuotient(startUp, name) {
  const cpu = startUp?.find((result) => result.name === name)?.cpu;
  const least = startUp?.[0]?.cpu;
  return cpu === undefined || least === undefined ? undefined : cpu / least;
}

/** @param {Results} results */
function greatestMemory({ captures }) {
  const all = captures.flatMap(({ results }) =>
    results.filter(({ name }) => name === TEXT || name === NDJSON).map(({ memory = 0 }) => memory),
  );
  return all.length === 0 ? undefined : Math.max(...all);
}

/** @param {Results["growth"]} growth */
function curveOf(growth) {
  return growth?.find(({ name }) => name === TEXT);
}
