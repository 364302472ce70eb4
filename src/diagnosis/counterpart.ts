/** What a failure is compared with: the handshake that it is paired with, or one that says more. */
import type { Handshake } from "../handshake/handshake.ts";

/** The partner, or, if that failed as well, one of the handshakes `beside` it that works at the same server with the same name. */
export function counterpartOf(failing: Handshake, partner: Handshake, beside: readonly Handshake[]): Handshake {
  if (failing.outcome !== "failed" || partner.outcome !== "failed") return partner;
  let working = cache.get(beside);
  if (working === undefined) cache.set(beside, (working = firstWorking(beside)));
  return working.get(keyOf(failing)) ?? partner;
}

/** {@link firstWorking} of each capture, because it is needed for each failure. */
const cache = new WeakMap<readonly Handshake[], ReadonlyMap<string, Handshake>>();

/** The first working handshake for each server and name. */
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
