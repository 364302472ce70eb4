/** Names that would do harm where they are not escaped, and reports that hold such a name in every place. */
import type { Comparison } from "../../src/diff/difference.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import type { Report } from "../../src/report/report.ts";
import { goCapture, goHandshake } from "./stories.ts";

export const NAMES = [
  "\u001b[31mred\u001b[0m",
  "\u202egnp.exe",
  "a|b|c",
  "<script>alert(1)</script>",
  "`code` **bold** _it_ ~~no~~",
  "[link](http://evil.example) ![x](y) @someone #1",
  "back\\slash",
  "line\r\n::error::broken",
  "<img src=x onerror=alert(1)>",
  "</script><script>alert(1)</script>",
  '"><svg onload=alert(1)>',
  "someone@example.test www.example.test GH-12 a/b#3 :tada:",
  "``two`` and `one|`",
];

/** A name as a decoder gives it, in every place of a report. */
export function hostileReports(hostile: string): Report[] {
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
