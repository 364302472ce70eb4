/** The claim that rules share for alerts that say nothing but their name. */
import type { Claim } from "./contract.ts";
import { endWords } from "./suites.ts";
import type { View } from "./view.ts";

/** The claim that the handshake ended with this alert; `undefined` if the alert only answers the other side's end. */
export function alertClaim(view: View, number: number, summary: string): Claim | undefined {
  const { failing } = view;
  if (failing.alert?.number !== number || failing.established) return undefined;
  return { confidence: "possible", summary, evidence: [failing.evidence(failing.alert.packet, endWords(view))] };
}
