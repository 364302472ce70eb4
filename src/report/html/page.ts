/**
 * The frame of a page: everything in one file, and a content security policy that denies all access. Script and style are allowed by their
 * hashes, so that injected markup could neither run scripts nor change styles.
 */
import { hashNamed } from "../../crypto/hash.ts";
import { TOOL } from "../tool.ts";
import { escapeHtml, html } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { STYLE } from "./style.ts";

/** The parts of a page. */
export interface Page {
  readonly title: string;
  /** Controls of the bar at the top, before the choice of colours. */
  readonly controls: Markup;
  /** The contents of `main`, in pieces. */
  readonly main: Iterable<string>;
  /** What comes below `main`. */
  readonly foot: Markup;
  /** One script. */
  readonly script: string;
}

/** The page in pieces. */
export function* renderPage({ title, controls, main, foot, script }: Page): Generator<string> {
  const safeScript = embeddable(script);
  const policy = [
    "default-src 'none'",
    `script-src '${integrity(safeScript)}'`,
    `style-src '${integrity(STYLE)}'`,
    // The empty icon keeps browsers from asking a server for one.
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="${TOOL.name} ${TOOL.version}">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
`;
  yield html`<header class="top">
    <div class="bar">
      <span class="brand">${TOOL.name}<small>${TOOL.version}</small></span>
      <div id="controls">${controls}</div>
      ${THEME_CHOICE}
    </div>
  </header> `.html;
  yield "<main>\n";
  yield* main;
  yield "</main>\n";
  yield foot.html;
  yield `<script>${safeScript}</script>\n</body>\n</html>\n`;
}

/** The choice of colours: as the reader's system has them, light or dark; works without scripts. */
const THEME_CHOICE: Markup = html`<fieldset class="choice" aria-label="theme">
  <label><input type="radio" name="theme" id="theme-auto" value="auto" checked />Auto</label
  ><label><input type="radio" name="theme" id="theme-light" value="light" />Light</label
  ><label><input type="radio" name="theme" id="theme-dark" value="dark" />Dark</label>
</fieldset>`;

/** The script with the characters escaped that HTML would interpret (they only occur in its strings). */
function embeddable(script: string): string {
  // eslint-disable-next-line no-control-regex
  return script.replace(/<(?=\/script|!--)|[\0\r]/gi, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

/** A policy's name for a script or a style: the SHA-256 of its octets. */
function integrity(text: string): string {
  const digest = hashNamed("SHA256")?.(new TextEncoder().encode(text)) ?? new Uint8Array(0);
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}
