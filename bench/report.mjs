/** What was measured as Markdown tables, their columns as wide as their widest cell. */

/**
 * @typedef {import("./run.mjs").Result} Result
 * @typedef {import("./goals.mjs").Verdict} Verdict
 * @typedef {import("./growth.mjs").Growth} Growth
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

/** @param {Growth} growth @returns {string} */
export function growthTable({ points, startUp, raw, net, fitted }) {
  const rows = points.map(({ octets, handshakes, cpu, memory }) => [
    megabytes(octets),
    rounded(handshakes),
    cpu.toFixed(2),
    (((cpu - startUp) / octets) * 1e9).toFixed(2),
    memory.toFixed(0),
  ]);
  return [
    "growth: tls-diff list on captures like bulk",
    table(["", "handshakes", "CPU s", "CPU s per GB without start-up", "peak MiB"], rows),
    table(
      ["exponent of CPU over size", "taken off", ""],
      [
        ["as measured", "", raw.toFixed(3)],
        ["without start-up, as measured on one handshake", `${startUp.toFixed(2)} s`, net.toFixed(3)],
        ["without the fixed cost that fits best", `${fitted.fixed.toFixed(2)} s`, fitted.exponent.toFixed(3)],
      ],
    ),
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
