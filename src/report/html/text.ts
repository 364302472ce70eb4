/** Makes markup of spans and lines: a tone becomes a class, a protocol name becomes code. */
import type { Lines, Span, Text } from "../document.ts";
import { html } from "./markup.ts";
import type { Content, Markup } from "./markup.ts";

/** A line of text with its tones. */
export function textHtml(text: Text): Markup {
  return html`${text.map(spanHtml)}`;
}

/** Lines below each other. */
export function linesHtml(lines: Lines): Markup {
  return lines.length === 1 ? textHtml(lines[0] as Text) : html`${lines.map((line) => html`<span class="line">${textHtml(line)}</span>`)}`;
}

/** A run of text in its tone. */
export function spanHtml({ text, tone, code }: Span): Content {
  if (text === "" || (tone === undefined && code === undefined)) return text;
  if (code === undefined) return html`<span class="${tone as string}">${text}</span>`;
  return tone === undefined ? html`<code>${text}</code>` : html`<code class="${tone}">${text}</code>`;
}
