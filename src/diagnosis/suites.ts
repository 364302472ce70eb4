/**
 * Lack of a common cipher suite: the suite of the working handshake that the failing hello lacks, and the
 * kind of suite that it lacks altogether. The rules for suites differ in the kind; the proof is the same, and is here.
 */
import type { CodePoint } from "../registry/codepoint.ts";
import { suiteParts } from "../registry/suite.ts";
import type { Claim } from "./contract.ts";
import { numberOf } from "./offer.ts";
import type { View } from "./view.ts";

/** A kind of suite that a hello can lack altogether. */
export type SuiteKind = "tls13" | "RC4" | "3DES" | "DHE" | "RSA" | "ECDSA" | "RSA certificate" | "CHACHA20" | "CBC" | "other";

/** Tests for the kinds, the most specific first. */
const KINDS: readonly (readonly [SuiteKind, (suite: number) => boolean])[] = [
  ["tls13", (suite) => partsOf(suite).keyExchange === "TLS13"],
  ["RC4", (suite) => partsOf(suite).cipher.startsWith("RC4")],
  ["3DES", (suite) => partsOf(suite).cipher.startsWith("3DES")],
  ["DHE", (suite) => partsOf(suite).keyExchange === "DHE"],
  ["RSA", (suite) => partsOf(suite).keyExchange === "RSA"],
  ["ECDSA", (suite) => partsOf(suite).authentication === "ECDSA"],
  ["RSA certificate", (suite) => partsOf(suite).authentication === "RSA"],
  ["CHACHA20", (suite) => partsOf(suite).cipher.startsWith("CHACHA20")],
  ["CBC", (suite) => partsOf(suite).mode === "cbc" && partsOf(suite).keyExchange !== "TLS13"],
];

/** The kind of suite that the working server chose and the failing hello lacks altogether. */
function missingKind(view: View): { readonly kind: SuiteKind; readonly suite: CodePoint } | undefined {
  const { failing, blocked } = view;
  const suite = blocked.find(({ aspect }) => aspect === "suite")?.value;
  if (suite === undefined || !failing.endsAfterHello) return undefined;
  if (failing.alert !== undefined && ![40, 71, 47, 80].includes(failing.alert.number)) return undefined;
  const number = numberOf(suite);
  if (partsOf(number).keyExchange === "TLS13") return { kind: "tls13", suite };
  const kind = KINDS.find(
    ([name, is]) => is(number) && !failing.offer.suites.some((offered) => is(offered) && isLike(name, offered, number)),
  );
  return { kind: kind?.[0] ?? "other", suite };
}

/** Could the server have taken one instead of the other? A TLS 1.3 suite cannot replace an older one, nor a CBC suite with SHA-2 one with SHA-1, which is all that the oldest servers have. */
function isLike(kind: SuiteKind, offered: number, wanted: number): boolean {
  if (isSignal(offered) || partsOf(offered).keyExchange === "TLS13") return false;
  return kind !== "CBC" || partsOf(wanted).mac !== "SHA" || partsOf(offered).mac === "SHA";
}

/** The claim of a rule whose kind is missing; `lacks` says what the hello does not have. */
export function suiteClaim(view: View, kind: SuiteKind, summary: (suite: string) => string, lacks: string): Claim | undefined {
  const missing = missingKind(view);
  const { failing, working } = view;
  if (missing === undefined || missing.kind !== kind || working === undefined) return undefined;
  const name = missing.suite.name ?? missing.suite.id;
  const common = failing.offer.suites.filter((suite) => working.offer.suites.includes(suite) && !isSignal(suite)).length;
  const refused = failing.alert !== undefined && [40, 71].includes(failing.alert.number);
  const count = failing.offer.suites.filter((suite) => !isSignal(suite)).length;
  const passed = common > 0 ? `, and took none of the ${common} that both clients offer` : "";
  return {
    confidence: refused ? "certain" : "likely",
    summary: summary(`${name} (${missing.suite.id})`),
    evidence: [
      failing.evidence(failing.hello?.packet, `offers ${count} cipher suites, ${lacks}`),
      working.evidence(working.serverHello?.packet, `the server chose ${name}${passed}`),
      failing.evidence(failing.failure?.packet, endWords(view)),
    ],
  };
}

/** How the server ended it, in a few words. */
export function endWords({ failing }: View): string {
  const { failure, alert } = failing;
  if (alert !== undefined) return `the ${alert.by} sends ${alert.name}${alert.after === "" ? "" : ` after ${alert.after}`}`;
  if (failure === undefined) return "the capture does not show the end";
  const who = failure.by === "path" ? "something on the path" : `the ${failure.by}`;
  const after = failure.after === undefined ? "" : ` after ${failure.after}`;
  if (failure.kind === "reset") return `${who} resets the connection${after}`;
  if (failure.kind === "close") return `${who} closes the connection${after}`;
  if (failure.kind === "not-tls") return `${who} answers in plaintext${failure.text === undefined ? "" : `: ${failure.text}`}`;
  if (failure.kind === "timeout") return failure.by === "path" ? "no answer arrives" : `${who} does not answer`;
  return `${who} ends it (${failure.kind})${after}`;
}

/** TLS_EMPTY_RENEGOTIATION_INFO_SCSV and TLS_FALLBACK_SCSV are signals, not suites. */
export function isSignal(suite: number): boolean {
  return suite === 0x00ff || suite === 0x5600;
}

/** Does the hello offer a suite of this kind? */
export function offersKind(suites: readonly number[], kind: SuiteKind): boolean {
  const is = KINDS.find(([name]) => name === kind)?.[1];
  return is !== undefined && suites.some((suite) => is(suite) && partsOf(suite).keyExchange !== "TLS13");
}

function partsOf(suite: number): { keyExchange: string; authentication: string; cipher: string; mode: string; mac: string } {
  const { keyExchange = "", authentication = "", cipher, mode = "", mac = "" } = suiteParts(suite) ?? {};
  return { keyExchange, authentication, cipher: cipher ?? "", mode, mac };
}
