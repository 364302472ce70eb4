/**
 * Makes blocks of findings: the cause in a sentence that can be pasted into a ticket, what shows it, how to fix
 * it. The strongest finding is shown completely, the others by name; `all` shows each of them completely.
 */
import type { Confidence, Finding, FixCheck } from "../diagnosis/contract.ts";
import { PLACE_NAMES } from "../diagnosis/places.ts";
import type { Note } from "../fault/note.ts";
import type { Handshake } from "../handshake/handshake.ts";
import { ignoredBlocks } from "./compose-list.ts";
import { code, sign, span } from "./document.ts";
import type { Block, Document, Field, Span, Text, Tone } from "./document.ts";
import { verdict } from "./sentence.ts";
import { capital, countText, fileText } from "./words.ts";

/** The name of a side, as a reader knows it. */
export type SideName = (side: Finding["side"]) => Span;

/** A capture whose handshakes carry their diagnosis. */
export interface ExplainedCapture {
  readonly file: string;
  readonly notes: readonly Note[];
  readonly handshakes: readonly (Handshake & { readonly diagnosis: readonly Finding[] })[];
}

/** In a single capture, sides have no names. */
const NOBODY: SideName = () => span("");

/** The confidence in words. */
const SURENESS: Readonly<Record<Confidence, string>> = { certain: "certain", likely: "likely", possible: "possible, not proved" };

/** The blocks of a diagnosis; none for an empty one. */
export function diagnosisBlocks(findings: readonly Finding[], name: SideName, all: boolean): Block[] {
  const [first, ...others] = findings;
  if (first === undefined) return [];
  const told = all ? findings : [first];
  const blocks = told.flatMap((finding) => findingBlocks(finding, name, all));
  const weaker = all ? [] : others.filter(({ rule }) => rule !== first.rule);
  if (weaker.length > 0) blocks.push({ kind: "note", text: weakerText(first, weaker) });
  if (first.rule !== "inconclusive") {
    blocks.push({ kind: "note", text: [span("More: "), code(`tls-diff explain ${first.rule}`)] });
  }
  return blocks;
}

/** Captures explained one by one. */
export function composeExplain(captures: readonly ExplainedCapture[], all: boolean): Document {
  const blocks = captures.flatMap((capture): Block[] => {
    const told = capture.handshakes.filter(({ diagnosis }) => diagnosis.length > 0);
    const several = capture.handshakes.length > 1 || captures.length > 1;
    const file = fileText(capture.file).split("/").at(-1) ?? capture.file;
    const parts = told.flatMap((handshake): Block[] => {
      const label = several ? `${file}#${handshake.id}` : file;
      const heading: Block[] = several ? [{ kind: "heading", level: 1, text: [span(label)] }] : [];
      const found = diagnosisBlocks(handshake.diagnosis, NOBODY, all);
      return [...heading, ...found, verdict([span(label, "strong")], handshake)];
    });
    return [...parts, ...quietBlocks(capture, told.length), ...ignoredBlocks(span(file), capture)];
  });
  return { blocks };
}

/** Says how many handshakes did not fail, besides those shown. */
function quietBlocks({ file, handshakes }: ExplainedCapture, told: number): Block[] {
  const quiet = handshakes.length - told;
  if (quiet === 0) return [];
  const text = `${countText(quiet, told === 0 ? "handshake" : "more handshake")} of ${fileText(file)}: nothing failed.`;
  return [{ kind: told === 0 ? "paragraph" : "note", text: [span(text)] }];
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
    const title = finding.rule === "inconclusive" ? "What to do next" : "How to fix it";
    blocks.push({ kind: "heading", level: 2, text: [span(title)] }, { kind: "fields", fields: fixFields(finding, all) });
  }
  return blocks;
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
        ...worded(text),
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

/** The text with the names of protocols and programs, recognised by their underscores, set as code. */
function worded(text: string, tone?: Tone): Span[] {
  return text.split(/((?:[\w-]+\.)?\w*_\w+(?:\([^()]*\))?)/).map((part, index) => (index % 2 === 1 ? code(part, tone) : span(part, tone)));
}

/** The causes besides the first one; if that is not a cause, all are only possible. */
function weakerText({ rule: first }: Finding, findings: readonly Finding[]): Text {
  const isAny = first === "inconclusive";
  const names = findings.slice(0, 3).map(({ rule, confidence }) => (isAny ? rule : `${rule} (${confidence})`));
  const more = findings.length > names.length ? ` and ${findings.length - names.length} more` : "";
  return [span(`${isAny ? "Possible" : "Less sure"}: ${names.join(", ")}${more}; --all tells more.`)];
}
