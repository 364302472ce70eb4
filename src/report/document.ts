/**
 * What a report says, apart from how it looks: blocks of text spans with a tone. The composers make
 * it from the model, the formats draw it. Its text is safe to print (as in the model) but not
 * yet escaped for any markup; the few characters outside ASCII in it are all in `SIGNS`.
 */

import type { Handshake } from "../handshake/handshake.ts";

/** Why a span stands out. A format may ignore it: no tone carries meaning that the text lacks. */
export type Tone = "good" | "bad" | "left" | "right" | "moved" | "chosen" | "strong" | "muted";

/** A run of text in one tone. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone;
  /** From a capture or a name of the protocol: a format with markup sets it as code. */
  readonly code?: true;
}

/** One line of text, before wrapping. */
export type Text = readonly Span[];

/** Lines below each other in one place. */
export type Lines = readonly Text[];

/** A column of a table. */
export interface Column {
  readonly title: Text;
  /** `right` for numbers. */
  readonly align?: "right";
  /** Left out if the width does not suffice, the highest number first; absent: never. */
  readonly expendable?: number;
  /** Its words may break before those of other columns. */
  readonly breaks?: true;
  /** The next column follows after only one blank. */
  readonly tight?: true;
}

/** Rows and columns; every row has one cell for each column. */
export interface Table {
  readonly kind: "table";
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Lines[])[];
  /** Adjacent tables of one alignment share their column widths. */
  readonly alignment?: string;
  /** Show the titles of the columns. */
  readonly headed: boolean;
}

/** A named value, or a group of them: what `show` prints of a message. */
export interface Field {
  readonly label: string;
  /** Identifies the same field in another message, if the label contains more than its name. */
  readonly key?: string;
  readonly value?: Lines;
  readonly fields?: readonly Field[];
}

/** One handshake in a list: cells that keep their place in every row. */
export interface RecordColumn {
  readonly title: string;
  readonly align?: "right";
  /** Columns are put on the first line in this order, 0 first, while there is room; the rest is indented below it. */
  readonly rank: number;
  /** Put before the value if it is below the first line. */
  readonly label?: string;
}

/** Many rows of short cells: drawn without a table library, so that 100,000 rows are cheap. */
export interface Records {
  readonly kind: "records";
  readonly columns: readonly RecordColumn[];
  readonly rows: readonly (readonly Span[])[];
}

/** A handshake that can be shown completely, and the reader's name for it. */
export interface Party {
  readonly name: Span;
  readonly handshake: Handshake;
}

/** One part of a document: a closed union on `kind`. */
export type Block =
  /** The sentence that can be pasted into a ticket. */
  | { readonly kind: "verdict"; readonly mark: Span; readonly text: Text }
  | { readonly kind: "heading"; readonly level: 1 | 2; readonly text: Text; readonly detail?: Text }
  | { readonly kind: "paragraph"; readonly text: Text }
  /** What was left out, ignored or damaged, and how to see it. */
  | { readonly kind: "note"; readonly text: Text }
  | { readonly kind: "list"; readonly items: readonly Text[] }
  | { readonly kind: "fields"; readonly fields: readonly Field[] }
  /** Octets in hex. */
  | { readonly kind: "octets"; readonly hex: string }
  /** Blocks that belong to the details: formats that can fold them do. */
  | { readonly kind: "details"; readonly title: string; readonly blocks: readonly Block[] }
  /** One or two handshakes as a picture of who sent what, for formats that can draw. */
  | { readonly kind: "sequence"; readonly parties: readonly Party[] }
  /** Two handshakes message by message, for formats that have the room. */
  | { readonly kind: "messages"; readonly parties: readonly [Party, Party] }
  | Table
  | Records;

/** A whole report, as blocks in order. */
export interface Document {
  readonly blocks: readonly Block[];
}

/** Every character outside ASCII that a document may contain, with its replacement where only ASCII can be shown. */
export const SIGNS = {
  established: ["✓", "ok"],
  failed: ["✗", "!!"],
  incomplete: ["≈", "??"],
  chosen: ["◀", "<-"],
  to: ["→", "->"],
  more: ["…", "..."],
  absent: ["–", "-"],
} as const;

/** A blank at which lines do not break. */
export const TIE = "\u00a0";

/** The sign as documents hold it. */
export function sign(name: keyof typeof SIGNS): string {
  return SIGNS[name][0];
}

/** A span. */
export function span(text: string, tone?: Tone): Span {
  return tone === undefined ? { text } : { text, tone };
}

/** A span of the protocol's own words. */
export function code(text: string, tone?: Tone): Span {
  return tone === undefined ? { text, code: true } : { text, tone, code: true };
}

/** A text of one span. */
export function plain(text: string, tone?: Tone): Text {
  return [span(text, tone)];
}

/** The text without its tones. */
export function bare(text: Text): string {
  return text.map((part) => part.text).join("");
}
