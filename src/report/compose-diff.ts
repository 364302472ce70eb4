/**
 * Makes a document of a comparison: a sentence for each side, then the differences in tables, the most
 * important first. The comparison decides what differs; this file only decides where it goes and
 * what is folded. Every difference is shown, folded with a count, or counted as hidden.
 */
import type { Finding } from "../diagnosis/contract.ts";
import type { Comparison, Difference, Pair } from "../diff/difference.ts";
import type { Capture, Handshake } from "../handshake/handshake.ts";
import { span } from "./document.ts";
import type { Block, Document, Party, Span, Text } from "./document.ts";
import { diagnosisBlocks } from "./compose-diagnosis.ts";
import { ignoredBlocks } from "./compose-list.ts";
import { chosenBlocks } from "./diff-chosen.ts";
import { listBlocks } from "./diff-lists.ts";
import { sections } from "./diff-sections.ts";
import { valueTable } from "./diff-values.ts";
import type { Sides } from "./sides.ts";
import { labels, sideSpan } from "./sides.ts";
import { endText, handshakeCount, verdict } from "./sentence.ts";
import { countText, endpointText } from "./words.ts";

/** How much to show. */
export interface ComposeDiffOptions {
  /** Show every finding completely, and fold nothing. */
  readonly all: boolean;
  /** Fold no differences: for formats that a reader can navigate. */
  readonly unfolded?: boolean;
}

/** The comparison as a document. */
export function composeDiff(comparison: Comparison, left: Capture, right: Capture, options: ComposeDiffOptions): Document {
  const blocks: Block[] = [];
  const { pairs } = comparison;
  const several = pairs.length > 1;
  const names = labels(left, right);
  if (pairs.length === 0) blocks.push(nothingPaired(comparison, names, left === right));
  const [ours, theirs] = [byId(left), byId(right)];
  const all = options.all || options.unfolded === true;
  const telling = [...pairs.entries()].filter(([, pair]) => !several || all || isTelling(pair));
  const told = all ? telling : telling.slice(0, PAIRS_TOLD);
  if (several) blocks.push(overview(comparison, told.length === 0));
  /** Where each diagnosis was shown first, whatever its evidence. */
  const causes = new Map<string, string>();
  for (const [index, pair] of told) {
    const sides = sidesOf(pair, ours, theirs, names, left === right);
    if (sides === null) continue;
    if (several) blocks.push(pairHeading(pair, index, pairs.length));
    const cause = JSON.stringify(pair.diagnosis, (key, value: unknown) => (key === "evidence" ? undefined : value));
    blocks.push(...pairBlocks(pair, sides, options, causes.get(cause)));
    if (!causes.has(cause)) causes.set(cause, `pair ${index + 1}`);
    if (!several && (pair.count ?? 1) > 1) blocks.push({ kind: "note", text: [span(`This pair represents ${pair.count} equal ones.`)] });
  }
  if (told.length > 0) blocks.push(...untoldBlocks(telling.length - told.length, pairs.length - telling.length));
  blocks.push(...unpairedBlocks(comparison, ours, theirs, names), ...ignoredBlocks(span(names.left, "left"), left));
  if (left !== right) blocks.push(...ignoredBlocks(span(names.right, "right"), right));
  return { blocks };
}

/** Pairs that are shown completely; nobody reads more. */
const PAIRS_TOLD = 100;

/** Is there anything to show of the pair if there are others? */
function isTelling({ identical, diagnosis }: Pair): boolean {
  return !identical || diagnosis.length > 0;
}

function untoldBlocks(telling: number, equal: number): Block[] {
  const more = telling === 0 ? [] : [`${countText(telling, "more pair")} with relevant differences`];
  const others = equal === 0 ? [] : [`${countText(equal, "pair")} without relevant differences`];
  const parts = [...more, ...others];
  if (parts.length === 0) return [];
  return [{ kind: "note", text: [span(`${parts.join(" and ")} hidden; --all shows ${telling + equal === 1 ? "it" : "them"}.`)] }];
}

