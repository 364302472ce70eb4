/**
 * Markdown for a ticket: the verdict, how to fix it, the differences in tables of few columns, the details folded, and how
 * to reproduce it. Never longer than a ticket may be: what does not fit is counted. Everything from a capture is escaped,
 * so that no name in it can become markup, a link, a mention or a reference.
 */
import type { Block, Field, Records, Span, Table, Text } from "../document.ts";
import { bare, span } from "../document.ts";
import { environmentBlocks } from "../environment.ts";
import { cell, inline, line, summary } from "../markdown/inline.ts";
import { compose } from "../report.ts";
import { countText } from "../words.ts";
import type { Format } from "./contract.ts";

export const markdown: Format = {
  name: "markdown",
  extension: "md",
  mediaType: "text/markdown",
  *render(report) {
    const tail = new Sheet(LONGEST);
    tail.write(environmentBlocks(report));
    const end = tail.text();
    const sheet = new Sheet(LONGEST - octets(end) - CUT);
    sheet.write(compose(report).blocks);
    yield sheet.text();
    if (end !== "") yield `\n${end}`;
  },
};

/** Octets of the longest document: tickets take 65,536 characters, and their authors want to add some. */
const LONGEST = 60_000;
/** Octets reserved for the note about what was left out. */
const CUT = 200;
const CLOSE = "\n</details>\n";

/** A document of limited length. Once something does not fit, the rest is counted. */
class Sheet {
  #room: number;
  readonly #parts: string[] = [];
  #isFull = false;
  #leftRows = 0;
  #leftParts = 0;

  constructor(room: number) {
    this.#room = room;
  }

  write(blocks: readonly Block[]): void {
    for (const block of blocks) {
      if (block.kind === "details") this.#details(block);
      else if (block.kind === "table") this.#table(tableRows(block));
      else if (block.kind === "records") this.#table(recordsRows(block));
      else this.#block(block);
    }
  }

  text(): string {
    if (!this.#isFull) return this.#parts.join("");
    const left = [
      ...(this.#leftRows > 0 ? [countText(this.#leftRows, "row")] : []),
      ...(this.#leftParts > 0 ? [countText(this.#leftParts, "part")] : []),
    ];
    const are = this.#leftRows + this.#leftParts === 1 ? "is" : "are";
    return `${this.#parts.join("")}\n_Cut here, so that it fits into a ticket: ${left.join(" and ")} ${are} left out; \`--format html\` has all._\n`;
  }

  #details({ title, blocks }: Extract<Block, { kind: "details" }>): void {
    if (!this.#add(`<details>\n<summary>${summary(title)}</summary>\n`, true, octets(CLOSE))) {
      this.write(blocks);
      return;
    }
    this.#room -= octets(CLOSE);
    this.write(blocks);
    this.#parts.push(CLOSE);
  }

  /** The head is only written if there is a row. */
  #table({ head, count, row }: Rows): void {
    for (let index = 0; index < count; index++) {
      if (this.#isFull || !this.#add((index === 0 ? head : "") + row(index), index === 0)) {
        this.#leftRows += count - index;
        return;
      }
    }
  }

  #block(block: Exclude<Block, Table | Records | { kind: "details" }>): void {
    const text = blockMarkdown(block);
    if (text !== "" && !this.#add(text, true)) this.#leftParts++;
  }

  #add(text: string, isApart: boolean, reserve = 0): boolean {
    const piece = isApart && this.#parts.length > 0 ? `\n${text}` : text;
    const length = octets(piece);
    if (this.#isFull || length + reserve > this.#room) {
      this.#isFull = true;
      return false;
    }
    this.#room -= length;
    this.#parts.push(piece);
    return true;
  }
}

function blockMarkdown(block: Exclude<Block, Table | Records | { kind: "details" }>): string {
  switch (block.kind) {
    case "verdict":
      return `${inline([block.mark])} ${inline(block.text)}\n`;
    case "heading": {
      const detail = block.detail === undefined || block.detail.length === 0 ? "" : `\n${line(block.detail)}\n`;
      return `${"#".repeat(block.level + 1)} ${inline(block.text)}\n${detail}`;
    }
    case "paragraph":
      return `${line(block.text)}\n`;
    case "note":
      return `_${inline(block.text.map((part) => (part.code === true ? part : span(part.text)))).trim()}_\n`;
    case "list":
      return block.items.map((item) => `- ${line(item)}\n`).join("");
    case "fields":
      return fieldsMarkdown(block.fields, 0);
    case "octets":
      return `\`\`\`\n${(block.hex.match(/.{1,64}/g) ?? []).join("\n")}\n\`\`\`\n`;
    default:
      // Pictures, and complete handshakes, are for formats that have room for them.
      return "";
  }
}

/** A table whose rows are made as they are needed. */
interface Rows {
  readonly head: string;
  readonly count: number;
  readonly row: (index: number) => string;
}

/** Columns that are empty in every row are left out. */
function tableRows({ columns, rows }: Table): Rows {
  const kept = columns.flatMap((_, index) => (rows.some((row) => (row[index] ?? []).some((text) => bare(text) !== "")) ? [index] : []));
  return {
    head: headMarkdown(kept.map((index) => ({ title: inline(columns[index]?.title ?? [], true), align: columns[index]?.align }))),
    count: rows.length,
    row: (at) => rowMarkdown(kept.map((index) => cell(rows[at]?.[index] ?? []))),
  };
}

function recordsRows({ columns, rows }: Records): Rows {
  const kept = columns.flatMap((_, index) => (rows.some((row) => row[index]?.text !== "") ? [index] : []));
  return {
    head: headMarkdown(kept.map((index) => ({ title: inline([span(columns[index]?.title ?? "")], true), align: columns[index]?.align }))),
    count: rows.length,
    row: (at) => rowMarkdown(kept.map((index) => inline([rows[at]?.[index] as Span], true))),
  };
}

function headMarkdown(columns: readonly { title: string; align: "right" | undefined }[]): string {
  return rowMarkdown(columns.map(({ title }) => title)) + rowMarkdown(columns.map(({ align }) => (align === "right" ? "---:" : "---")));
}

function rowMarkdown(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |\n`;
}

function fieldsMarkdown(fields: readonly Field[], depth: number): string {
  const margin = "  ".repeat(depth);
  return fields
    .map((field) => {
      const value = field.value ?? [];
      const own = value.length === 1 ? `: ${inline(value[0] as Text)}` : "";
      const lines = value.length > 1 ? value.map((text) => `${margin}  - ${line(text)}\n`).join("") : "";
      return `${margin}- ${line([span(field.label)])}${own}\n${lines}${fieldsMarkdown(field.fields ?? [], depth + 1)}`;
    })
    .join("");
}

/** Octets in UTF-8, where the characters of documents outside ASCII have three each. */
function octets(text: string): number {
  // eslint-disable-next-line no-control-regex
  return text.length + 2 * (text.match(/[^\x00-\x7f]/g)?.length ?? 0);
}
