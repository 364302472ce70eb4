/** How pages look: light and dark, on a phone, on paper. A single text, so that its hash can be put in the page's policy. */

/** The style sheet of every page. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fdfdfc, #131519);
  --raised: light-dark(#f5f5f2, #1b1e24);
  --ink: light-dark(#1f2328, #dfe2e8);
  --quiet: light-dark(#626a73, #939ba7);
  --line: light-dark(#e2e3de, #2c3038);
  --link: light-dark(#245ea8, #82b1ff);
  --left: light-dark(#8b2f97, #dc9be8);
  --right: light-dark(#0b6e7f, #6fcfde);
  --good: light-dark(#1c7c3c, #6fce8b);
  --bad: light-dark(#bf2231, #ff8088);
  --moved: light-dark(#8a5a00, #e3b35c);
  --left-tint: light-dark(#f9eefb, #2a1d2e);
  --right-tint: light-dark(#e7f5f7, #142a2e);
  --bad-tint: light-dark(#fdf0f0, #2b1a1d);
  --good-tint: light-dark(#eef8f0, #17271c);
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
:root:has(#theme-light:checked) { color-scheme: light }
:root:has(#theme-dark:checked) { color-scheme: dark }
* { box-sizing: border-box }
html { scroll-padding-top: 4.5rem; -webkit-text-size-adjust: 100% }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere }
[hidden] { display: none !important }
code, pre, textarea { font-family: var(--mono); font-size: .875em }
a { color: var(--link) }
.bar, main, .foot { max-width: 1240px; margin: 0 auto; padding: 0 24px }
.top { border-bottom: 1px solid var(--line); background: color-mix(in srgb, var(--paper) 92%, transparent); position: sticky; top: 0; z-index: 1; backdrop-filter: blur(8px) }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 14px; padding-top: 10px; padding-bottom: 10px }
#controls { display: contents }
.brand { font: 600 15px/1 var(--mono); letter-spacing: -.02em; margin-right: auto; white-space: nowrap }
.brand small { font-weight: 400; color: var(--quiet); margin-left: .5em }
button, .choice, input[type=search], .button { font: inherit; font-size: 13px; line-height: 20px; color: var(--ink); background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: 4px 10px }
button, .button { cursor: pointer }
button:hover, .button:hover { border-color: var(--quiet) }
button.main { background: var(--ink); color: var(--paper); border-color: var(--ink) }
button:disabled { opacity: .45; cursor: default }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
input[type=search] { width: 15rem; background: var(--paper) }
.choice { display: inline-flex; padding: 2px; gap: 2px; margin: 0 }
.choice label { padding: 2px 8px; border-radius: 4px; cursor: pointer; color: var(--quiet); white-space: nowrap }
.choice input { position: absolute; opacity: 0; pointer-events: none }
.choice label:has(:checked) { background: var(--paper); color: var(--ink); box-shadow: 0 0 0 1px var(--line) }
.choice label:has(:focus-visible) { outline: 2px solid var(--link) }
main { padding-top: 28px; padding-bottom: 40px }
h1 { font-size: 15px; font-weight: 400; color: var(--quiet); margin: 0 0 18px }
h2 { font-size: 20px; line-height: 1.3; margin: 48px 0 14px; padding-top: 20px; border-top: 1px solid var(--line); letter-spacing: -.01em }
h2:first-child, h1 + h2 { margin-top: 0; border: 0; padding-top: 0 }
h3 { font-size: 15.5px; line-height: 1.35; margin: 34px 0 10px; letter-spacing: -.005em }
small { font-size: 13px; font-weight: 400; color: var(--quiet) }
h2 small, h3 small { margin-left: .6em }
p { margin: 10px 0; max-width: 76ch }
.verdict { display: flex; gap: .75em; padding: 9px 14px; border-radius: 8px; background: var(--raised); max-width: none }
.verdict, .verdict.bad, .verdict.good { color: inherit }
.verdict.bad { background: var(--bad-tint) }
.verdict.good { background: var(--good-tint) }
.verdict .mark { color: var(--moved); font-weight: 600 }
.verdict.bad .mark { color: var(--bad) }
.verdict.good .mark { color: var(--good) }
.verdict.cause { font-size: 19px; line-height: 1.45; padding: 18px 20px; letter-spacing: -.005em }
.strong, .chosen { font-weight: 600 }
.left { color: var(--left) }
.right { color: var(--right) }
.good, .chosen, .established { color: var(--good) }
.bad, .failed { color: var(--bad) }
.moved, .incomplete { color: var(--moved) }
.muted, .note, .absent { color: var(--quiet) }
.note { font-size: 13px }
.evidence { margin: 12px 0; padding-left: 1.3em }
.evidence li { margin: 3px 0 }
.evidence li::marker { color: var(--quiet) }
dl { margin: 8px 0; font-size: 14px }
dl .row { display: grid; grid-template-columns: minmax(6rem, 13rem) minmax(0, 1fr); gap: 2px 16px; padding: 4px 0; border-bottom: 1px solid var(--line) }
dl .row:last-child { border-bottom: 0 }
dt { color: var(--quiet) }
dd { margin: 0 }
dd dl { margin: 0; font-size: inherit }
.scroll { overflow-x: auto; margin: 8px 0 }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; line-height: 1.5 }
th, td { text-align: left; vertical-align: top; padding: 4px 14px 4px 0; border-bottom: 1px solid var(--line); font-weight: 400 }
thead th { color: var(--quiet); border-bottom-color: color-mix(in srgb, var(--quiet) 45%, var(--line)) }
tbody tr:last-child > * { border-bottom: 0 }
.line { display: block; padding-left: 1.2em; text-indent: -1.2em }
.number { text-align: right; font-variant-numeric: tabular-nums }
.members td:first-child, .sides td:first-child { width: 1.6em; font-family: var(--mono); font-weight: 600 }
.members td:nth-child(2) { width: 26rem }
.members td:nth-child(3) { width: 6rem; font-family: var(--mono); font-size: 12px; color: var(--quiet); white-space: nowrap }
.members td:last-child { width: 9rem }
.sides { table-layout: fixed }
.sides tr > :first-child { width: 1.6em }
.sides tr > :nth-child(2) { width: 13rem }
.fields { table-layout: fixed }
.fields th:first-child { width: 17rem; color: var(--quiet) }
.fields tr.differs > td:nth-child(2) { background: var(--left-tint) }
.fields tr.differs > td:nth-child(3) { background: var(--right-tint) }
.fields tr.seen > td { background: none !important }
.fields th, .fields td { padding-left: 10px }
.fields tr.above > th, .fields .depth-0 { font-weight: 500; color: var(--ink) }
.depth-1 { padding-left: 24px !important } .depth-2 { padding-left: 38px !important } .depth-3 { padding-left: 52px !important }
.depth-4 { padding-left: 66px !important } .depth-5 { padding-left: 80px !important }
.records :is(th, td) { white-space: nowrap }
details { border: 1px solid var(--line); border-radius: 8px; margin: 8px 0; padding: 0 14px }
summary { cursor: pointer; padding: 8px 0; font-size: 14px }
summary small { margin-left: .6em }
details[open] > summary { border-bottom: 1px solid var(--line); margin-bottom: 8px }
.message.same > summary { color: var(--quiet) }
.nothing { display: none; color: var(--quiet) }
body:has(#only-differences:checked) :is(tr.same, details.same) { display: none }
body:has(#only-differences:checked) .messages:not(:has(details.differs)) .nothing { display: block }
pre { margin: 8px 0; padding: 14px; background: var(--raised); border-radius: 6px; overflow: auto; max-height: 30rem; font-size: 12px; line-height: 1.5; overflow-wrap: normal }
.pictures { display: grid; align-items: start; grid-template-columns: repeat(auto-fit, minmax(min(100%, 340px), 1fr)); gap: 20px }
figure { margin: 0; min-width: 0; border: 1px solid var(--line); border-radius: 10px; padding: 12px 16px 8px }
figcaption { font-size: 14px; font-weight: 600; margin-bottom: 6px }
figcaption small { float: right; margin-left: 1em }
figcaption .established, figcaption .failed, figcaption .incomplete { font-weight: 500 }
svg { display: block; width: 100%; max-width: 560px; height: auto; margin: 0 auto; font-size: 11.5px }
svg text { fill: var(--ink) }
svg .peer { font-weight: 600; text-anchor: middle }
svg .address { font: 10px var(--mono); fill: var(--quiet); text-anchor: middle }
svg .life { stroke: var(--line); stroke-width: 1.5; fill: none }
svg .packet, svg .time { font-size: 10px; fill: var(--quiet); font-variant-numeric: tabular-nums }
svg .packet { text-anchor: end } svg .time { text-anchor: end }
svg .label, svg .aside { text-anchor: middle } svg .aside { fill: var(--quiet) }
svg .line { stroke: currentColor; stroke-width: 1.4; fill: none }
svg .head { fill: currentColor } svg .cross { stroke: currentColor; stroke-width: 1.6 }
svg .step { color: var(--ink) } svg .label { fill: currentColor }
svg .message .label, svg .alert .label { font-weight: 600 }
svg .encrypted { color: var(--quiet) } svg .encrypted .line { stroke-dasharray: 4 3 }
svg .decrypted { color: var(--link) }
svg .transport { color: var(--quiet) } svg .transport .line { stroke-width: .8 }
svg .plaintext { color: var(--moved) } svg .trouble { color: var(--moved) } svg .trouble .line { stroke-dasharray: 1.5 3 }
svg .alert { color: var(--bad) } svg .alert .line { stroke-width: 1.8 }
.legend { max-width: none; font-size: 12px; color: var(--quiet); display: flex; flex-wrap: wrap; gap: 4px 18px }
.legend span::before { content: ""; display: inline-block; width: 22px; vertical-align: .28em; margin-right: 7px; border-top: 2px solid var(--ink) }
.legend .sealed::before { border-top-style: dashed; border-color: var(--quiet) } .legend .opened::before { border-color: var(--link) }
.legend .below::before { border-top-width: 1px; border-color: var(--quiet) } .legend .fatal::before { border-color: var(--bad) } .legend .odd::before { border-color: var(--moved) }
.foot { border-top: 1px solid var(--line); padding-top: 14px; padding-bottom: 40px; font-size: 13px; color: var(--quiet) }
kbd { font: 11px var(--mono); border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px; padding: 0 5px; color: var(--ink) }
.live { display: none } .lively .live { display: revert } .lively .choice.live { display: inline-flex }
.drop { border: 1.5px dashed color-mix(in srgb, var(--quiet) 55%, var(--line)); border-radius: 12px; padding: 26px; margin: 8px 0 28px; text-align: center }
.drop.over { border-color: var(--link); background: var(--raised) }
.drop p { margin: 8px auto; text-wrap: balance }
.drop h1 { font-size: 24px; line-height: 1.3; font-weight: 600; color: inherit; letter-spacing: -.015em; margin: 6px 0 20px; text-wrap: balance }
.drop .buttons { margin: 0 auto 16px } .slot .file { color: var(--quiet); font-size: 14px }
main:has(#report:not(:empty)) .drop { padding: 16px } main:has(#report:not(:empty)) .drop :is(h1, .muted) { display: none }
main:has(#report:not(:empty)) .drop :is(.slots, .buttons) { margin-bottom: 8px } body:has(#report:empty) .foot .live { display: none }
.slots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 260px), 1fr)); gap: 14px; margin: 0 auto 16px; max-width: 780px }
.slot { display: block; border: 1px solid var(--line); border-radius: 8px; padding: 14px; text-align: left; cursor: pointer; background: var(--raised) }
.slot input { position: absolute; opacity: 0; width: 1px; height: 1px }
.slot:has(:focus-visible) { outline: 2px solid var(--link) }
.slot b { display: block; font-weight: 600 }
progress { width: 100%; height: 4px; accent-color: var(--link) }
.trouble-text { color: var(--bad) }
@media (max-width: 720px) {
  .bar, main, .foot { padding-left: 16px; padding-right: 16px }
  .top { position: static }
  input[type=search] { width: 100% } .bar .find { flex: 1 1 100% }
  .verdict.cause { font-size: 17px; padding: 14px 16px }
  figure { padding: 10px 8px 6px }
  dl .row { grid-template-columns: minmax(0, 1fr) }
  dl dl { padding-left: 12px }
  .members, .members tbody, .sides, .sides tbody, .fields, .fields tbody { display: block }
  .members tr { display: flex; flex-wrap: wrap; gap: 0 10px; padding: 5px 0 5px 1.6em; border-bottom: 1px solid var(--line) }
  .members td { padding: 0; border: 0; width: auto !important }
  .members td:first-child { margin-left: -1.6em; width: 1em !important }
  .sides thead, .fields thead { display: none }
  .sides tr, .fields tr { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); padding: 5px 0; border-bottom: 1px solid var(--line) }
  .sides td, .fields td { border: 0; padding: 2px 6px }
  .sides td:first-child { grid-row: 1; grid-column: 1; }
  .sides td:nth-child(2) { grid-row: 1; grid-column: 1 / 3; padding-left: 1.8em; color: var(--quiet) }
  .fields th { grid-column: 1 / 3; border: 0; width: auto !important; padding-top: 0; padding-bottom: 0 }
  details { padding: 0 10px }
}
@media print {
  :root, :root:has(#theme-dark:checked) { color-scheme: light }
  .top, .live, .ticket, .drop { display: none !important }
  body { font-size: 10.5pt } main { padding: 0; max-width: none }
  .pictures { grid-template-columns: 1fr 1fr }
  details { border: 0; padding: 0 } details::details-content { content-visibility: visible !important; display: block !important }
  tr, .step, figure { break-inside: avoid } h2, h3 { break-after: avoid }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth } }
`;
