/** Findings as a test compares them. */
import { diagnoseHandshake, diagnosePair } from "../../src/diagnosis/diagnose.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";

/** `rule confidence` of each finding about a failing handshake, beside a working one if there is one. */
export function told(failing: Handshake, working?: Handshake): string[] {
  const findings = working === undefined ? diagnoseHandshake(failing) : diagnosePair(failing, working);
  return findings.map(({ rule, confidence }) => `${rule} ${confidence}`);
}
