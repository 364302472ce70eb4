/** Versions as people name them, in order, and as ranges. */

/** How many parts of a version matter for what a client sends, by stack or program; two if not listed. */
const PARTS: Readonly<Record<string, number>> = {
  JSSE: 1,
  "Erlang ssl": 1,
  "Node.js": 1,
  Chromium: 1,
  Firefox: 1,
  "Firefox ESR": 1,
};

/** `1.22.12` of Go as `1.22`, `1.8.0_504` of JSSE as `8`, `1.1.1w` of OpenSSL as `1.1.1`. */
export function shortVersion(of: string, full: string): string {
  if (of === "OpenSSL" && /^1\.[01]\.\d/.test(full)) return full.slice(0, 5);
  if (of === "JSSE") return full.replace(/^1\./, "").split(".")[0] ?? full;
  return full
    .split(".")
    .slice(0, PARTS[of] ?? 2)
    .join(".");
}

/** Compares versions by their numbers. */
export function byVersion(a: string, b: string): number {
  const [left, right] = [a.split("."), b.split(".")];
  for (let part = 0; part < Math.max(left.length, right.length); part++) {
    const difference = Number(left[part] ?? 0) - Number(right[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** `1.22 - 1.23, 1.26`: the `versions` as text, with those that are adjacent in `known` joined to ranges. */
export function versionRanges(versions: readonly string[], known: readonly string[]): string {
  const order = [...new Set(known)].toSorted(byVersion);
  const places = [...new Set(versions)].map((version) => order.indexOf(version)).toSorted((a, b) => a - b);
  const ranges: string[] = [];
  for (let at = 0; at < places.length;) {
    let end = at;
    while (places[end + 1] === (places[end] as number) + 1) end++;
    const [first, last] = [order[places[at] as number], order[places[end] as number]];
    ranges.push(first === last ? `${first}` : `${first} - ${last}`);
    at = end + 1;
  }
  return ranges.join(", ");
}