function byId({ handshakes }: Capture): ById {
  return new Map(handshakes.map((handshake) => [handshake.id, handshake]));
}

/** The handshakes of a capture by id. */
type ById = ReadonlyMap<number, Handshake>;

function pairBlocks(pair: Pair, sides: Sides, { all: told, unfolded = false }: ComposeDiffOptions, shownAt?: string): Block[] {
  const all = told || unfolded;
  const diagnosis = diagnosisBlocks(pair.diagnosis as readonly Finding[], (side) => sideSpan(sides, side), told, shownAt);
  let blocks: Block[] = [...diagnosis, verdict([sideSpan(sides, "left")], sides.left), verdict([sideSpan(sides, "right")], sides.right)];
  const outcomesDiffer = sides.left.outcome !== sides.right.outcome;
  const shown = pair.differences.filter((difference) => difference.class !== "transport" || outcomesDiffer || all);
  const parties = [party(sides, "left"), party(sides, "right")] as const;
  if (areStrangers(pair, sides)) blocks.push({ kind: "note", text: [span(STRANGERS)] });
  blocks.push({ kind: "sequence", parties });
  if (shown.filter((difference) => difference.class !== "noise").length === 0) {
    blocks.push({ kind: "paragraph", text: [span("No relevant difference.", "good")] });
  }
  const { chosen, suites, rest } = sections(shown);
  blocks.push(...chosenBlocks(sides, chosen), ...listBlocks(suites, sides, all));
  const others = rest.flatMap(({ title, lists, values }): Block[] => [
    ...listBlocks(lists, sides, all),
    ...(values.length === 0 ? [] : [{ kind: "heading" as const, level: 2 as const, text: [span(title)] }, valueTable(values, sides)]),
  ]);
  if (unfolded) blocks.push(...others);
  else if (others.length > 0) blocks.push({ kind: "details", title: detailsTitle(rest), blocks: others });
  blocks = titledOnce(blocks);
  const hidden = hiddenNote(pair, shown);
  if (hidden !== null) blocks.push(hidden);
  blocks.push({ kind: "messages", parties });
  return blocks;
}

const STRANGERS = "Paired only by their order: the two have neither the server's name nor its address in common.";

/** Are the two paired only because of their order? Baselines and recorded clients have no address to compare. */
function areStrangers({ pairedBy }: Pair, { left, right }: Sides): boolean {
  return pairedBy === "order" && hasAddress(left) && hasAddress(right);
}

function hasAddress({ snapshot, reference }: Handshake): boolean {
  return snapshot !== true && reference === undefined;
}

function party(sides: Sides, side: "left" | "right"): Party {
  return { name: sideSpan(sides, side), handshake: sides[side] };
}

/** Leaves titles only in the first of several tables that share their columns. */
function titledOnce(blocks: readonly Block[]): Block[] {
  let titled = false;
  const visit = (block: Block): Block => {
    if (block.kind === "details") return { ...block, blocks: block.blocks.map(visit) };
    if (block.kind !== "table" || !block.headed) return block;
    const headed = !titled;
    titled = true;
    return { ...block, headed };
  };
  return blocks.map(visit);
}

function detailsTitle(rest: ReturnType<typeof sections>["rest"]): string {
  const count = rest.reduce((sum, { lists, values }) => sum + lists.length + values.length, 0);
  return countText(count, "more difference");
}

function hiddenNote(pair: Pair, shown: readonly Difference[]): Block | null {
  const parts: string[] = [];
  const transport = pair.differences.length - shown.length;
  if (pair.hidden.noise > 0) parts.push(countText(pair.hidden.noise, "noise difference"));
  if (transport > 0) parts.push(countText(transport, "transport difference"));
  if (parts.length === 0) return null;
  return { kind: "note", text: [span(`${parts.join(" and ")} hidden; --all shows them.`)] };
}

