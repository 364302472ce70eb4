/** What a failure is measured by: the handshake that it is paired with, or one that tells more. */
import type { Handshake } from "../handshake/handshake.ts";

/** The partner, or, where that failed as well, what works at the same server for the same name in the partner's capture. */
export function measureFor(failing: Handshake, partner: Handshake, beside: readonly Handshake[]): Handshake {
  if (failing.outcome !== "failed" || partner.outcome !== "failed") return partner;
  let working = captures.get(beside);
  if (working === undefined) captures.set(beside, (working = firstWorking(beside)));
  return working.get(keyOf(failing)) ?? partner;
}

/** Of each capture what works first at each server: it is asked about each of its failures. */
const captures = new WeakMap<readonly Handshake[], ReadonlyMap<string, Handshake>>();

function firstWorking(handshakes: readonly Handshake[]): ReadonlyMap<string, Handshake> {
  const found = new Map<string, Handshake>();
  for (const handshake of handshakes) {
    const key = keyOf(handshake);
    if (handshake.outcome === "established" && !found.has(key)) found.set(key, handshake);
  }
  return found;
}

function keyOf({ serverName = "", transport: { server } }: Handshake): string {
  return [server.address, server.port, serverName].join(" ");
}
