/**
 * Lays out a document as text of a given width, with or without colours. The caller says how a tone is painted
 * and how a fitted table is drawn; everything else is decided here, so that the
 * terminal and the plain format cannot diverge.
 */
import { TIE } from "../document.ts";
import type { Block, Document, Field, Span, Table, Text, Tone } from "../document.ts";
import { fit } from "./grid.ts";
import type { Grid } from "./grid.ts";
import { recordLines } from "./records.ts";
import { asciiText, measure, spell, wrap } from "./wrap.ts";

/** How the text is to look. */
export interface TextStyle {
  /** Characters of the longest line. */
  readonly width: number;
  /** Only ASCII. */
  readonly ascii: boolean;
  paint(text: string, tone: Tone | "code" | undefined): string;
  /** The lines of a fitted table, painted. */
  draw(grid: Grid, line: (text: Text) => string): string[];
}

/** The narrowest width that is supported. */
export const NARROWEST = 24;

/** The document in pieces, each of whole lines. */
export function* renderText(document: Document, style: TextStyle): Generator<string> {
  const blocks = [...flatten(document.blocks, style.ascii)];
  const width = Math.max(style.width, NARROWEST);
  const paint = painter(style);
  const grids = fitTables(blocks, width);
  let previous: Block["kind"] | null = null;
  for (const block of blocks) {
    if (previous !== null && apart(previous, block)) yield "\n";
    previous = block.kind;
    if (block.kind === "table") yield joined(style.draw(grids.get(block) as Grid, paint));
    else if (block.kind === "records") yield* recordLines(block, width, spanPainter(style));
    else yield joined(blockLines(block, width, paint));
  }
}

/** Paints adjacent spans. */
function painter(style: Pick<TextStyle, "paint">): (text: Text) => string {
  const paint = spanPainter(style);
  return (text) => {
    let painted = "";
    for (const part of text) painted += paint(part);
    return painted;
  };
}

/** Paints one span. */
export function spanPainter({ paint }: Pick<TextStyle, "paint">): (part: Span) => string {
  return (part) => {
    const shown = part.text.includes(TIE) ? part.text.replaceAll(TIE, " ") : part.text;
    return paint(shown, part.tone ?? (part.code ? "code" : undefined));
  };
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}

/** Is there a blank line between the blocks? Not if they belong together. */
function apart(previous: Block["kind"], block: Block): boolean {
  if (previous === "verdict" && block.kind === "verdict") return false;
  if (previous === "note" && block.kind === "note") return false;
  if (previous === "verdict" && block.kind === "list") return false;
  return previous !== "heading" || block.kind === "heading";
}

function* flatten(blocks: readonly Block[], ascii: boolean): Generator<Block> {
  for (const block of blocks) {
    if (block.kind === "details") yield* flatten(block.blocks, ascii);
    else if (block.kind !== "sequence" && block.kind !== "messages") yield ascii ? spellBlock(block) : block;
  }
}

function fitTables(blocks: readonly Block[], width: number): Map<Table, Grid> {
  const groups = new Map<unknown, Table[]>();
  for (const block of blocks) {
    if (block.kind !== "table") continue;
    const key = block.alignment ?? block;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [block]);
    else group.push(block);
  }
  const grids = new Map<Table, Grid>();
  for (const tables of groups.values()) {
    fit(tables, width).forEach((grid, index) => grids.set(tables[index] as Table, grid));
  }
  return grids;
}

function blockLines(block: Exclude<Block, Table | { kind: "records" }>, width: number, paint: (text: Text) => string): string[] {
  switch (block.kind) {
    case "verdict": {
      const indent = block.mark.text.length + 1;
      return wrap(block.text, width - indent).map(
        (line, index) => (index === 0 ? paint([block.mark]) + " " : " ".repeat(indent)) + paint(line),
      );
    }
    case "heading": {
      const title = block.text.map((part) => (part.tone === undefined ? { ...part, tone: "strong" as const } : part));
      const detail = block.detail ?? [];
      if (detail.length === 0) return wrap(title, width).map(paint);
      if (measure(title) + 3 + measure(detail) <= width) return [`${paint(title)}   ${paint(detail)}`];
      return [...wrap(title, width).map(paint), ...wrap(detail, width - 2).map((line) => `  ${paint(line)}`)];
    }
    case "paragraph":
      return wrap(block.text, width).map(paint);
    case "note":
      return wrap(
        block.text.map((part) => (part.tone === undefined ? { ...part, tone: "muted" as const } : part)),
        width,
      ).map(paint);
    case "list":
      return block.items.flatMap((item) => wrap(item, width - 4).map((line, index) => (index === 0 ? "  - " : "    ") + paint(line)));
    case "fields":
      return fieldLines(block.fields, 2, width, paint);
    case "octets":
      return octetLines(block.hex, width, paint);
    default:
      return [];
  }
}

