/** What a report was made with, and how to reproduce it: what a ticket needs besides the report itself. */
import type { Capture } from "../handshake/handshake.ts";
import { captureDetail } from "./compose-list.ts";
import { bare, code, plain, sign, span } from "./document.ts";
import type { Block, Lines } from "./document.ts";
import type { Report } from "./report.ts";
import { TOOL } from "./tool.ts";
import { countText, fileText } from "./words.ts";

/** Captures that are listed one by one. */
const TOLD = 8;
/** Characters of the longest file name. */
const LONGEST = 200;

/** The blocks, folded; nothing for a report that is not about captures. */
export function environmentBlocks(report: Report): Block[] {
  // A list shows what is in captures; it is not a report about a failure.
  const captures = report.kind === "list" ? [] : capturesOf(report);
  if (captures.length === 0) return [];
  const rows: Lines[][] = [
    [[plain("tls-diff")], [plain(TOOL.version)]],
    ...captures.slice(0, TOLD).map((capture): Lines[] => [[[code(nameOf(capture))]], [captureText(capture)]]),
  ];
  if (captures.length > TOLD) rows.push([[plain(`${sign("more")} ${captures.length - TOLD} more`)], [[]]]);
  return [
    {
      kind: "details",
      title: "Environment, and how to reproduce",
      blocks: [
        { kind: "table", headed: true, columns: [{ title: plain("what") }, { title: plain("which") }], rows },
        { kind: "paragraph", text: [span("The same again: "), code(commandOf(report, captures))] },
        {
          kind: "paragraph",
          text: [
            span("A capture like these: "),
            code("tcpdump -i any -s 0 -U -w out.pcap"),
            span(", started before the client and stopped after the failure, so that whole packets of both directions are in it."),
          ],
        },
      ],
    },
  ];
}

/** The captures that a report is about, each once. */
export function capturesOf(report: Report): readonly Capture[] {
  switch (report.kind) {
    case "diff":
      return report.left === report.right ? [report.left] : [report.left, report.right];
    case "show":
      return [report.capture];
    case "rules":
    case "clients":
    case "check":
      return [];
    default:
      return report.captures;
  }
}

function captureText(capture: Capture): Lines[number] {
  const { bytes, linkTypes = [] } = capture;
  const parts = [bare(captureDetail(capture)), bytes === undefined ? "" : countText(bytes, "octet"), ...linkTypes.slice(0, 4)];
  return plain(parts.filter((part) => part !== "").join(", "));
}

function commandOf(report: Report, captures: readonly Capture[]): string {
  const words = captures.slice(0, TOLD).map((capture) => quoted(nameOf(capture)));
  if (captures.length > TOLD) words.push(sign("more"));
  const files = words.join(" ");
  const all = "all" in report && report.all ? " --all" : "";
  if (report.kind === "diff") return `tls-diff ${files}${all}`;
  if (report.kind === "show") return `tls-diff show ${files} --id ${report.handshake.id}`;
  return `tls-diff ${report.kind} ${files}${all}`;
}

function nameOf(capture: Capture): string {
  const name = fileText(capture.file);
  return name.length > LONGEST ? `${sign("more")}${name.slice(1 - LONGEST)}` : name;
}

/** The word as a shell needs it. */
function quoted(word: string): string {
  return /^[\w./:=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
