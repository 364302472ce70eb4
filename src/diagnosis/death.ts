/**
 * A hello whose only answer was the end: a reset, a close, or silence. Candidates for the cause are properties of the failing hello
 * that the working one lacks; the fewer there are, the surer the finding.
 */
import type { Claim, Confidence, Evidence } from "./contract.ts";
import { EXTENSION } from "./offer.ts";
import { endWords } from "./suites.ts";
import type { View } from "./view.ts";

/** How a connection died after its hello. */
export type Death = "reset" | "close" | "silence";

/** How it died, if nothing of TLS came back. */
export function deathOf({ failing }: View): Death | undefined {
  const { failure } = failing;
  if (failure === undefined || failing.hello === undefined) return undefined;
  if (!failing.isUnanswered) return undefined;
  // What the client does after the server's FIN is only a reaction.
  const first = failing.events.find(({ kind, packet }) => (kind === "fin" || kind === "rst") && packet >= (failing.hello?.packet ?? 0));
  if (failure.kind === "reset" && failure.by !== "client") return "reset";
  if (failure.kind === "close" && failure.by === "server") return "close";
  if (failure.kind === "timeout") return "silence";
  if (failure.kind === "close" && failure.by === "client") return "silence";
  return first?.from === "server" ? (first.kind === "rst" ? "reset" : "close") : undefined;
}

/** A property of hellos that some devices are known to fail on. */
export type Trait =
  | "tls13"
  | "large"
  | "grease"
  | "ech"
  | "no-name"
  | "name"
  | "no-session-id"
  | "records"
  | "record-version"
  | "length"
  | "empty-last";

/** Groups whose key share alone fills most of a segment. */
export const LARGE_GROUPS: readonly number[] = [0x11ec, 0x11eb, 0x11ed, 0x6399, 0x639a];

/** Traits that the failing hello has and the working one lacks; without a working one, all that it has. */
export function traitsOf(view: View): readonly Trait[] {
  const { failing, working } = view;
  const ours = traits(failing);
  if (working === undefined || working.hello === undefined) return ours;
  const theirs = traits(working);
  const only = ours.filter((trait) => !theirs.includes(trait));
  if (failing.offer.serverName !== working.offer.serverName && failing.offer.serverName !== undefined) only.push("name");
  return only;
}

function traits(look: View["failing"]): Trait[] {
  const { offer, hello } = look;
  const found: Trait[] = [];
  const last = hello?.extensions?.at(-1);
  const isTls13 = offer.versions.includes(0x0304);
  if (isTls13) found.push("tls13");
  if (offer.shares.some((group) => LARGE_GROUPS.includes(group)) && look.helloLength > 1_000) found.push("large");
  if (offer.hasGrease) found.push("grease");
  if (offer.extensions.includes(EXTENSION.encryptedClientHello)) found.push("ech");
  if (hello !== undefined && offer.serverName === undefined) found.push("no-name");
  if (isTls13 && hello?.sessionId === "" && look.handshake.protocol === "tls") found.push("no-session-id");
  if ((hello?.records ?? 1) > 1) found.push("records");
  if (hello?.recordVersion?.id === "0x0303" || hello?.recordVersion?.id === "0x0300") found.push("record-version");
  if (look.helloLength >= 256 && look.helloLength <= 511 && !offer.extensions.includes(EXTENSION.padding)) found.push("length");
  if (last !== undefined && last.length === 0 && last.name !== "GREASE") found.push("empty-last");
  return found;
}

/** The claim that the other side failed on a trait. */
export function deathClaim(
  view: View,
  trait: Trait,
  alone: Confidence | undefined,
  summary: string,
  has: string,
  lacks: string,
): Claim | undefined {
  const { failing, working } = view;
  if (deathOf(view) === undefined || !traitsOf(view).includes(trait)) return undefined;
  if (working === undefined && alone === undefined) return undefined;
  const evidence: Evidence[] = [failing.evidence(failing.hello?.packet, has)];
  if (working?.serverHello !== undefined) evidence.push(working.evidence(working.serverHello.packet, lacks));
  evidence.push(failing.evidence(failing.failure?.packet, deathWords(view)));
  return { confidence: working?.serverHello === undefined ? (alone ?? "possible") : "likely", summary, evidence };
}

/** The end, with what the transport shows about who caused it. */
export function deathWords(view: View): string {
  const { failing } = view;
  const reset = failing.events.find(({ kind, from }) => kind === "rst" && from === "server");
  const opened = failing.events.find(({ kind }) => kind === "syn-ack");
  const heard = failing.events.findLast(({ kind, from }) => kind === "ack" && from === "server")?.length;
  const sent = failing.events
    .filter(({ kind, from }) => kind === "segment" && from === "client")
    .reduce((sum, { length = 0 }) => sum + length, 0);
  const parts = [endWords(view)];
  if (heard !== undefined && heard >= sent) parts.push("its TCP had acknowledged the whole hello");
  else if (heard !== undefined && heard > 0) parts.push(`its TCP had acknowledged ${heard} of ${sent} octets`);
  if (reset?.ttl !== undefined && opened?.ttl !== undefined && reset.ttl !== opened.ttl)
    parts.push(`the reset has TTL ${reset.ttl}, the server's SYN-ACK ${opened.ttl}`);
  return parts.join("; ");
}
