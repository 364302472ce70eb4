/** Checks handshakes against what is expected of them: one item for each expectation, met or not. Nothing is thrown. */
import { compare } from "../diff/compare.ts";
import type { Difference, DifferenceClass } from "../diff/difference.ts";
import { labelOf } from "../diff/identity.ts";
import type { Capture, Handshake } from "../handshake/handshake.ts";
import type { CheckedItem, Expectation, OfferedList, Offers } from "./expectation.ts";
import { highestVersion, isNamed, offeredIn, type Offered } from "./offered.ts";

/** Classes of differences that count by default. */
export const FAIL_ON: readonly DifferenceClass[] = ["outcome", "semantic", "order", "certificate"];

/** Checks one handshake: an item for each expectation. */
export function checkHandshake(handshake: Handshake, expected: Expectation): CheckedItem[] {
  const found: CheckedItem[] = [];
  const add = (expectation: string, passed: boolean, message: string): void => {
    found.push({ expectation, handshake: handshake.id, passed, message });
  };
  for (const kind of ["mustOffer", "mustNotOffer", "exactly", "anyOrder"] as const) {
    for (const [list, names] of listsOf(expected[kind])) {
      const trouble = JUDGES[kind](offeredIn(handshake, list), names);
      add(
        `${kind}.${list}`,
        trouble === null,
        trouble === null ? `${LIST_WORDS[list]} are as expected` : `${LIST_WORDS[list]}: ${trouble}`,
      );
    }
  }
  const { outcome, fingerprint, highestVersion: version } = expected;
  if (outcome !== undefined) add("outcome", handshake.outcome === outcome, outcomeText(handshake, outcome));
  for (const kind of ["ja3", "ja4"] as const) {
    const wanted = fingerprint?.[kind];
    const had = handshake.fingerprints[kind];
    if (wanted !== undefined) add(`fingerprint.${kind}`, had === wanted, isNot(kind.toUpperCase(), had ?? "not known", wanted));
  }
  if (version !== undefined) {
    const had = highestVersion(handshake);
    add("highestVersion", had !== undefined && isNamed(had, version), isNot("highest version", had?.label ?? "not known", version));
  }
  return found;
}

/** Checks a capture against its baseline: an item for each difference that counts, or one that says there is none. */
export function checkBaseline(capture: Capture, baseline: Capture, failOn: readonly DifferenceClass[] = FAIL_ON): CheckedItem[] {
  const { pairs, unpaired } = compare(baseline, capture);
  const items = pairs.flatMap(({ right, differences }) =>
    differences
      .filter((difference) => failOn.includes(difference.class))
      .map((difference) => ({
        expectation: `baseline.${difference.path}`,
        handshake: right.id,
        passed: false,
        message: differenceText(difference),
        difference,
      })),
  );
  const missing = unpaired.left.map(({ id }) => ({
    expectation: "baseline",
    passed: false,
    message: `handshake ${id} of the baseline has no counterpart in the capture`,
  }));
  const added = unpaired.right.map(({ id }) => ({
    expectation: "baseline",
    handshake: id,
    passed: false,
    message: `handshake ${id} has no counterpart in the baseline`,
  }));
  const troubles: CheckedItem[] = [...items, ...missing, ...added];
  return troubles.length > 0 ? troubles : [{ expectation: "baseline", passed: true, message: "nothing differs from the baseline" }];
}

/** A difference in one line: `clientHello.cipherSuites: without TLS_A, new TLS_B`. */
export function differenceText(difference: Difference): string {
  if (difference.kind === "value") return `${difference.path}: ${told(difference.left)} became ${told(difference.right)}`;
  const { onlyLeft, onlyRight, moved } = difference;
  const parts = [
    ...(onlyLeft.length > 0 ? [`without ${onlyLeft.map(labelOf).join(", ")}`] : []),
    ...(onlyRight.length > 0 ? [`new ${onlyRight.map(labelOf).join(", ")}`] : []),
    ...(moved.length > 0 ? [`moved ${moved.map(labelOf).join(", ")}`] : []),
  ];
  return `${difference.path}: ${parts.join("; ")}`;
}

function told(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === "") return "empty";
  // A baseline has this in place of what differs in every connection.
  if (value === "*") return "any value";
  return typeof value === "string" ? value : labelOf(value);
}

/** Includes what ended the handshake: readers of a CI log have no other output at hand. */
function outcomeText({ outcome, failure }: Handshake, wanted: string): string {
  if (outcome === wanted || failure === undefined) return isNot("outcome", outcome, wanted);
  const how = failure.alert?.name ?? (failure.encrypted === true ? "an encrypted alert" : failure.kind);
  return isNot("outcome", `${outcome} (${how} by ${failure.by})`, wanted);
}

function isNot(what: string, had: string, wanted: string): string {
  return had === wanted ? `${what} is ${wanted}` : `${what} is ${had}, expected ${wanted}`;
}

const LIST_WORDS: Readonly<Record<OfferedList, string>> = {
  versions: "versions",
  cipherSuites: "cipher suites",
  extensions: "extensions",
  groups: "groups",
  keyShares: "key shares",
  signatureSchemes: "signature schemes",
  alpn: "ALPN protocols",
  compressionMethods: "compression methods",
};

type Judge = (offered: readonly Offered[], names: readonly string[]) => string | null;

/** What is wrong with a list, or null. */
const JUDGES: Readonly<Record<"mustOffer" | "mustNotOffer" | "exactly" | "anyOrder", Judge>> = {
  mustOffer: (offered, names) => {
    const missing = names.filter((name) => !offered.some((member) => isNamed(member, name)));
    return missing.length === 0 ? null : `does not offer ${missing.join(", ")}`;
  },
  mustNotOffer: (offered, names) => {
    const present = names.filter((name) => offered.some((member) => isNamed(member, name)));
    return present.length === 0 ? null : `offers ${present.join(", ")}`;
  },
  exactly: (offered, names) => {
    const others = membersTrouble(offered, names);
    if (others !== null) return others;
    const at = names.findIndex((name, index) => !isNamed(offered[index] as Offered, name));
    return at < 0 ? null : `place ${at + 1} is ${offered[at]?.label}, expected ${names[at]}`;
  },
  anyOrder: membersTrouble,
};

function membersTrouble(offered: readonly Offered[], names: readonly string[]): string | null {
  const rest = [...offered];
  const missing = names.filter((name) => {
    const at = rest.findIndex((member) => isNamed(member, name));
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  const parts = [
    ...(missing.length > 0 ? [`does not offer ${missing.join(", ")}`] : []),
    ...(rest.length > 0 ? [`offers ${rest.map(({ label }) => label).join(", ")} as well`] : []),
  ];
  return parts.length === 0 ? null : parts.join("; ");
}

function listsOf(offers: Offers | undefined): [OfferedList, readonly string[]][] {
  return Object.entries(offers ?? {}) as [OfferedList, readonly string[]][];
}
