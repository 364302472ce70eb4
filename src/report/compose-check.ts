/** Makes a document of checked expectations: the verdict first, then each capture with what is wrong with it. */
import type { CheckedCapture, CheckedItem } from "../expectation/expectation.ts";
import { code, sign, span } from "./document.ts";
import type { Block, Document, Text } from "./document.ts";
import { countText } from "./words.ts";

/** The checked captures as a document. Expectations that were met are only counted. */
export function composeCheck(captures: readonly CheckedCapture[]): Document {
  const bad = captures.filter((checked) => !isAsExpected(checked)).length;
  const text = [span(verdictText(bad, captures.length), bad === 0 ? "good" : "bad")];
  return { blocks: [{ kind: "paragraph", text }, ...captures.flatMap(captureBlocks)] };
}

function verdictText(bad: number, all: number): string {
  if (all === 1) return `The capture is ${bad === 0 ? "" : "not "}as expected.`;
  if (bad === 0) return `${countText(all, "capture")} are as expected.`;
  return `${bad} of ${countText(all, "capture")} ${bad === 1 ? "is" : "are"} not as expected.`;
}

/** Nothing failed, and it could be checked. */
function isAsExpected({ error, items }: CheckedCapture): boolean {
  return error === undefined && items.every(({ passed }) => passed);
}

function captureBlocks(checked: CheckedCapture): Block[] {
  const { capture, baseline, error, items, updated } = checked;
  const good = isAsExpected(checked);
  const failed = items.filter(({ passed }) => !passed);
  const ending = error === undefined ? heldText(failed.length, items.length) : error.message;
  const blocks: Block[] = [
    {
      kind: "verdict",
      mark: span(sign(good ? "established" : "failed"), good ? "good" : "bad"),
      text: [code(capture, "strong"), span(`: ${ending}.`)],
    },
  ];
  if (failed.length > 0) blocks.push({ kind: "list", items: failed.map(itemText) });
  if (updated === true) blocks.push({ kind: "note", text: [span(`${baseline} was written.`)] });
  return blocks;
}

function heldText(failed: number, all: number): string {
  if (all === 0) return "there are no expectations";
  if (failed === 0) return countText(all, "expectation holds", "expectations hold");
  return `${failed} of ${countText(all, "expectation")} ${failed === 1 ? "does" : "do"} not hold`;
}

/** Expectations whose messages only name the list, or the field, that is not as expected. */
const OF_LISTS: ReadonlySet<string> = new Set(["baseline", "mustOffer", "mustNotOffer", "exactly", "anyOrder"]);

function itemText({ handshake, message, expectation }: CheckedItem): Text {
  const kind = expectation.split(".", 1)[0] as string;
  const where = handshake === undefined ? [] : [`handshake ${handshake}`];
  const label = [...where, ...(OF_LISTS.has(kind) ? [kind] : [])].join(", ");
  return [span(`${label}: `, "muted"), span(message)];
}
