/** Lack of a common group, and Diffie-Hellman groups that are too small: proofs shared by several rules. */
import type { Claim } from "./contract.ts";
import { deathOf } from "./death.ts";
import { EXTENSION, numberOf } from "./offer.ts";
import { endWords } from "./suites.ts";
import type { View } from "./view.ts";

/** Groups of which every current server supports at least one. */
const COMMON: ReadonlySet<number> = new Set([0x001d, 0x0017]);

/** The working handshake used a group that the failing hello does not offer, and nothing more fundamental was missing. */
export function groupClaim(view: View): Claim | undefined {
  const { failing, working, blocked } = view;
  // A server that lacks a group sends an alert or closes; if there is silence, nobody has judged the hello.
  if (deathOf(view) === "silence") return undefined;
  if (!failing.endsAfterHello || (failing.alert !== undefined && !failing.refusedWith(40, 71, 47, 10))) return undefined;
  const group = blocked.find(({ aspect }) => aspect === "group")?.value;
  if (working !== undefined && group !== undefined && !blocked.some(({ aspect }) => aspect === "version" || aspect === "suite")) {
    const name = group.name ?? group.id;
    const retry = working.retries.length > 0 ? ", after a HelloRetryRequest" : "";
    const isOnly = takesOnly(view, numberOf(group));
    return {
      confidence: isOnly ? (failing.refusedWith(40, 71, 10) ? "certain" : "likely") : isEmsMissing(view) ? "possible" : "likely",
      summary: isOnly
        ? `the server accepts only the group ${name} (${group.id}), which the client does not offer`
        : `the server chose the group ${name} (${group.id}), which the client does not offer`,
      evidence: [
        failing.evidence(failing.hello?.packet, `offers ${failing.offer.groups.length} groups, not ${name}`),
        working.evidence(working.serverHello?.packet, `the key exchange used ${name}${retry}`),
        failing.evidence(failing.failure?.packet, endWords(view)),
      ],
    };
  }
  const { groups } = failing.offer;
  if (working !== undefined || !failing.refusedWith(40, 71) || groups.length === 0 || groups.length > 4) return undefined;
  if (view.alsoFailed?.offer.groups.some((one) => !groups.includes(one)) === true) return undefined;
  return {
    confidence: "possible",
    summary: groups.some((one) => COMMON.has(one))
      ? "the server may want a group outside the short list that the client offers"
      : "the client offers none of the common groups, x25519 and secp256r1",
    evidence: [
      failing.evidence(failing.hello?.packet, `offers ${groups.length} groups only`),
      failing.evidence(failing.failure?.packet, endWords(view)),
    ],
  };
}

/**
 * Does the choice of a group show that the server accepts no others? It does if the server skipped what the working
 * client preferred. If it took the first of the list, nothing is known about the common groups after it.
 */
function takesOnly({ failing, working }: View, group: number): boolean {
  const list = working?.offer.groups ?? [];
  const behind = list.slice(list.indexOf(group) + 1);
  return working?.retries.length !== 0 || !behind.some((other) => COMMON.has(other) && failing.offer.groups.includes(other));
}

/** Does the failing hello also differ in extended_master_secret, which some servers demand? */
function isEmsMissing({ failing, working }: View): boolean {
  const has = (offer: typeof failing.offer | undefined): boolean => offer?.extensions.includes(EXTENSION.extendedMasterSecret) === true;
  return has(working?.offer) && !has(failing.offer) && working?.isTls13 === false;
}

/** The client refused the prime of ServerKeyExchange, whose size in bits is between the bounds. */
export function dhClaim(view: View, least: number, most: number): Claim | undefined {
  const { failing } = view;
  const exchange = failing.first("server_key_exchange");
  const bits = exchange?.dhPrimeBits;
  if (exchange === undefined || bits === undefined || bits < least || bits > most || failing.failure === undefined) return undefined;
  const after = failing.alert?.by === "client" && /server_key_exchange|server_hello_done|certificate_request/.test(failing.alert.after);
  if (!after && !(failing.failure.by === "client" && failing.first("client_key_exchange") === undefined)) return undefined;
  const fits = failing.alert !== undefined && [40, 47, 71, 42, 80].includes(failing.alert.number);
  if (failing.alert !== undefined && !fits) return undefined;
  return {
    confidence: fits ? "certain" : "likely",
    summary: `the server's Diffie-Hellman group has ${bits} bits, less than the client allows`,
    evidence: [
      failing.evidence(exchange.packet, `the prime in server_key_exchange has ${bits} bits`),
      failing.evidence(failing.failure.packet, endWords(view)),
    ],
  };
}
