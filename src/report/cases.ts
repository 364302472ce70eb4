/** Any report as cases that passed or failed, for the formats of CI systems. Texts are safe to print, but not yet escaped. */
import type { Finding } from "../diagnosis/contract.ts";
import type { Pair } from "../diff/difference.ts";
import { differenceText, FAIL_ON } from "../expectation/check.ts";
import type { CheckedCapture } from "../expectation/expectation.ts";
import type { Handshake } from "../handshake/handshake.ts";
import type { DiffReport, Report } from "./report.ts";
import { endText } from "./sentence.ts";
import { capital, fileText } from "./words.ts";

/** What is wrong with a case. */
export interface Problem {
  /** Names the kind of problem: a class of differences, an expectation, the cause of a failure. */
  readonly rule: string;
  /** One sentence without its full stop. */
  readonly message: string;
  /** The title of the rule, if it is the cause of a failure. */
  readonly title?: string;
}

/** One thing that was examined. */
export interface Case {
  /** The capture, or the two captures, that it belongs to. */
  readonly suite: string;
  readonly name: string;
  /** The file that a problem is reported for. */
  readonly file: string;
  readonly problems: readonly Problem[];
  /** Why it could not be examined. */
  readonly error?: Problem;
}

/** The cases of a report, in order. Pages of rules, and the list of clients, have none. */
export function casesOf(report: Report): Case[] {
  if (report.kind === "rules" || report.kind === "clients") return [];
  if (report.kind === "diff") return diffCases(report);
  if (report.kind === "check") return report.captures.flatMap(checkCases);
  if (report.kind === "show") return [handshakeCase(report.capture.file, report.handshake)];
  return report.captures.flatMap(({ file, handshakes }) => handshakes.map((handshake) => handshakeCase(file, handshake)));
}

function diffCases({ comparison, left, right, failOn = FAIL_ON }: DiffReport): Case[] {
  const file = fileText(right.file);
  const suite = left === right ? file : `${fileText(left.file)} and ${file}`;
  const pairs = comparison.pairs.map((pair): Case => {
    const handshake = right.handshakes.find(({ id }) => id === pair.right.id);
    return { suite, name: `handshake ${pair.right.id}${nameText(handshake)}`, file, problems: pairProblems(pair, failOn) };
  });
  const alone = (["left", "right"] as const).flatMap((side) =>
    comparison.unpaired[side].map(({ id }): Case => {
      const own = fileText((side === "left" ? left : right).file);
      return {
        suite,
        name: `handshake ${id} of ${own}`,
        file: own,
        problems: [{ rule: "unpaired", message: `handshake ${id} of ${own} has no counterpart` }],
      };
    }),
  );
  return [...pairs, ...alone];
}

function pairProblems({ differences, diagnosis }: Pair, failOn: readonly string[]): Problem[] {
  const counting = differences.filter((difference) => failOn.includes(difference.class));
  const cause = (diagnosis as readonly Finding[])[0];
  const causes = cause === undefined || counting.length === 0 ? [] : [causeProblem(cause)];
  return [...causes, ...counting.map((difference) => ({ rule: difference.class, message: differenceText(difference) }))];
}

function checkCases({ capture, error, items }: CheckedCapture): Case[] {
  if (error !== undefined) {
    return [{ suite: capture, name: "is readable", file: capture, problems: [], error: { rule: error.code, message: error.message } }];
  }
  return items.map(({ expectation, handshake, passed, message, difference }) => {
    const rule = difference?.class ?? expectation.split(".", 1)[0] ?? expectation;
    return {
      suite: capture,
      name: `${expectation}${handshake === undefined ? "" : ` of handshake ${handshake}`}`,
      file: capture,
      problems: passed ? [] : [{ rule, message }],
    };
  });
}

function handshakeCase(file: string, handshake: Handshake): Case {
  const [cause] = (handshake as { diagnosis?: readonly Finding[] }).diagnosis ?? [];
  const failed = cause === undefined ? { rule: "handshake-failed", message: endText(handshake).replace(/\.$/, "") } : causeProblem(cause);
  return {
    suite: fileText(file),
    name: `handshake ${handshake.id}${nameText(handshake)}`,
    file: fileText(file),
    problems: handshake.outcome === "failed" ? [failed] : [],
  };
}

function causeProblem({ rule, title, summary }: Finding): Problem {
  return { rule, message: capital(summary).replace(/\.$/, ""), title };
}

function nameText(handshake: Handshake | undefined): string {
  return handshake?.serverName === undefined ? "" : ` with ${handshake.serverName}`;
}