function fieldLines(fields: readonly Field[], indent: number, width: number, paint: (text: Text) => string): string[] {
  const single = fields.filter(({ value }) => value?.length === 1);
  const labels = Math.min(Math.max(0, ...single.map(({ label }) => label.length)), LABEL);
  return fields.flatMap((field) => {
    const inner = field.fields === undefined ? [] : fieldLines(field.fields, Math.min(indent + 2, DEEPEST), width, paint);
    const margin = " ".repeat(indent);
    const value = field.value ?? [];
    const label: Text = value.length === 0 ? [{ text: field.label }] : [{ text: field.label, tone: "muted" }];
    const room = width - indent - labels - 2;
    const only = value[0] ?? [];
    if (
      value.length === 1 &&
      field.label.length <= labels &&
      room >= MINIMUM &&
      (measure(only) <= room || !isBetterBelow(only, width - indent - 2))
    ) {
      const beside = margin + paint(label) + " ".repeat(labels + 2 - field.label.length);
      const lines = wrap(only, room).map((line, at) => (at === 0 ? beside : " ".repeat(indent + labels + 2)) + paint(line));
      return [...lines, ...inner];
    }
    const below = value.flatMap((line) =>
      hang(line, width - indent - 2).map((part, at) => `${margin}${at === 0 ? "  " : "    "}${paint(part)}`),
    );
    return [...wrap(label, width - indent).map((line) => margin + paint(line)), ...below, ...inner];
  });
}

/** Is it one long word that would be broken next to its label, but not below it? */
function isBetterBelow(line: Text, room: number): boolean {
  return measure(line) <= room && line.every((part) => !part.text.includes(" "));
}

/** Characters of the longest label that is put beside its value. */
const LABEL = 26;
/** Characters of the narrowest value that is put beside its label. */
const MINIMUM = 20;
/** Blanks before the deepest fields. */
const DEEPEST = 10;

/** Wraps with room for two blanks before every line except the first. */
function hang(line: Text, width: number): Text[] {
  return measure(line) <= width ? [line] : wrap(line, width - 2);
}

/** `0010  16 03 01 …  |...|`, as many octets on a line as the width allows. */
function octetLines(hex: string, width: number, paint: (text: Text) => string): string[] {
  const count = width >= 76 ? 16 : width >= 44 ? 8 : 4;
  const out: string[] = [];
  for (let at = 0; at < hex.length; at += 2 * count) {
    const pairs = hex.slice(at, at + 2 * count).match(/../g) ?? [];
    const shown = pairs.map((pair) => {
      const octet = Number.parseInt(pair, 16);
      return octet < 0x20 || octet > 0x7e ? "." : String.fromCharCode(octet);
    });
    const offset = (at / 2).toString(16).padStart(4, "0");
    out.push(
      `  ${paint([{ text: offset, tone: "muted" }])}  ${pairs.join(" ").padEnd(3 * count - 1)}  ${paint([{ text: shown.join(""), tone: "muted" }])}`,
    );
  }
  return out;
}

function spellBlock(block: Block): Block {
  switch (block.kind) {
    case "verdict":
      return { ...block, mark: { ...block.mark, text: asciiText(block.mark.text) }, text: spelled(block.text) };
    case "heading":
      return { ...block, text: spelled(block.text), ...(block.detail === undefined ? {} : { detail: spelled(block.detail) }) };
    case "paragraph":
    case "note":
      return { ...block, text: spelled(block.text) };
    case "list":
      return { ...block, items: block.items.map(spelled) };
    case "fields":
      return { ...block, fields: block.fields.map(spellField) };
    case "table":
      return {
        ...block,
        columns: block.columns.map((column) => ({ ...column, title: spelled(column.title) })),
        rows: block.rows.map((row) => row.map((cell) => cell.map(spelled))),
      };
    case "records":
      return { ...block, rows: block.rows.map((row) => row.map((cell) => ({ ...cell, text: asciiText(cell.text) }))) };
    default:
      return block;
  }
}

function spelled(text: Text): Text {
  return spell(text, true);
}

function spellField(field: Field): Field {
  return {
    ...field,
    ...(field.value === undefined ? {} : { value: field.value.map(spelled) }),
    ...(field.fields === undefined ? {} : { fields: field.fields.map(spellField) }),
  };
}
