/** An alert that says no more than its name: the claim that the rules for such alerts share. */
import type { Claim } from "./contract.ts";
import { endWords } from "./suites.ts";
import type { View } from "./view.ts";

/** The handshake ended with this alert. An echo of the other side's end is none. */
export function alertClaim(view: View, number: number, summary: string): Claim | undefined {
  const { failing } = view;
  if (failing.alert?.number !== number || failing.established) return undefined;
  return { confidence: "possible", summary, evidence: [failing.evidence(failing.alert.packet, endWords(view))] };
}
