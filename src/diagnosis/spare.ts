/** Spare connections: browsers open some in advance, and abandon them. */
import type { Handshake } from "../handshake/handshake.ts";
import { Look } from "./look.ts";

/** Is it spare? Leaving it means nothing if the same client spoke to the same server in another connection of the capture. */
export function isSpare(look: Look, beside: readonly Handshake[]): boolean {
  if (look.alert !== undefined || (look.leave ?? look.earlyLeave) === undefined) return false;
  return spokenIn(beside, whoAsks(look.handshake)).some((other) => other !== look.handshake);
}

/** Established connections of one client to one server, and, once asked for, the first two of them in which the client spoke. */
interface Asked {
  readonly established: Handshake[];
  spoken?: readonly Handshake[];
}

/** Results per capture, because they are needed for each of its handshakes. */
const captures = new WeakMap<readonly Handshake[], Map<string, Asked>>();

function spokenIn(handshakes: readonly Handshake[], key: string): readonly Handshake[] {
  let byKey = captures.get(handshakes);
  if (byKey === undefined) captures.set(handshakes, (byKey = group(handshakes)));
  const asked = byKey.get(key);
  return asked === undefined ? [] : (asked.spoken ??= firstTwo(asked.established, (one) => new Look(one, "left").clientSpoke));
}

function group(handshakes: readonly Handshake[]): Map<string, Asked> {
  const byKey = new Map<string, Asked>();
  for (const handshake of handshakes) {
    if (handshake.outcome !== "established") continue;
    const key = whoAsks(handshake);
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, { established: [handshake] });
    else known.established.push(handshake);
  }
  return byKey;
}

/** A key for which client asks which server for what. */
function whoAsks({ transport: { client, server }, serverName = "", clientStack }: Handshake): string {
  return [client.address, server.address, server.port, serverName, clientStack?.name ?? ""].join(" ");
}

function firstTwo<T>(list: readonly T[], holds: (one: T) => boolean): T[] {
  const found: T[] = [];
  for (const one of list) {
    if (holds(one)) found.push(one);
    if (found.length === 2) break;
  }
  return found;
}
