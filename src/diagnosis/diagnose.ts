/**
 * Makes findings of handshakes: every rule gets the same view, the surest finding comes first, and what a
 * stronger finding explains is left out. If no rule finds anything, the result is inconclusive.
 */
import type { Comparison, Pair } from "../diff/difference.ts";
import type { Capture, Handshake } from "../handshake/handshake.ts";
import { checkFix } from "./checked-fix.ts";
import type { CaptureSide, Claim, Confidence, Evidence, Finding, Rule, ToldFix } from "./contract.ts";
import { INCONCLUSIVE, inconclusive } from "./inconclusive.ts";
import { counterpartOf } from "./counterpart.ts";
import { concerned } from "./places.ts";
import { differentServer } from "./rules/different-server.ts";
import { RULES } from "./rules/index.ts";
import { isSpare } from "./spare.ts";
import { type View, viewOf } from "./view.ts";

/** How much to report. */
export interface DiagnoseOptions {
  /** The fixes for every stack, not only for those seen. */
  readonly all?: boolean;
  /** For a single handshake: all handshakes of its capture. What a client does in one connection shows what it meant in another. */
  readonly beside?: readonly Handshake[];
}

/** Why a handshake failed, as far as its own capture shows it; the most likely cause first. Empty if nothing failed. */
export function diagnoseHandshake(handshake: Handshake, options: DiagnoseOptions = {}): Finding[] {
  return diagnoseSide(handshake, undefined, "left", options);
}

/** Why one or both of two handshakes failed; what works is the standard for what does not. Empty if nothing failed. */
export function diagnosePair(left: Handshake, right: Handshake, options: DiagnoseOptions = {}): Finding[] {
  return diagnoseBoth(left, right, [left], [right], options);
}

/** The findings for two handshakes, given all handshakes of their captures. */
function diagnoseBoth(
  left: Handshake,
  right: Handshake,
  ours: readonly Handshake[],
  theirs: readonly Handshake[],
  options: DiagnoseOptions,
): Finding[] {
  const findings = [
    ...diagnoseSide(left, counterpartOf(left, right, theirs), "left", { ...options, beside: ours }),
    ...diagnoseSide(right, counterpartOf(right, left, ours), "right", { ...options, beside: theirs }),
  ];
  // A cause on one side is enough, as the other side was the standard for it.
  const causes = findings.filter(({ rule }) => rule !== INCONCLUSIVE && !FALLBACKS.has(rule));
  return (causes.length > 0 ? causes : findings).sort((a, b) => SURENESS.indexOf(a.confidence) - SURENESS.indexOf(b.confidence));
}

/** The comparison with the diagnosis of each of its pairs. */
export function withDiagnosis(comparison: Comparison, left: Capture, right: Capture, options: DiagnoseOptions = {}): Comparison {
  const [ours, theirs] = [byId(left), byId(right)];
  const pairs = comparison.pairs.map((pair): Pair => {
    const [one, other] = [ours.get(pair.left.id), theirs.get(pair.right.id)];
    if (one === undefined || other === undefined) return pair;
    return { ...pair, diagnosis: diagnoseBoth(one, other, left.handshakes, right.handshakes, options) };
  });
  return { ...comparison, pairs };
}

function byId({ handshakes }: Capture): ReadonlyMap<number, Handshake> {
  return new Map(handshakes.map((handshake) => [handshake.id, handshake]));
}

const FALLBACKS: ReadonlySet<string> = new Set(RULES.filter(({ isFallback }) => isFallback === true).map(({ id }) => id));

const SURENESS: readonly Confidence[] = ["certain", "likely", "possible"];

/** A rule, and what it claims. */
interface Found {
  readonly rule: Rule;
  readonly claim: Claim;
}

function diagnoseSide(failing: Handshake, other: Handshake | undefined, side: CaptureSide, options: DiagnoseOptions): Finding[] {
  // A recorded client has no outcome to be judged.
  if (failing.reference !== undefined) return [];
  const view = viewOf(failing, side, other);
  if (isSpare(view.failing, options.beside ?? [])) return [];
  const { offer } = view.failing;
  const found = RULES.flatMap((rule): Found[] => {
    const claim = offer.isCut === true && rule.needsWholeHello === true ? undefined : rule.check(view);
    return claim === undefined ? [] : [{ rule, claim: capped(claim, view) }];
  });
  const causes = loweredBy(
    differentServer,
    found.filter(({ rule }) => rule.isFallback !== true),
  );
  const order = (causes.length > 0 ? causes : found).toSorted(
    (a, b) => SURENESS.indexOf(a.claim.confidence) - SURENESS.indexOf(b.claim.confidence),
  );
  const told = order.filter(({ rule }, index) => !order.slice(0, index).some((stronger) => stronger.rule.explains?.includes(rule.id)));
  const findings = told.map(({ rule, claim }) => findingOf(rule, claim, view, options));
  return causes.length > 0 ? findings : [...inconclusive(view), ...findings];
}

/** Limits the confidence of the findings that `rule` explains to its own, if it has found something. */
function loweredBy(rule: Rule, found: readonly Found[]): readonly Found[] {
  const limit = found.find((one) => one.rule === rule)?.claim.confidence;
  if (limit === undefined || limit === "possible") return found;
  return found.map((one) =>
    one.claim.confidence === "certain" && rule.explains?.includes(one.rule.id) === true
      ? { ...one, claim: { ...one.claim, confidence: limit } }
      : one,
  );
}

/** Lowers the confidence of claims that rest on a comparison with another server: they cannot be certain. */
function capped(claim: Claim, { isSameServer, failing }: View): Claim {
  const compares = claim.evidence.some(({ side }: Evidence) => side !== failing.side);
  return claim.confidence === "certain" && compares && !isSameServer ? { ...claim, confidence: "likely" } : claim;
}

function findingOf(rule: Rule, { confidence, summary, evidence }: Claim, view: View, { all }: DiagnoseOptions): Finding {
  const { failing } = view;
  const { id, title } = rule;
  const { disproof, fixes: known } = rule.words();
  const fixes = (all === true ? known : concerned(known, failing)).map((fix): ToldFix => {
    const { where, source } = fix;
    const text = filled(fix.text, view);
    const checked = checkFix(fix, text, view);
    return { where, text, source, ...(checked === undefined ? {} : { checked }) };
  });
  return { rule: id, title, confidence, side: failing.side, summary, evidence, disproof, fixes };
}

/** Fills suite names into the words of fixes: `{suite}` as IANA spells it, `{openssl}` as OpenSSL does. */
function filled(text: string, { blocked }: View): string {
  const suite = blocked.find(({ aspect }) => aspect === "suite")?.value;
  return text.replaceAll("{suite}", suite?.name ?? "the suite").replaceAll("{openssl}", suite?.openssl ?? suite?.name ?? "the suite");
}
