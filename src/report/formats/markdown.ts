/**
 * Markdown for a ticket: the verdict, the differences in tables of few columns, the details
 * folded. Everything from a capture is escaped, so no name in it can make markup, a link or a mention.
 */
import { TIE } from "../document.ts";
import type { Block, Document, Field, Lines, Records, Span, Table, Text } from "../document.ts";
import { compose } from "../report.ts";
import type { Format } from "./contract.ts";

export const markdown: Format = {
  name: "markdown",
  extension: "md",
  mediaType: "text/markdown",
  render: (report) => renderMarkdown(compose(report)),
};

function* renderMarkdown(document: Document): Generator<string> {
  let first = true;
  for (const block of document.blocks) {
    for (const part of blockMarkdown(block)) {
      yield first ? part : `\n${part}`;
      first = false;
    }
  }
}

function* blockMarkdown(block: Block): Generator<string> {
  switch (block.kind) {
    case "verdict":
      yield `${emphasised(block.mark)} ${inline(block.text)}\n`;
      break;
    case "heading":
      yield `${"#".repeat(block.level + 1)} ${inline(block.text)}\n`;
      if (block.detail !== undefined && block.detail.length > 0) yield `${inline(block.detail)}\n`;
      break;
    case "paragraph":
      yield `${inline(block.text)}\n`;
      break;
    case "note":
      yield `_${inline(block.text.map((part) => ({ text: part.text })))}_\n`;
      break;
    case "list":
      yield block.items.map((item) => `- ${inline(item)}\n`).join("");
      break;
    case "fields":
      yield fieldsMarkdown(block.fields, 0);
      break;
    case "octets":
      yield `\`\`\`\n${(block.hex.match(/.{1,64}/g) ?? []).join("\n")}\n\`\`\`\n`;
      break;
    case "details":
      yield `<details>\n<summary>${entities(block.title)}</summary>\n`;
      for (const inner of block.blocks) yield* blockMarkdown(inner);
      yield "</details>\n";
      break;
    case "table":
      yield tableMarkdown(block);
      break;
    case "records":
      yield* recordsMarkdown(block);
      break;
    default:
      break;
  }
}

/** Columns that are empty in every row are left out. */
function tableMarkdown(table: Table): string {
  const kept = table.columns
    .map((_, index) => index)
    .filter((index) => table.rows.some((row) => (row[index] ?? []).some((line) => line.length > 0)));
  const titles = kept.map((index) => inline(table.columns[index]?.title ?? []));
  const rules = kept.map((index) => (table.columns[index]?.align === "right" ? "---:" : "---"));
  return (
    rowMarkdown(titles) +
    rowMarkdown(rules) +
    table.rows.map((cells) => rowMarkdown(kept.map((index) => cellMarkdown(cells[index] ?? [])))).join("")
  );
}

function rowMarkdown(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |\n`;
}

function cellMarkdown(lines: Lines): string {
  return lines.map(inline).join("<br>");
}

function* recordsMarkdown({ columns, rows }: Records): Generator<string> {
  const kept = columns.map((_, index) => index).filter((index) => rows.some((row) => row[index]?.text !== ""));
  let piece =
    rowMarkdown(kept.map((index) => escape(columns[index]?.title ?? ""))) +
    rowMarkdown(kept.map((index) => (columns[index]?.align === "right" ? "---:" : "---")));
  for (const cells of rows) piece += rowMarkdown(kept.map((index) => inline([cells[index] as Span])));
  yield piece;
}

function fieldsMarkdown(fields: readonly Field[], depth: number): string {
  const margin = "  ".repeat(depth);
  return fields
    .map((field) => {
      const value = field.value ?? [];
      const own = value.length === 1 ? `: ${inline(value[0] as Text)}` : "";
      const lines = value.length > 1 ? value.map((line) => `${margin}  - ${inline(line)}\n`).join("") : "";
      return `${margin}- ${escape(field.label)}${own}\n${lines}${fieldsMarkdown(field.fields ?? [], depth + 1)}`;
    })
    .join("");
}

function inline(text: Text): string {
  return text.map(emphasised).join("");
}

function emphasised(part: Span): string {
  if (part.text.trim() === "") return part.text;
  const escaped = part.code === true ? codeSpan(part.text) : escape(part.text);
  return part.tone === "chosen" || part.tone === "strong" ? `**${escaped}**` : escaped;
}

/** A code span; a pipe would end a table's cell even there, so text with one is escaped instead. */
function codeSpan(text: string): string {
  return /[`|\n]/.test(text) ? escape(text) : `\`${text}\``;
}

/** Every sign that could make markup as itself. */
function escape(text: string): string {
  return entities(text.replaceAll(TIE, " ").replace(/[\\`*_[\]#|~]/g, (sign) => `\\${sign}`));
}

/** As escaped as HTML needs it: between tags no Markdown is read. */
function entities(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("@", "&#64;");
}
