/** The page without a report, as it is before captures are dropped. The build puts it, the program and the demo into one file. */
import { html, Markup } from "../report/html/markup.ts";
import type { Page } from "../report/html/page.ts";

/** A capture that is embedded in the page. */
export interface DemoFile {
  readonly name: string;
  /** Its octets. */
  readonly base64: string;
}

/** A published schema, for validating saved reports. */
export interface SchemaFile {
  /** `tls-diff`, `snapshot`. */
  readonly name: string;
  /** JSON. */
  readonly text: string;
}

/** The viewer's page around the program `script`. */
export function viewerPage(script: string, demo: readonly DemoFile[], schemas: readonly SchemaFile[]): Page {
  const captures = demo.map(({ name, base64 }) => html`<template class="demo" data-name="${name}">${base64}</template>`);
  const carried = schemas.map(({ name, text }) => html`<template class="schema" data-name="${name}">${text}</template>`);
  return {
    title: "tls-diff: why does one TLS client fail where another works?",
    controls: new Markup(""),
    main: [VIEWER.html, html`${captures}${carried}`.html],
    foot: FOOT,
    script,
  };
}

const VIEWER = html`<section class="drop" id="drop">
    <h1>Why does one TLS client fail where another works?</h1>
    <div class="slots">
      <label class="slot"
        ><input type="file" id="left" /><b class="left">One capture</b
        ><span class="file" id="left-name">Choose a file, or drop it here</span></label
      >
      <label class="slot"
        ><input type="file" id="right" /><b class="right">The other</b
        ><span class="file" id="right-name">Choose a file, or drop it here</span></label
      >
    </div>
    <p class="buttons">
      <button type="button" id="demo" class="main">Show the demo</button>
      <button type="button" id="within" class="main" hidden>This capture alone</button>
    </p>
    <p class="muted">
      Drop two packet captures anywhere: one in which the client fails, one in which another works. pcap, pcapng or snoop, also with gzip or
      zstd; a key log (SSLKEYLOGFILE) beside them decrypts. What tls-diff list, show or snapshot saved as JSON stands for a capture.
    </p>
    <p class="muted">Nothing leaves this page: it can reach no network, and the captures are read here.</p>
    <progress id="progress" max="1" value="0" hidden></progress>
    <p id="status" role="status"></p>
    <noscript
      ><p class="trouble-text">
        Reading captures needs scripts. The command line does the same: tls-diff LEFT RIGHT --format html
      </p></noscript
    >
  </section>
  <div id="report"></div> `;

const FOOT = html`<footer class="foot">
  <p class="live">
    <kbd>/</kbd> filter <kbd>d</kbd> only differences or all <kbd>e</kbd> unfold messages <kbd>c</kbd> <kbd>m</kbd> copy as text, as
    Markdown <kbd>t</kbd> theme
  </p>
  <p>Times are UTC; packet numbers are those of the capture, from 1.</p>
</footer> `;
