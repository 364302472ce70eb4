/** The parts of a report's page: the controls in the bar, the contents, and the texts for a ticket. */
import type { Document } from "../document.ts";
import { bare } from "../document.ts";
import { capturesOf, environmentBlocks } from "../environment.ts";
import { markdown } from "../formats/markdown.ts";
import { plain } from "../formats/plain.ts";
import { compose } from "../report.ts";
import type { Report } from "../report.ts";
import { fileText } from "../words.ts";
import { blocksHtml } from "./blocks.ts";
import { escapeHtml, html } from "./markup.ts";
import type { Markup } from "./markup.ts";

/** The parts of a report's page. */
export interface ReportParts {
  readonly title: string;
  readonly controls: Markup;
  readonly main: Iterable<string>;
  readonly foot: Markup;
}

/** Octets up to which a page shows complete handshakes; later pairs only have their differences. */
const LONGEST = 8_000_000;
/** Characters of the text for a ticket that is stored in a page. */
const LONGEST_TEXT = 200_000;

/** The parts of the page of a report. */
export function reportParts(report: Report): ReportParts {
  const document = compose(report, true);
  return { title: titleOf(document), controls: controls(report), main: main(report, document), foot: FOOT };
}

function* main(report: Report, { blocks }: Document): Generator<string> {
  yield html`<h1>
    ${capturesOf(report)
      .slice(0, 20)
      .map(({ file }, index) => [index === 0 ? "" : " and ", html`<code>${fileText(file)}</code>`])}
  </h1> `.html;
  let length = 0;
  let left = 0;
  for (const [index, block] of blocks.entries()) {
    if (length > LONGEST && (block.kind === "messages" || block.kind === "sequence")) {
      left++;
      continue;
    }
    const piece = blocksHtml([block]).html;
    // The cause is what the reader is looking for.
    yield index === 0 && block.kind === "verdict" && isDiagnosed(report) ? piece.replace('class="verdict', 'class="verdict cause') : piece;
    length += piece.length;
  }
  if (left > 0)
    yield html`<p class="note">
      The page would be too long: ${left} pictures and handshakes in full were left out; --sni, --server and --stream choose.
    </p> `.html;
  yield blocksHtml(environmentBlocks(report)).html;
  yield '<section class="ticket"><h3>For a ticket</h3>\n';
  yield* folded("As text", "as-text", plain.render(report, { width: 100 }));
  yield* folded("As Markdown", "as-markdown", markdown.render(report));
  yield "</section>\n";
}

/** Does it begin with the cause of a failure? */
function isDiagnosed(report: Report): boolean {
  return report.kind === "explain" || (report.kind === "diff" && (report.comparison.pairs[0]?.diagnosis.length ?? 0) > 0);
}

function* folded(title: string, id: string, pieces: Iterable<string>): Generator<string> {
  yield `<details><summary>${title}</summary><pre id="${id}" tabindex="0">`;
  let length = 0;
  for (const piece of pieces) {
    if (length + piece.length > LONGEST_TEXT) {
      yield "\n(cut here: the rest is in the report itself)\n";
      break;
    }
    length += piece.length;
    yield escapeHtml(piece);
  }
  yield "</pre></details>\n";
}

function controls(report: Report): Markup {
  const rows = html`<fieldset class="choice" aria-label="rows">
    <label title="d"><input type="radio" name="rows" id="only-differences" checked />Only differences</label
    ><label title="d"><input type="radio" name="rows" id="all-rows" />All</label>
  </fieldset>`;
  return html`<span class="find live"
      ><input type="search" id="filter" placeholder="Filter rows  ( / )" aria-label="Filter rows" autocomplete="off" spellcheck="false" />
      <small id="filter-count" role="status"></small
    ></span>
    ${report.kind === "diff" ? rows : null}
    <button type="button" class="live" data-copy="as-text" title="c">Copy text</button
    ><button type="button" class="live" data-copy="as-markdown" title="m">Copy Markdown</button>`;
}

const FOOT: Markup = html`<footer class="foot">
  <p class="live">
    <kbd>/</kbd> filter <kbd>d</kbd> only differences or all <kbd>e</kbd> unfold messages <kbd>c</kbd> <kbd>m</kbd> copy as text, as
    Markdown <kbd>t</kbd> theme
  </p>
  <p>Everything is in this file: it loads nothing and sends nothing. Times are UTC; packet numbers are those of the capture, from 1.</p>
</footer> `;

function titleOf({ blocks }: Document): string {
  const verdict = blocks.find((block) => block.kind === "verdict");
  const text = verdict?.kind === "verdict" ? bare(verdict.text) : "Report";
  return `${text.length > 140 ? `${text.slice(0, 139)}…` : text} - tls-diff`;
}
