/**
 * Makes blocks of findings: the cause in a sentence that can be pasted into a ticket, what shows it, how to fix
 * it. The strongest finding is shown completely, the others by name; `all` shows each of them completely.
 */
import type { Confidence, Finding, FixCheck } from "../diagnosis/contract.ts";
import { PLACE_NAMES } from "../diagnosis/places.ts";
import { typedWords, worded } from "./code-words.ts";
import { code, sign, span } from "./document.ts";
import type { Block, Field, Span, Text } from "./document.ts";
import { capital } from "./words.ts";

/** The name of a side, as a reader knows it. */
export type SideName = (side: Finding["side"]) => Span;

/** The confidence in words. */
const SURENESS: Readonly<Record<Confidence, string>> = { certain: "certain", likely: "likely", possible: "possible, not proved" };

/** The blocks of a diagnosis; none for an empty one. If `shownAt` names a place where the same fixes are shown, they are not repeated. */
export function diagnosisBlocks(findings: readonly Finding[], name: SideName, all: boolean, shownAt?: string): Block[] {
  const [first, ...others] = findings;
  if (first === undefined) return [];
  if (shownAt !== undefined && !all) {
    const { fixes, ...rest } = first;
    const note: Block = { kind: "note", text: [span(`${titleOf(first)}: as shown for ${shownAt}.`)] };
    return [...findingBlocks({ ...rest, fixes: [] }, name, false), ...(fixes.length > 0 ? [note] : [])];
  }
  const told = all ? findings : [first];
  const blocks = told.flatMap((finding) => findingBlocks(finding, name, all));
  const weaker = all ? [] : others.filter(({ rule }) => rule !== first.rule);
  if (weaker.length > 0) blocks.push({ kind: "note", text: weakerText(first, weaker) });
  if (first.rule !== "inconclusive") {
    blocks.push({ kind: "note", text: [span("More: "), code(`tls-diff explain ${first.rule}`)] });
  }
  return blocks;
}

function findingBlocks(finding: Finding, name: SideName, all: boolean): Block[] {
  const { confidence, summary, side } = finding;
  const sure = finding.rule === "inconclusive" ? "" : ` (${SURENESS[confidence]})`;
  const blocks: Block[] = [
    {
      kind: "verdict",
      mark: finding.rule === "inconclusive" ? span(sign("incomplete"), "moved") : span(sign("failed"), "bad"),
      text: [
        ...(name(side).text === "" ? [] : [name(side), span(": ")]),
        ...worded(name(side).text === "" ? capital(summary) : summary, "strong"),
        span(`${sure}.`),
      ],
    },
    { kind: "list", items: finding.evidence.map((evidence) => evidenceText(evidence, name)) },
  ];
  if (all) blocks.push({ kind: "paragraph", text: [span("What would disprove it: "), span(finding.disproof)] });
  if (finding.fixes.length > 0) {
    blocks.push({ kind: "heading", level: 2, text: [span(titleOf(finding))] }, { kind: "fields", fields: fixFields(finding, all) });
  }
  return blocks;
}

function titleOf({ rule }: Finding): string {
  return rule === "inconclusive" ? "What to do next" : "How to fix it";
}

function evidenceText({ side, packet, text }: Finding["evidence"][number], name: SideName): Text {
  const where = packet > 0 ? `, packet ${packet}: ` : ": ";
  const who = name(side);
  // With a single capture, it need not be named.
  return who.text === "" ? [span(where.replace(/^[,:] /, "")), ...worded(text)] : [who, span(where), ...worded(text)];
}

/** The fixes in their order, by place. */
function fixFields({ fixes, rule }: Finding, all: boolean): Field[] {
  return fixes.map(({ where, text, source, checked }) => ({
    label: rule === "inconclusive" ? "next" : PLACE_NAMES[where],
    value: [
      [
        ...typedWords(text),
        ...(checked === undefined ? [] : [span(`; ${CHECKS[checked]}`, checked === "refused" ? "bad" : "muted")]),
        ...(all ? [span(` [${source}]`, "muted")] : []),
      ],
    ],
  }));
}

const CHECKS: Readonly<Record<FixCheck, string>> = {
  acceptable: "checked: with this the server's choice would have been acceptable",
  refused: "checked: this alone would not do",
  unknown: "not checked",
};

/** The causes besides the first one; if that is not a cause, all are only possible. */
function weakerText({ rule: first }: Finding, findings: readonly Finding[]): Text {
  const isAny = first === "inconclusive";
  const names = findings.slice(0, 3).map(({ rule, confidence }) => (isAny ? rule : `${rule} (${confidence})`));
  const more = findings.length > names.length ? ` and ${findings.length - names.length} more` : "";
  return [span(`${isAny ? "Possible" : "Less sure"}: ${names.join(", ")}${more}; --all tells more.`)];
}
