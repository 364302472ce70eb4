/** Makes markup of the blocks of a document, one element each; tones become classes, protocol names become code. */
import type { Block, Field, Lines, Records, Span, Table } from "../document.ts";
import { bare } from "../document.ts";
import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { sequenceHtml } from "./sequence.ts";
import { messagesHtml } from "./side-by-side.ts";
import { linesHtml, spanHtml, textHtml } from "./text.ts";

/** The blocks in order. */
export function blocksHtml(blocks: readonly Block[]): Markup {
  return html`${blocks.map(blockHtml)}`;
}

function blockHtml(block: Block): Markup {
  switch (block.kind) {
    case "verdict":
      return html`<p class="verdict ${block.mark.tone ?? ""}">
        <span class="mark">${block.mark.text}</span><span>${textHtml(block.text)}</span>
      </p> `;
    case "heading":
      return headingHtml(block);
    case "paragraph":
      return html`<p>${textHtml(block.text)}</p> `;
    case "note":
      return html`<p class="note">${textHtml(block.text)}</p> `;
    case "list":
      return html`<ul class="evidence">
        ${block.items.map((item) => html`<li>${textHtml(item)}</li>`)}
      </ul> `;
    case "fields":
      return fieldsHtml(block.fields);
    case "octets":
      return html`<pre class="octets">${(block.hex.match(/.{1,64}/g) ?? []).join("\n")}</pre> `;
    case "details":
      return html`<details>
        <summary>${block.title}</summary>
        ${blocksHtml(block.blocks)}
      </details> `;
    case "table":
      return tableHtml(block);
    case "records":
      return recordsHtml(block);
    case "sequence":
      return sequenceHtml(block.parties);
    default:
      return messagesHtml(block.parties);
  }
}

function headingHtml({ level, text, detail = [] }: Extract<Block, { kind: "heading" }>): Markup {
  const said = detail.length === 0 ? null : html` <small>${textHtml(detail)}</small>`;
  return level === 1 ? html`<h2>${textHtml(text)}${said}</h2> ` : html`<h3>${textHtml(text)}${said}</h3> `;
}

/** Columns that are empty in every row are left out, unless other tables share them. */
function tableHtml({ columns, rows, headed, alignment = "" }: Table): Markup {
  const isEmpty = (index: number): boolean => rows.every((row) => (row[index] ?? []).every((line) => bare(line) === ""));
  const kept = columns.flatMap((_, index) => (alignment === "" && isEmpty(index) ? [] : [index]));
  const head = headed
    ? html`<thead>
        <tr>
          ${kept.map((index) => html`<th scope="col">${textHtml(columns[index]?.title ?? [])}</th>`)}
        </tr>
      </thead> `
    : null;
  const body = rows.map(
    (row) =>
      html`<tr>
        ${kept.map((index) => cellHtml(row[index] ?? [], columns[index]?.align === "right"))}
      </tr> `,
  );
  return html`<div class="scroll">
    <table class="${alignment}">
      ${head}
      <tbody>
        ${body}
      </tbody>
    </table>
  </div> `;
}

function cellHtml(lines: Lines, isNumber: boolean): Markup {
  return isNumber ? html`<td class="number">${linesHtml(lines)}</td>` : html`<td>${linesHtml(lines)}</td>`;
}

function recordsHtml({ columns, rows }: Records): Markup {
  const kept = columns.flatMap((_, index) => (rows.some((row) => row[index]?.text !== "") ? [index] : []));
  const head = kept.map((index) => html`<th scope="col">${columns[index]?.title ?? ""}</th>`);
  const body = rows.map(
    (row) =>
      html`<tr>
        ${kept.map((index) => html`<td>${spanHtml(row[index] as Span)}</td>`)}
      </tr> `,
  );
  return html`<div class="scroll">
    <table class="records">
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div> `;
}

function fieldsHtml(fields: readonly Field[]): Markup {
  return html`<dl>
    ${fields.map(
      ({ label, value = [], fields: inner }) =>
        html`<div class="row">
          <dt>${label}</dt>
          <dd>${linesHtml(value)}${inner === undefined ? null : fieldsHtml(inner)}</dd>
        </div> `,
    )}
  </dl> `;
}
