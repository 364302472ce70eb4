import { describe, expect, it } from "vitest";
import { safeText } from "../../src/bytes/text.ts";
import type { Comparison } from "../../src/diff/difference.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import { FORMATS } from "../../src/report/formats/index.ts";
import type { Report } from "../../src/report/report.ts";
import { goCapture, goHandshake } from "../support/stories.ts";

const NAMES = [
  "\u001b[31mred\u001b[0m",
  "\u202egnp.exe",
  "a|b|c",
  "<script>alert(1)</script>",
  "`code` **bold** _it_ ~~no~~",
  "[link](http://evil.example) ![x](y) @someone #1",
  "back\\slash",
  "line\r\n::error::broken",
];

/** A name as a decoder gives it, in every place of the report. */
function reports(name: string): Report[] {
  const hostile = safeText(name);
  const handshake: Handshake = {
    ...goHandshake,
    serverName: hostile,
    failure: { kind: "not-tls", by: "server", packet: 5, text: hostile, after: hostile },
    negotiated: { alpn: hostile, version: { id: "0x0303", name: hostile } },
    messages: goHandshake.messages.map((message) => Object.assign({}, message, { malformed: hostile, [hostile]: hostile })),
  };
  const capture = { ...goCapture, file: hostile, handshakes: [handshake], notes: [{ code: "x", count: 1, message: hostile }] };
  const comparison: Comparison = {
    left: { file: hostile, handshakes: 1 },
    right: { file: hostile, handshakes: 1 },
    identical: false,
    pairs: [
      {
        left: { id: 1 },
        right: { id: 1 },
        pairedBy: "order",
        identical: false,
        hidden: { noise: 0 },
        diagnosis: [],
        differences: [
          { path: "negotiated.alpn", class: "semantic", kind: "value", left: hostile },
          { path: `clientHello.${hostile}`, class: "semantic", kind: "value", left: hostile, right: [hostile] },
          {
            path: `clientHello.extensions.${hostile}.protocols`,
            class: "semantic",
            kind: "list",
            onlyLeft: [hostile],
            onlyRight: [{ id: hostile, name: hostile, data: { [hostile]: hostile } }],
            moved: [{ [hostile]: hostile }],
            common: 0,
            left: [hostile],
            right: [],
          },
        ],
      },
    ],
    unpaired: { left: [{ id: 1 }], right: [] },
  };
  return [
    { kind: "list", captures: [capture] },
    { kind: "show", capture, handshake },
    { kind: "diff", comparison, left: capture, right: capture },
  ];
}

describe.each(NAMES)("the name %j", (name) => {
  it("brings no control or foreign sign into any format", () => {
    for (const report of reports(name)) {
      for (const format of Object.values(FORMATS)) {
        const text = [...format.render(report)].join("");
        // eslint-disable-next-line no-control-regex
        expect(text.replace(/[✓✗≈◀→…–─]/g, "")).toMatch(/^[\n -~]*$/);
      }
    }
  });

  it("makes no markup in Markdown", () => {
    for (const report of reports(name)) {
      const text = [...FORMATS.markdown.render(report)].join("");
      const outsideCode = text.replace(/(?<!\\)`[^`\n]*`/g, "CODE");
      expect(outsideCode.replace(/<\/?(?:details|summary|br)>/g, "")).not.toMatch(/[<>@]/);
      expect(outsideCode).not.toMatch(/(?<!\\)\]\(/);
      expect(outsideCode).not.toMatch(/(?<!\\)~~/);
    }
  });

  it("adds no column to a table", () => {
    for (const report of reports(name)) {
      const text = [...FORMATS.markdown.render(report)].join("");
      for (const table of text.split(/\n\n+/).filter((part) => part.startsWith("|"))) {
        const columns = table.split("\n").filter((line) => line !== "");
        const counts = new Set(columns.map((line) => line.match(/(?<!\\)\|/g)?.length));
        expect(counts.size).toBe(1);
      }
    }
  });
});
