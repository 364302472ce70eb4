/**
 * Writes text as Markdown that shows exactly that text. What a site would turn into a link, a mention or a reference becomes
 * code, because sites look for such marks in the rendered text, where escaping does not help.
 */
import { TIE } from "../document.ts";
import type { Lines, Span, Text } from "../document.ts";

/** Text in the middle of a line. */
export function inline(text: Text, isCell = false): string {
  let out = "";
  const all = runs(text);
  for (const [index, { isStrong, spans }] of all.entries()) {
    const run = spans.map((span) => spanMarkdown(span, isCell)).join("");
    const next = all[index + 1]?.spans[0]?.text ?? "";
    const inner = run.trim();
    const before = run.slice(0, run.length - run.trimStart().length);
    const after = run.slice(run.trimEnd().length);
    // Between letters, emphasis marks would be literal.
    const fits = !/\w$/.test(out + before) && !/^\w/.test(after + next);
    out += isStrong && inner !== "" && fits ? `${before}**${inner}**${after}` : run;
  }
  return out;
}

/** Text at the beginning of a line: nothing in it makes a list, a heading or a rule. */
export function line(text: Text): string {
  return inline(text)
    .replace(/^\s+/, "")
    .replace(/^([-+=])/, String.raw`\$1`)
    .replace(/^(\d+)([.)])/, String.raw`$1\$2`);
}

/** The lines of a table's cell. */
export function cell(lines: Lines): string {
  return lines.map((text) => inline(text, true)).join("<br>");
}

/** A title between HTML tags on one line, where no Markdown is read. */
export function summary(title: string): string {
  return marked(title)
    .map((part, index) => (index % 2 === 1 ? `<code>${entities(part)}</code>` : entities(part)))
    .join("");
}

/** Groups adjacent spans with the same emphasis. */
function runs(text: Text): { isStrong: boolean; spans: Span[] }[] {
  const found: { isStrong: boolean; spans: Span[] }[] = [];
  for (const span of text) {
    const isStrong = span.tone === "chosen" || span.tone === "strong";
    const last = found.at(-1);
    if (last?.isStrong === isStrong) last.spans.push(span);
    else found.push({ isStrong, spans: [span] });
  }
  return found;
}

function spanMarkdown({ text, code }: Span, isCell: boolean): string {
  if (text.trim() === "") return text.replaceAll(TIE, " ");
  if (code === true) return codeSpan(text, isCell);
  return marked(text)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part, isCell) : escaped(part)))
    .join("");
}

/** Marks that a site interprets: addresses, mentions, references to issues, emoji names. */
const MARK = /@|#\d|:\/\/|www\.|\bGH-\d|:(?:[a-z_+-][a-z\d_+-]*|100|1234):/i;

/** The text in parts, every second one a word with such a mark. */
function marked(text: string): string[] {
  if (!MARK.test(text)) return [text];
  const parts = [""];
  for (const word of text.split(/(\s+)/)) {
    if (MARK.test(word)) parts.push(word, "");
    else parts[parts.length - 1] += word;
  }
  return parts;
}

/** A code span, in which a pipe would still end a cell. Text with backticks is escaped instead, unless only code can disarm a mark in it. */
function codeSpan(text: string, isCell: boolean): string {
  const plain = text.replaceAll(TIE, " ");
  if (plain.includes("`") && !MARK.test(plain)) return escaped(plain);
  const fence = "`".repeat(1 + Math.max(0, ...(plain.match(/`+/g) ?? []).map((run) => run.length)));
  const padding = /^`|`$|^ .* $/.test(plain) ? " " : "";
  const inside = isCell ? plain.replaceAll("|", String.raw`\|`) : plain;
  return `${fence}${padding}${inside}${padding}${fence}`;
}

/** Text with every character escaped that could be markup. */
function escaped(text: string): string {
  return entities(text.replaceAll(TIE, " ").replace(/[\\`*_[\]#|~]/g, (sign) => `\\${sign}`));
}

function entities(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("@", "&#64;");
}
