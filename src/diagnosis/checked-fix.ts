/**
 * Tries fixes that change what the client sends: does the failing hello, as it would be with the fix, allow what the server chose where
 * it worked? A fix can be tried if it names a suite, or a setting with which the library of
 * clients has a recording of the same client.
 */
import { tlsCounterpart } from "../registry/tls-versions.ts";
import { entriesWith, libraryEntries, type LibraryEntry } from "../clients/library.ts";
import { applySetting } from "../clients/setting.ts";
import { type Shape, shapeOf } from "../clients/shape.ts";
import type { Fix, FixCheck } from "./contract.ts";
import { blockedBy } from "./counterfactual.ts";
import type { Offer } from "./offer.ts";
import { CLIENT_PLACES } from "./places.ts";
import type { View } from "./view.ts";

/** The result of trying `fix`, whose words are `text`; `undefined` if it does not change the hello, or the hello was not the reason. */
export function checkFix({ where }: Fix, text: string, view: View): FixCheck | undefined {
  const { working, blocked } = view;
  if (working === undefined || blocked.length === 0 || !CLIENT_PLACES.has(where)) return undefined;
  const offer = withNamedSuite(text, view) ?? withRecordedSetting(text, view);
  if (offer === undefined) return "unknown";
  return blockedBy(offer, working).length === 0 ? "acceptable" : "refused";
}

/** The offer with the suite that the server chose, if the fix names it. */
function withNamedSuite(text: string, { failing, blocked }: View): Offer | undefined {
  const suite = blocked.find(({ aspect }) => aspect === "suite")?.value;
  const isNamed = [suite?.name, suite?.openssl].some((name) => typeof name === "string" && isWordOf(name, text));
  if (suite === undefined || !isNamed) return undefined;
  return { ...failing.offer, suites: [...failing.offer.suites, Number.parseInt(suite.id, 16)] };
}

/** The offer with a setting that the fix names, if the client was recorded with it and without it. */
function withRecordedSetting(text: string, { failing }: View): Offer | undefined {
  const shape = failing.hello === undefined ? undefined : shapeOf(failing.hello, failing.handshake.protocol);
  if (shape === undefined) return undefined;
  const same = new Set(entriesWith(shape).map(({ id }) => id));
  const isTold = ({ base, knob }: LibraryEntry): boolean =>
    base !== undefined && knob !== undefined && same.has(base) && isWordOf(knob, text);
  const variant = libraryEntries().find(isTold);
  return variant === undefined ? undefined : offerWith(failing.offer, applySetting(shape, variant));
}

function offerWith(offer: Offer, shape: Shape): Offer {
  return {
    ...offer,
    suites: numbers(shape.suites),
    groups: numbers(shape.groups),
    shares: numbers(shape.keyShares),
    ...(offer.namesVersions ? { versions: numbers(shape.versions).map(tlsCounterpart) } : {}),
    ...(offer.schemes === undefined ? {} : { schemes: numbers(shape.schemes) }),
  };
}

/** Numbers of hex digits. */
function numbers(list: readonly string[]): number[] {
  return list.map((digits) => Number.parseInt(digits, 16));
}

/** Does the text contain these words, and not only as part of longer ones? */
function isWordOf(words: string, text: string): boolean {
  const at = text.indexOf(words);
  return at >= 0 && !/[\w:,+-]/.test(text.charAt(at + words.length)) && !/\w/.test(text.charAt(at - 1));
}
