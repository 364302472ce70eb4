/** The kinds of reports, and the documents made of them: the one place that knows which composer belongs to which. */
import type { Comparison, DifferenceClass } from "../diff/difference.ts";
import type { CheckedCapture } from "../expectation/expectation.ts";
import type { Capture, Handshake } from "../handshake/handshake.ts";
import type { Client } from "../clients/reference.ts";
import { composeClients } from "./compose-clients.ts";
import { composeCheck } from "./compose-check.ts";
import { composeDiff } from "./compose-diff.ts";
import { composeExplain, type ExplainedCapture } from "./compose-explain.ts";
import { composeList, listLine } from "./compose-list.ts";
import type { ListedCapture } from "./compose-list.ts";
import { composeRules, type ToldRule } from "./compose-rules.ts";
import { ListTroubles } from "./list-troubles.ts";
import { composeShow } from "./compose-show.ts";
import type { Document } from "./document.ts";

/** The handshakes of captures, a line each. */
export interface ListReport {
  readonly kind: "list";
  readonly captures: readonly Capture[];
  /** Also the attempts that never reached a hello. */
  readonly all?: boolean;
}

/** One handshake in every detail. */
export interface ShowReport {
  readonly kind: "show";
  readonly capture: Capture;
  readonly handshake: Handshake;
}

/** Two captures compared; the same capture twice if it was compared within. */
export interface DiffReport {
  readonly kind: "diff";
  readonly comparison: Comparison;
  readonly left: Capture;
  readonly right: Capture;
  /** Fold nothing; noise is in the comparison if it was asked for there. */
  readonly all?: boolean;
  /** Classes of differences that count as failures; the relevant ones by default. */
  readonly failOn?: readonly DifferenceClass[];
}

/** Captures checked against expectations. */
export interface CheckReport {
  readonly kind: "check";
  readonly captures: readonly CheckedCapture[];
  /** The configuration's path. */
  readonly config: string;
}

/** Captures whose handshakes carry their diagnosis. */
export interface ExplainReport {
  readonly kind: "explain";
  readonly captures: readonly (Capture & ExplainedCapture)[];
  readonly all?: boolean;
}

/** The words of causes: the page of one, or the list of several. */
export interface RulesReport {
  readonly kind: "rules";
  readonly rules: readonly ToldRule[];
}

/** The clients of the library. */
export interface ClientsReport {
  readonly kind: "clients";
  readonly clients: readonly Client[];
}

/** Anything that can be reported: a closed union on `kind`. */
export type Report = ListReport | ShowReport | DiffReport | ExplainReport | RulesReport | ClientsReport | CheckReport;

/** The report as a document; for a comparison, `unfolded` shows every difference, including those folded into a count. */
export function compose(report: Report, unfolded = false): Document {
  if (report.kind === "list") return composeList(listed(report));
  if (report.kind === "clients") return composeClients(report.clients);
  if (report.kind === "show") return composeShow(report.capture, report.handshake);
  if (report.kind === "explain") return composeExplain(report.captures, report.all === true);
  if (report.kind === "check") return composeCheck(report.captures);
  if (report.kind === "rules") return composeRules(report.rules);
  return composeDiff(report.comparison, report.left, report.right, { all: report.all === true, unfolded });
}

/** Is the handshake listed? Attempts without a hello are only listed with `all`. */
export function isListed(handshake: Handshake, all: boolean): boolean {
  return all || handshake.messages.length > 0;
}

function listed(report: ListReport): ListedCapture[] {
  return report.captures.map((capture) => {
    const shown = capture.handshakes.filter((handshake) => isListed(handshake, report.all === true));
    const troubles = new ListTroubles();
    for (const handshake of shown) troubles.see(handshake);
    return { capture, lines: shown.map(listLine), hidden: capture.handshakes.length - shown.length, troubles };
  });
}
