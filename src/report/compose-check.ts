/** What came of expectations to a document: the verdict first, then each capture with what is wrong with it. */
import type { CheckedCapture, CheckedItem } from "../expectation/expectation.ts";
import { code, sign, span } from "./document.ts";
import type { Block, Document, Text } from "./document.ts";
import { countText } from "./words.ts";

/** The checked captures as a document. What holds is counted. */
export function composeCheck(captures: readonly CheckedCapture[]): Document {
  const bad = captures.filter((checked) => !isAsExpected(checked)).length;
  const all = countText(captures.length, "capture");
  const words = bad === 0 ? `${all} as expected.` : `${bad} of ${all} not as expected.`;
  return {
    blocks: [{ kind: "paragraph", text: [span(words, bad === 0 ? "good" : "bad")] }, ...captures.flatMap(captureBlocks)],
  };
}

/** Nothing failed, and it could be checked. */
function isAsExpected({ error, items }: CheckedCapture): boolean {
  return error === undefined && items.every(({ passed }) => passed);
}

function captureBlocks(checked: CheckedCapture): Block[] {
  const { capture, baseline, error, items, updated } = checked;
  const good = isAsExpected(checked);
  const held = items.filter(({ passed }) => passed).length;
  const ending = error === undefined ? countText(held, "expectation holds", "expectations hold") : error.message;
  const blocks: Block[] = [
    {
      kind: "verdict",
      mark: span(sign(good ? "established" : "failed"), good ? "good" : "bad"),
      text: [code(capture, "strong"), span(`: ${ending}.`)],
    },
  ];
  const failed = items.filter(({ passed }) => !passed);
  if (failed.length > 0) blocks.push({ kind: "list", items: failed.map(itemText) });
  if (updated === true) blocks.push({ kind: "note", text: [span(`${baseline} was written.`)] });
  return blocks;
}

function itemText({ handshake, message, expectation }: CheckedItem): Text {
  const where = handshake === undefined ? "" : `handshake ${handshake}, `;
  return [span(`${where}${expectation.split(".", 1)[0]}: `, "muted"), span(message)];
}
