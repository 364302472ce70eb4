/** What a rule gets: the handshake that failed, and the one that worked, if any. Made once for each pair. */
import type { Handshake } from "../handshake/handshake.ts";
import { type Blocked, blockedBy } from "./counterfactual.ts";
import type { CaptureSide } from "./contract.ts";
import { Look } from "./look.ts";

/** The basis of a diagnosis. */
export interface View {
  readonly failing: Look;
  /** A handshake that was established, or at least got further than the failing one; absent if there is none. */
  readonly working: Look | undefined;
  /** The other handshake, if it failed as well and got no further: what it offered did not help. */
  readonly alsoFailed: Look | undefined;
  /** What the server chose in the working handshake and the failing hello does not allow, the most fundamental first. */
  readonly blocked: readonly Blocked[];
  /** Both went to the same address and port, or saw the same leaf certificate. */
  readonly isSameServer: boolean;
}

/** The view of a failing handshake, with the one that it is compared with. */
export function viewOf(failing: Handshake, side: CaptureSide, other?: Handshake): View {
  const look = new Look(failing, side);
  const second = other === undefined ? undefined : new Look(other, side === "left" ? "right" : "left");
  const working = second !== undefined && (second.established || progressOf(second) > progressOf(look)) ? second : undefined;
  return {
    failing: look,
    working,
    alsoFailed: working === undefined ? second : undefined,
    blocked: working === undefined || look.hello === undefined ? [] : blockedBy(look.offer, working),
    isSameServer: working === undefined || isSameServer(look, working),
  };
}

function isSameServer(one: Look, other: Look): boolean {
  const [a, b] = [one.handshake.transport.server, other.handshake.transport.server];
  if (a.address === b.address && a.port === b.port) return true;
  const [leaf, otherLeaf] = [one.chain[0]?.sha256, other.chain[0]?.sha256];
  return leaf !== undefined && leaf === otherLeaf;
}

/** How far a handshake got: one that got further is a standard, even if it failed in the end. */
function progressOf(look: Look): number {
  if (look.established) return 6;
  if (look.later("client").length > 0 || look.later("server").length > 0) return 5;
  if (look.first("server_hello_done") !== undefined || look.records("server").length > 2) return 4;
  if (look.serverHello !== undefined) return 3;
  if (look.retries.length > 0) return 2;
  return look.hello === undefined ? 0 : 1;
}
