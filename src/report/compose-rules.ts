/** The page of a cause, and the list of all causes, made of the words of the rules. */
import type { Fix, Rule } from "../diagnosis/contract.ts";
import { PLACE_NAMES } from "../diagnosis/places.ts";
import { code, span } from "./document.ts";
import type { Block, Document, Field, Lines } from "./document.ts";

/** What is printed of a rule: everything except how it detects its cause. */
export type ToldRule = Pick<Rule, "id" | "title" | "words">;

/** The page of one cause, or a line for each of several. */
export function composeRules(rules: readonly ToldRule[]): Document {
  const [only] = rules;
  return only !== undefined && rules.length === 1 ? { blocks: page(only) } : { blocks: [list(rules)] };
}

function page({ id, title, words }: ToldRule): Block[] {
  const { symptoms, cause, proof, disproof, fixes, references } = words();
  return [
    { kind: "heading", level: 1, text: [span(title)], detail: [code(id, "muted")] },
    { kind: "paragraph", text: [span(cause)] },
    { kind: "heading", level: 2, text: [span("What people see")] },
    { kind: "fields", fields: entries(symptoms.map(({ stack, text }) => ({ label: stack, text }))) },
    { kind: "heading", level: 2, text: [span("How to be sure")] },
    { kind: "paragraph", text: [span(proof)] },
    { kind: "paragraph", text: [span("What would disprove it: ", "muted"), span(`${disproof}.`)] },
    { kind: "heading", level: 2, text: [span("How to fix it")] },
    {
      kind: "fields",
      fields: entries(fixes.map((fix) => ({ label: PLACE_NAMES[fix.where], text: fixText(fix), source: fix.source }))),
    },
    { kind: "heading", level: 2, text: [span("References")] },
    { kind: "list", items: references.map((reference) => [code(reference)]) },
  ];
}

function list(rules: readonly ToldRule[]): Block {
  return {
    kind: "table",
    headed: false,
    columns: [{ title: [span("cause")] }, { title: [span("in words")] }],
    rows: rules.map(({ id, title }): Lines[] => [[[code(id)]], [[span(title)]]]),
  };
}

function fixText({ text: words, from, before }: Fix): string {
  const text = words.replaceAll(/\{(suite|openssl)\}/g, "SUITE");
  if (from === undefined && before === undefined) return text;
  // If the text names its versions itself, they are not repeated.
  if (/\d\.\d/.test(text)) return text;
  return `${text} (${from === undefined ? `before ${before}` : before === undefined ? `from ${from}` : `from ${from}, before ${before}`})`;
}

function entries(words: readonly { readonly label: string; readonly text: string; readonly source?: string }[]): Field[] {
  return words.map(({ label, text, source }) => ({
    label,
    value: [source === undefined ? [code(text)] : [span(text), span(` [${source}]`, "muted")]],
  }));
}
