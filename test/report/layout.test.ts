import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { terminal } from "../../src/cli/terminal.ts";
import { bare } from "../../src/report/document.ts";
import type { Text, Tone } from "../../src/report/document.ts";
import { FORMATS } from "../../src/report/formats/index.ts";
import { wrap } from "../../src/report/layout/wrap.ts";
import { writeJson } from "../../src/report/layout/json-text.ts";
import type { Report } from "../../src/report/report.ts";
import { comparison, goCapture, goHandshake, opensslCapture, opensslHandshake } from "../support/stories.ts";

const octets = "160301002a01000026030300ff".repeat(9);
const REPORTS: readonly Report[] = [
  { kind: "diff", comparison, left: goCapture, right: opensslCapture },
  { kind: "diff", comparison, left: { ...goCapture, file: `${"long/".repeat(30)}go.pcap` }, right: opensslCapture, all: true },
  { kind: "list", captures: [goCapture, opensslCapture] },
  {
    kind: "list",
    captures: [{ ...goCapture, handshakes: [{ ...goHandshake, serverName: `${"a".repeat(63)}.`.repeat(4) }] }],
  },
  { kind: "show", capture: opensslCapture, handshake: opensslHandshake },
  {
    kind: "show",
    capture: goCapture,
    handshake: { ...goHandshake, messages: goHandshake.messages.map((message) => Object.assign({}, message, { octets })) },
  },
];

function text(report: Report, width: number, ascii = false): string {
  return [...FORMATS.plain.render(report, { width, ascii })].join("");
}

describe("text", () => {
  it("is never wider than it may be, from 40 to 200 cells", () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 200 }), fc.constantFrom(...REPORTS), fc.boolean(), (width, report, ascii) => {
        for (const line of text(report, width, ascii).split("\n")) expect(line.length).toBeLessThanOrEqual(width);
      }),
      { numRuns: 60 },
    );
  });

  it("has no blanks at the end of a line, and ends with one line end", () => {
    for (const report of REPORTS) {
      expect(text(report, 80)).not.toMatch(/[ \t]\n/);
      expect(text(report, 80)).toMatch(/[^\n]\n$/);
    }
  });

  it("is ASCII where only that can be shown", () => {
    // eslint-disable-next-line no-control-regex
    for (const report of REPORTS) expect(text(report, 80, true)).toMatch(/^[\n -~]*$/);
  });

  it("is the same on a terminal without colours as in the plain format", () => {
    for (const report of REPORTS) {
      for (const width of [40, 80, 140]) {
        const drawn = [...terminal({ width, color: false, ascii: false }).render(report)].join("");
        expect(drawn).toBe(text(report, width));
      }
    }
  });

  it("is the same text with colours, and colours are put back at each line's end", () => {
    for (const report of REPORTS) {
      const drawn = [...terminal({ width: 80, color: true, ascii: false }).render(report)].join("");
      // eslint-disable-next-line no-control-regex
      const sgr = /\u001b\[([\d;]+)m/g;
      expect(drawn).toMatch(sgr);
      const stripped = drawn.replace(sgr, "").replace(/[ ]+\n/g, "\n");
      expect(stripped).toBe(text(report, 80));
      for (const line of drawn.split("\n")) {
        const codes = [...line.matchAll(sgr)].map((match) => match[1] as string);
        const ons = codes.filter((sgrCode) => !["39", "22", "22;39"].includes(sgrCode));
        expect(codes.length).toBe(2 * ons.length);
      }
    }
  });
});

describe("the difference of the story", () => {
  const lines = text({ kind: "diff", comparison, left: goCapture, right: opensslCapture }, 80).split("\n");

  it("names the alert in its first lines", () => {
    expect(lines.slice(0, 2).join(" ")).toContain("the   server sent handshake_failure after client_hello (packet 6).");
  });

  it("marks the suite of the server's choice, first of those that only openssl offers", () => {
    const heading = lines.findIndex((line) => line.startsWith("Cipher suites"));
    expect(lines[heading]).toBe("Cipher suites   13 in common, 18 only in openssl.pcap, 3 moved");
    expect(lines[heading + 1]).toMatch(/^ {2}\+ TLS_RSA_WITH_AES_256_CBC_SHA +0x0035 {2}AES256-SHA$/);
    expect(lines[heading + 2]).toMatch(/^ +◀ server's choice$/);
    expect(lines.filter((line) => line.includes("server's choice"))).toHaveLength(1);
  });

  it("folds the long list and counts what it folds", () => {
    expect(lines.filter((line) => / {2}\+ TLS_/.test(line))).toHaveLength(12);
    expect(lines).toContain("    … 6 more; --all shows them");
    const all = text({ kind: "diff", comparison, left: goCapture, right: opensslCapture, all: true }, 80);
    expect(all.match(/^ {2}\+ TLS_/gm)).toHaveLength(18);
    expect(all).not.toContain("more; --all");
  });

  it("counts the noise and does not show it", () => {
    expect(lines.at(-2)).toBe("4 noise differences hidden; --all shows them.");
  });
});

/** What is in the one tone, without blanks. */
function good(spans: Text): string {
  return bare(spans.filter(({ tone }) => tone === "good")).replaceAll(" ", "");
}

describe("wrapping", () => {
  const parts = fc.array(fc.record({ text: fc.stringMatching(/^[ -~]{0,12}$/), tone: fc.constantFrom<Tone>("good", "left") }));

  it("keeps every sign but the blanks at the breaks, and the tones", () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 30 }), (spans: Text, width) => {
        const wrapped = wrap(spans, width);
        for (const line of wrapped) expect(bare(line).length).toBeLessThanOrEqual(width);
        expect(wrapped.map(bare).join("").replaceAll(" ", "")).toBe(bare(spans).replaceAll(" ", ""));
        expect(wrapped.map(good).join("")).toBe(good(spans));
      }),
    );
  });
});

describe("JSON text", () => {
  it("means what went in, whatever it is", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(JSON.parse([...writeJson(value)].join(""))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("leaves out what is absent, and puts on a line what fits", () => {
    expect([...writeJson({ a: undefined, b: { id: "0x0035", name: null } })].join("")).toBe('{ "b": { "id": "0x0035", "name": null } }\n');
  });
});
