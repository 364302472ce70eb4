import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";
import { safeText } from "../../src/bytes/text.ts";
import { bare } from "../../src/report/document.ts";
import type { Block, Lines } from "../../src/report/document.ts";
import { markdown } from "../../src/report/formats/markdown.ts";
import { compose } from "../../src/report/report.ts";
import type { DiffReport, Report } from "../../src/report/report.ts";
import { hostileReports, NAMES } from "../support/hostile.ts";
import { comparison, goCapture, opensslCapture } from "../support/stories.ts";

const GFM = new MarkdownIt({ html: true, linkify: true });
type Token = ReturnType<typeof GFM.parse>[number];

const STORY: DiffReport = { kind: "diff", comparison, left: goCapture, right: opensslCapture };

describe.each([["the story", [STORY]] as const, ...NAMES.map((name) => [JSON.stringify(name), hostileReports(safeText(name))] as const)])(
  "Markdown of %s",
  (_, reports: readonly Report[]) => {
    it("shows every cell as the document has it", () => {
      for (const report of reports) {
        const tables = flat(compose(report).blocks).flatMap(cellsOf);
        expect(renderedTables(report).slice(0, tables.length)).toEqual(tables);
        expect(tables.length).toBeGreaterThan(0);
      }
    });

    it("has no link, no image, no element but its own, and nothing that a site would link", () => {
      for (const report of reports) {
        const tokens = GFM.parse(text(report), {}).flatMap((token) => [token, ...(token.children ?? [])]);
        expect(tokens.filter(({ type }) => /^(?:link|image)/.test(type))).toEqual([]);
        const elements = tokens
          .filter(({ type }) => type.startsWith("html"))
          .map(({ content }) => content.replace(/>[^<]*</g, "><").trim());
        expect(elements.flatMap((element) => element.match(/<[^>]*>/g) ?? []).filter((element) => !ELEMENTS.has(element))).toEqual([]);
        const words = tokens.filter(({ type }) => type === "text").map(({ content }) => content);
        expect(words.filter((word) => /@\w|#\d|:\/\/|www\./.test(word))).toEqual([]);
      }
    });
  },
);

const ELEMENTS = new Set(["<details>", "</details>", "<summary>", "</summary>", "<br>", "<code>", "</code>"]);

describe("Markdown for a ticket", () => {
  it("says with what it was made, and how to make it again", () => {
    expect(text(STORY)).toMatch(/\| tls-diff \| \d+\.\d+\.\d+ \|/);
    expect(text(STORY)).toContain("`tls-diff go.pcap openssl.pcap`");
  });

  it("quotes names of files as a shell needs it", () => {
    const report = { ...STORY, left: { ...STORY.left, file: "it's x.pcap" } };
    expect(text(report)).toContain(String.raw`tls-diff 'it'\''s x.pcap' openssl.pcap`);
  });

  it("is never longer than 60 kB, closes what it opened, and counts what it left out", () => {
    for (const count of [1, 40, 400]) {
      const report = manyPairs(count);
      const cut = text(report);
      const whole = flat(compose(report).blocks).flatMap(cellsOf);
      const told = renderedTables(report).slice(0, -1);
      const left = /_Cut here.*?: ([\d,]+) rows?/.exec(cut)?.[1]?.replaceAll(",", "") ?? "0";
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(60_000);
      expect(cut.match(/<details>/g)?.length).toBe(cut.match(/<\/details>/g)?.length);
      expect(cut.includes("_Cut here")).toBe(count > 1);
      expect(bodyRows(told) + Number(left)).toBe(bodyRows(whole));
    }
  });

  it("is not longer with one endless name", () => {
    const [list] = hostileReports("x".repeat(200_000));
    expect(Buffer.byteLength(text(list as Report))).toBeLessThanOrEqual(60_000);
  });
});

function text(report: Report): string {
  return [...markdown.render(report)].join("");
}

/** The story told `count` times. */
function manyPairs(count: number): DiffReport {
  const [pair] = STORY.comparison.pairs;
  return { ...STORY, comparison: { ...STORY.comparison, pairs: Array.from({ length: count }, () => pair as NonNullable<typeof pair>) } };
}

function flat(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => (block.kind === "details" ? flat(block.blocks) : [block]));
}

/** Rows without heads. */
function bodyRows(tables: readonly (readonly unknown[])[]): number {
  return tables.reduce((sum, rows) => sum + rows.length - 1, 0);
}

/** The rows of a table, the head first, as far as their columns hold anything. */
function cellsOf(block: Block): string[][][] {
  if (block.kind === "records") {
    const kept = block.columns.flatMap((_, index) => (block.rows.some((row) => row[index]?.text !== "") ? [index] : []));
    const rows = block.rows.map((row) => kept.map((index) => shown([[row[index] as NonNullable<(typeof row)[number]>]])));
    return [[kept.map((index) => block.columns[index]?.title ?? ""), ...rows]];
  }
  if (block.kind !== "table") return [];
  const kept = block.columns.flatMap((_, index) =>
    block.rows.some((row) => (row[index] ?? []).some((line) => bare(line) !== "")) ? [index] : [],
  );
  return [
    [
      kept.map((index) => shown([block.columns[index]?.title ?? []])),
      ...block.rows.map((row) => kept.map((index) => shown(row[index] ?? []))),
    ],
  ];
}

function shown(lines: Lines): string {
  return lines
    .map((line) => bare(line).replaceAll("\u00a0", " "))
    .join("\n")
    .trim();
}

function renderedTables(report: Report): string[][][] {
  const tables: string[][][] = [];
  let isInside = false;
  for (const token of GFM.parse(text(report), {})) {
    if (token.type === "table_open") tables.push([]);
    if (token.type === "tr_open") tables.at(-1)?.push([]);
    if (token.type === "table_open" || token.type === "table_close") isInside = token.type === "table_open";
    if (isInside && token.type === "inline") tables.at(-1)?.at(-1)?.push(cellText(token));
  }
  return tables;
}

function cellText({ children }: Token): string {
  return (children ?? [])
    .map(({ type, content }) =>
      type === "html_inline" && content === "<br>" ? "\n" : type === "text" || type === "code_inline" ? content : "",
    )
    .join("")
    .trim();
}
