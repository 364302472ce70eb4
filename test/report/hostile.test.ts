import { describe, expect, it } from "vitest";
import { safeText } from "../../src/bytes/text.ts";
import { FORMATS } from "../../src/report/formats/index.ts";
import { hostileReports, NAMES } from "../support/hostile.ts";

describe.each(NAMES)("the name %j", (name) => {
  it("brings no control or foreign sign into any format", () => {
    for (const report of hostileReports(safeText(name))) {
      for (const format of Object.values(FORMATS)) {
        const text = [...format.render(report)].join("");
        // eslint-disable-next-line no-control-regex
        expect(text.replace(/[✓✗≈◀→…–─]/g, "")).toMatch(/^[\n -~]*$/);
      }
    }
  });

  it("makes no markup in Markdown", () => {
    for (const report of hostileReports(safeText(name))) {
      const text = [...FORMATS.markdown.render(report)].join("");
      const outsideCode = text.replace(/(?<!\\)`[^`\n]*`/g, "CODE");
      expect(outsideCode.replace(/<\/?(?:details|summary|br)>/g, "")).not.toMatch(/[<>@]/);
      expect(outsideCode).not.toMatch(/(?<!\\)\]\(/);
      expect(outsideCode).not.toMatch(/(?<!\\)~~/);
    }
  });

  it("adds no column to a table", () => {
    for (const report of hostileReports(safeText(name))) {
      const text = [...FORMATS.markdown.render(report)].join("");
      for (const table of text.split(/\n\n+/).filter((part) => part.startsWith("|"))) {
        const columns = table.split("\n").filter((line) => line !== "");
        const counts = new Set(columns.map((line) => line.match(/(?<!\\)\|/g)?.length));
        expect(counts.size).toBe(1);
      }
    }
  });
});
