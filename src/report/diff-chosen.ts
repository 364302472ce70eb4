/** The first table: how it ended and what was agreed, shown completely for both handshakes if any of it differs. */
import type { ValueDifference } from "../diff/difference.ts";
import type { Handshake } from "../handshake/handshake.ts";
import { span } from "./document.ts";
import type { Block, Lines } from "./document.ts";
import { pathWords } from "./diff-sections.ts";
import { sideTable, valueRow } from "./diff-values.ts";
import { endText } from "./sentence.ts";
import type { Sides } from "./sides.ts";

/** The table, or nothing if neither end nor agreement differs. */
export function chosenBlocks(sides: Sides, differences: readonly ValueDifference[]): Block[] {
  if (differences.length === 0) return [];
  const left = agreed(sides.left);
  const right = agreed(sides.right);
  const rows: Lines[][] = [];
  for (const name of left.keys()) {
    if (left.get(name) === undefined && right.get(name) === undefined) continue;
    rows.push(valueRow(name, left.get(name), right.get(name)));
  }
  for (const difference of differences) {
    if (!isTold(difference.path)) rows.push(valueRow(pathWords(difference.path), difference.left, difference.right));
  }
  return [{ kind: "heading", level: 2, text: [span("How it ended, and what the server chose")] }, sideTable(rows, sides)];
}

function agreed(handshake: Handshake): Map<string, unknown> {
  const { negotiated } = handshake;
  return new Map<string, unknown>([
    ["end", endText(handshake)],
    ["version", negotiated.version],
    ["cipher suite", negotiated.cipherSuite],
    ["group", negotiated.group],
    ["signature scheme", negotiated.signatureScheme],
    ["ALPN", negotiated.alpn],
    ["resumed", negotiated.resumed],
    ["ECH", handshake.ech?.answer],
  ]);
}

/** Is a difference at this path shown by the rows above? */
function isTold(path: string): boolean {
  return (
    path === "outcome" ||
    path === "ech.answer" ||
    path.startsWith("failure") ||
    /^negotiated\.(?:version|cipherSuite|group|signatureScheme|alpn|resumed)$/.test(path)
  );
}