/** How many pairs there are, and how many of them differ; if none is shown below, how to see them. */
function overview({ pairs, unpaired }: Comparison, areHidden: boolean): Block {
  const identical = pairs.filter((pair) => pair.identical).length;
  const connections = pairs.reduce((sum, pair) => sum + (pair.count ?? 1), 0);
  const equal = connections > pairs.length ? ` (for ${connections} pairs of connections)` : "";
  const alone = unpaired.left.length + unpaired.right.length;
  const others = alone === 0 ? "" : `; ${handshakeCount(alone)} without a partner`;
  const differing = pairs.length - identical;
  const counts = differing === 0 ? ", none" : identical === 0 ? ", all" : `: ${differing}`;
  const without = differing === 0 || identical === 0 ? "" : `, ${identical} without`;
  const how = areHidden ? ". --all shows them" : "";
  const text = `${countText(pairs.length, "pair")}${equal}${counts} with relevant differences${without}${others}${how}.`;
  return { kind: "paragraph", text: [span(text, "strong")] };
}

const PAIRED_BY: Readonly<Record<Pair["pairedBy"], string>> = {
  "server-name": "paired by server name",
  "server-address": "paired by server address",
  order: "paired by order",
  selection: "paired by selection",
};

function pairHeading(pair: Pair, index: number, of: number): Block {
  const count = (pair.count ?? 1) > 1 ? `, for ${pair.count} equal pairs` : "";
  return {
    kind: "heading",
    level: 1,
    text: [span(`Pair ${index + 1} of ${of}`)],
    detail: [span(`${PAIRED_BY[pair.pairedBy]}${count}`, "muted")],
  };
}

function nothingPaired(comparison: Comparison, names: { left: string; right: string }, within: boolean): Block {
  if (within) {
    const counts = `${comparison.left.handshakes} failed and ${comparison.right.handshakes} working`;
    return { kind: "paragraph", text: [span("Nothing to compare: "), span(names.left, "strong"), span(` has ${counts} connections.`)] };
  }
  return {
    kind: "paragraph",
    text: [
      span("Nothing could be paired: "),
      span(names.left, "left"),
      span(` has ${handshakeCount(comparison.left.handshakes)}, `),
      span(names.right, "right"),
      span(` has ${comparison.right.handshakes}.`),
    ],
  };
}

/** How many unpaired handshakes of a side are listed one by one. */
const UNPAIRED_TOLD = 8;

function unpairedBlocks(comparison: Comparison, left: ById, right: ById, names: { left: string; right: string }): Block[] {
  const of = (side: "left" | "right", handshakes: ById): Block[] => {
    const ids = comparison.unpaired[side].map(({ id }) => id);
    if (ids.length === 0) return [];
    const told = ids.slice(0, UNPAIRED_TOLD).flatMap((id): Text[] => {
      const handshake = handshakes.get(id);
      return handshake === undefined ? [] : [unpairedText(handshake)];
    });
    if (ids.length > told.length) told.push([span(`… ${ids.length - told.length} more`, "muted")]);
    return [
      {
        kind: "heading",
        level: 2,
        text: [span("Without a partner: "), span(handshakeCount(ids.length)), span(" of "), span(names[side], side)],
      },
      { kind: "list", items: told },
    ];
  };
  return [...of("left", left), ...of("right", right)];
}

function unpairedText(handshake: Handshake): Text {
  const name: Span[] = handshake.serverName === undefined ? [] : [{ text: handshake.serverName, code: true }];
  const address = handshake.snapshot === true ? [] : [span(`${name.length > 0 ? " " : ""}${endpointText(handshake.transport.server)}`)];
  return [span(`${handshake.id}: `), ...name, ...address, span(`, ${endText(handshake)}`)];
}

function sidesOf(pair: Pair, left: ById, right: ById, names: { left: string; right: string }, isOne: boolean): Sides | null {
  const one = left.get(pair.left.id);
  const other = right.get(pair.right.id);
  if (one === undefined || other === undefined) return null;
  const within = isOne || names.left === names.right;
  return {
    left: one,
    right: other,
    leftName: within ? `${names.left}#${one.id}` : names.left,
    rightName: within ? `${names.right}#${other.id}` : names.right,
  };
}
