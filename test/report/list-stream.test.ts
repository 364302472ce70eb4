import { describe, expect, it } from "vitest";
import { LIMITS } from "../../src/fault/limits.ts";
import type { Capture } from "../../src/handshake/handshake.ts";
import { composeList, type ListLine } from "../../src/report/compose-list.ts";
import { drawGrid } from "../../src/report/layout/draw-grid.ts";
import { renderText, type TextStyle } from "../../src/report/layout/text.ts";
import { ListTroubles } from "../../src/report/list-troubles.ts";
import { ListStream } from "../../src/report/list-stream.ts";

const STYLE: TextStyle = { width: 80, ascii: false, paint: (text) => text, draw: (grid, paint) => drawGrid(grid, paint, false) };
const CAPTURE: Capture = {
  file: "a.pcap",
  format: "pcap",
  packets: 9,
  notes: [{ code: "udp", count: 1, message: "what was ignored" }],
  handshakes: [],
};

function line(id: number, name = `name-${id}`): ListLine {
  return ["", "✓", "7", "", "", "", name, "TLS 1.3", "established", "", "", "", ""].map((text, at) => ({
    text: at === 0 ? String(id) : text,
  }));
}

/** The list of handshakes in the order in which they end; `null` has no line. */
function listed(
  ids: readonly number[],
  style: TextStyle = STYLE,
  hidden: ReadonlySet<number> = new Set(),
): { text: string; before: string } {
  let text = "";
  const stream = new ListStream("a.pcap", style, (piece) => (text += piece));
  for (const id of ids) stream.add(id, hidden.has(id) ? null : line(id));
  const before = text;
  expect(stream.end(CAPTURE)).toEqual({ listed: ids.length - hidden.size, hidden: hidden.size });
  return { text, before };
}

const count = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const idsIn = (text: string): number[] => [...text.matchAll(/^ *(\d+) /gm)].map(([, id]) => Number(id));

describe("a list of few handshakes", () => {
  it("is the list of a report, in the order of their numbers", () => {
    const lines = count(1, 20).map((id) => line(id));
    const report = [...renderText(composeList([{ capture: CAPTURE, lines, hidden: 2, troubles: new ListTroubles() }]), STYLE)].join("");
    const { text, before } = listed([...count(1, 20).toReversed(), 21, 22], STYLE, new Set([21, 22]));
    expect(text).toBe(report);
    expect(before).toBe("");
  });
});

describe("a list of many handshakes", () => {
  const many = LIMITS.firstLines + 500;

  it("is written as it comes, once there are enough lines to find the widths", () => {
    const { text, before } = listed(count(1, many));
    expect(idsIn(before)).toEqual(count(1, many));
    expect(text.slice(before.length)).toBe(`\npcap, 9 packets, ${many.toLocaleString("en-US")} handshakes\nwhat was ignored\n`);
    expect(text.startsWith("a.pcap\n")).toBe(true);
  });

  it("keeps the columns where they were, whatever comes later", () => {
    const { text } = listed(count(1, many));
    const rows = text.split("\n").filter((row) => row.includes("established"));
    expect(new Set(rows.map((row) => row.indexOf("TLS 1.3"))).size).toBe(1);
  });

  it("spells its signs in ASCII where they are asked for", () => {
    const { text } = listed(count(1, many), { ...STYLE, ascii: true });
    // eslint-disable-next-line no-control-regex
    expect(/[^\n -~]/.test(text)).toBe(false);
    expect(text).toContain(" ok ");
  });

  it("is in the order of the numbers where connections end in another", () => {
    const shuffled = count(1, many)
      .map((id) => (id % 3 === 0 ? id - 2 : id + 1))
      .filter((id) => id <= many);
    expect(idsIn(listed(shuffled).text).filter((id) => id <= many)).toEqual(shuffled.toSorted((a, b) => a - b));
  });

  it("does not wait for a connection that lasts longer than its lines fit in memory, and says so", () => {
    const last = LIMITS.firstLines + LIMITS.heldLines + 10;
    const { text, before } = listed([...count(2, last), 1]);
    // All but the one that came last, and before that.
    expect(idsIn(before)).toHaveLength(last);
    expect(idsIn(before).at(-1)).toBe(1);
    expect(text).toContain("1 handshake is listed where the connection ended, after later ones.");
  });

  it("holds no more than it may: as many lines are written as come", () => {
    let written = 0;
    const stream = new ListStream("a.pcap", STYLE, (piece) => (written += idsIn(piece).length));
    const end = LIMITS.firstLines + LIMITS.heldLines + 5_000;
    let most = 0;
    for (let id = 2; id <= end; id++) {
      stream.add(id, line(id));
      most = Math.max(most, id - 1 - written);
    }
    expect(most).toBeLessThanOrEqual(LIMITS.firstLines + LIMITS.heldLines + 1);
  });
});
