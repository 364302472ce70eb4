/**
 * The JSON contract (schemaVersion 1): a report comes in, plain data goes out. The model has the contract's
 * shape already; this file only adds the envelopes around it.
 */
import type { Rule, RuleWords } from "../diagnosis/contract.ts";
import type { Capture, Handshake } from "../handshake/handshake.ts";
import type { ToldRule } from "./compose-rules.ts";
import type { Report } from "./report.ts";
import { isListed } from "./report.ts";
import { SCHEMA_VERSION, TOOL } from "./tool.ts";

/** A report as one document. `octets` of messages are only included if they were read. */
export function jsonDocument(report: Report): object {
  const head = { schemaVersion: SCHEMA_VERSION, tool: TOOL };
  if (report.kind === "diff") return { ...head, ...report.comparison };
  if (report.kind === "check") return { ...head, config: report.config, checks: report.captures };
  if (report.kind === "rules") return { ...head, rules: report.rules.map(ruleWords) };
  if (report.kind === "clients") return { ...head, clients: report.clients };
  return { ...head, captures: reportedCaptures(report) };
}

/** One handshake as a line of its own. */
export function handshakeLine(file: string, handshake: Handshake): object {
  return { schemaVersion: SCHEMA_VERSION, file, ...handshake };
}

/** The report as lines: one for each handshake, or for each pair. An input without a handshake gives no line. */
export function* jsonLines(report: Report): Generator<object> {
  if (report.kind === "diff") {
    const { left, right, pairs } = report.comparison;
    for (const pair of pairs) yield { schemaVersion: SCHEMA_VERSION, files: { left: left.file, right: right.file }, ...pair };
    return;
  }
  if (report.kind === "check") {
    for (const checked of report.captures) yield { schemaVersion: SCHEMA_VERSION, ...checked };
    return;
  }
  if (report.kind === "rules") {
    for (const rule of report.rules) yield { schemaVersion: SCHEMA_VERSION, ...ruleWords(rule) };
    return;
  }
  if (report.kind === "clients") {
    for (const client of report.clients) yield { schemaVersion: SCHEMA_VERSION, ...client };
    return;
  }
  for (const capture of reportedCaptures(report)) for (const handshake of capture.handshakes) yield handshakeLine(capture.file, handshake);
}

function reportedCaptures(report: Exclude<Report, { kind: "diff" | "rules" | "clients" | "check" }>): Capture[] {
  if (report.kind === "explain") return [...report.captures];
  if (report.kind === "show") return [{ ...report.capture, handshakes: [report.handshake] }];
  const all = report.all === true;
  return report.captures.map((capture) => ({
    ...capture,
    handshakes: capture.handshakes.filter((handshake) => isListed(handshake, all)),
  }));
}

/** The words of a rule, in the order of its page. */
function ruleWords({ id, title, words }: ToldRule): Pick<Rule, "id" | "title"> & RuleWords {
  const { symptoms, cause, proof, disproof, fixes, references } = words();
  return { id, title, symptoms, cause, proof, disproof, fixes, references };
}
