/** What was measured as Markdown tables, their columns as wide as their widest cell. */

/**
 * @typedef {import("./run.mjs").Result} Result
 * @typedef {import("./goals.mjs").Verdict} Verdict
 * @typedef {import("./growth.mjs").Curve} Curve
 * @typedef {import("./captures/index.mjs").Capture} Capture
 */

/** @param {Capture} capture @param {Result[]} results @returns {string} */
export function captureTable(capture, results) {
  const tcpdump = results.find(({ name }) => name === "tcpdump")?.cpu;
  const rows = results.map(({ name, version, cpu, memory, slice, handshakes }) =>
    cpu === undefined || memory === undefined
      ? [name, "not installed, skipped", "", "", ""]
      : [
          `${name} ${version}${slice === undefined ? "" : ` (${megabytes(slice)} of it)`}`,
          cpu.toFixed(2),
          tcpdump === undefined || tcpdump === 0 ? "" : (cpu / tcpdump).toFixed(1),
          handshakes ? rounded(capture.handshakes / cpu) : "",
          memory.toFixed(0),
        ],
  );
  return [
    `${capture.name}: ${capture.title}; ${megabytes(capture.octets)}, ${rounded(capture.handshakes)} handshakes`,
    table(["", "CPU s", "× tcpdump", "handshakes per CPU s", "peak MiB"], rows),
  ].join("\n\n");
}

/** @param {Result[]} results @returns {string} */
export function startUpTable(results) {
  const least = results[0]?.cpu ?? Number.NaN;
  const rows = results.map(({ name, cpu = Number.NaN, wall = Number.NaN, memory = Number.NaN }) => [
    name,
    (cpu * 1000).toFixed(0),
    (cpu / least).toFixed(2),
    (wall * 1000).toFixed(0),
    memory.toFixed(0),
  ]);
  return `start-up\n\n${table(["", "CPU ms", "× node -e 0", "wall ms", "peak MiB"], rows)}`;
}

/** @param {Curve[]} curves @returns {string} */
export function growthTable(curves) {
  const [first] = curves;
  if (first === undefined) return "";
  const costs = first.points.map(({ octets }, index) => [
    megabytes(octets),
    ...curves.flatMap(({ points }) => [points[index].cpu.toFixed(2), points[index].memory.toFixed(0)]),
  ]);
  const fits = first.fits.map(({ what }, index) => [
    what,
    ...curves.flatMap(({ fits: own }) => [own[index].fixed === 0 ? "" : own[index].fixed.toFixed(2), own[index].exponent.toFixed(3)]),
  ]);
  const heads = (/** @type {string[]} */ ...columns) => [
    "",
    ...curves.flatMap(({ name }) => columns.map((column) => `${name}: ${column}`)),
  ];
  return [
    "growth: captures like bulk, and the exponent of CPU over size",
    table(heads("CPU s", "peak MiB"), costs),
    table(heads("s taken off", "exponent"), fits),
  ].join("\n\n");
}

/** @param {Verdict[]} verdicts @returns {string} */
export function goalTable(verdicts) {
  const rows = verdicts.map(({ what, goal, figure, held }) => [what, goal, figure, held ? "met" : "**missed**"]);
  return table(["Goal", "wanted", "measured", ""], rows);
}

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map((row) => (row[column] ?? "").length)));
  const line = (/** @type {string[]} */ row) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(" | ")} |`;
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}

/** @param {number} octets */
function megabytes(octets) {
  return `${rounded(Math.round(octets / 1_000_000))} MB`;
}

/** @param {number} value */
function rounded(value) {
  return Math.round(value).toLocaleString("en-US");
}
