/**
 * The heart of the diagnosis: did the failing hello allow each thing that the server chose in the working
 * handshake? What it did not allow is a candidate for the cause. Suite, group, signature scheme and the kind of
 * certificate depend on each other, so a more fundamental one (the version) hides what follows from it.
 */
import type { CodePoint } from "../registry/codepoint.ts";
import { suiteParts } from "../registry/suite.ts";
import { tlsCounterpart } from "../registry/tls-versions.ts";
import type { Look } from "./look.ts";
import { numberOf, type Offer, offersVersion } from "./offer.ts";
import { groupOfKey, keyOfCertificate, keyOfScheme, keyOfServer, schemesFor } from "./signatures.ts";

/** What the failing hello did not allow. */
export interface Blocked {
  readonly aspect: "version" | "suite" | "group" | "certificate" | "scheme" | "alpn";
  /** The server's choice in the working handshake. */
  readonly value: CodePoint;
}

/** Everything in the server's working answer that a hello with this offer does not allow, the most fundamental first. */
export function blockedBy(offer: Offer, working: Look): Blocked[] {
  if (working.serverHello === undefined) return [];
  const { version, suite, group, scheme, alpn } = working.choice;
  // A suite of another version does not matter.
  if (version !== undefined && !offersVersion(offer, tlsCounterpart(numberOf(version)))) return [{ aspect: "version", value: version }];
  const blocked: Blocked[] = [];
  // If the capture cuts the hello off within its suites, only what precedes them is known.
  if (suite !== undefined && offer.suites.length > 0 && !offer.suites.includes(numberOf(suite)))
    blocked.push({ aspect: "suite", value: suite });
  if (group !== undefined && offer.groups.length > 0 && !offer.groups.includes(numberOf(group)))
    blocked.push({ aspect: "group", value: group });
  blocked.push(...blockedSignatures(offer, working, scheme));
  if (alpn !== undefined && offer.alpn.length > 0 && !offer.alpn.includes(alpn))
    blocked.push({ aspect: "alpn", value: { id: "0x0010", name: alpn } });
  return blocked;
}

/** If the failing client can verify any scheme that the server's key can sign with, the scheme that the server took does not matter. */
function blockedSignatures(offer: Offer, working: Look, scheme: CodePoint | undefined): Blocked[] {
  const { schemes } = offer;
  if (schemes === undefined) return [];
  const key = scheme === undefined ? keyOfServer(working) : keyOfScheme(numberOf(scheme));
  if (key !== undefined && !schemesFor(key, working.isTls13).some((usable) => schemes.includes(usable)))
    return [{ aspect: "certificate", value: scheme ?? { id: "0x0000", name: key } }];
  // In TLS 1.2 the scheme does not determine the curve; supported_groups does (RFC 8422 §5.1).
  const curve = working.isTls13 ? undefined : groupOfKey(keyOfCertificate(working.chain[0]));
  if (curve !== undefined && offer.groups.length > 0 && !offer.groups.includes(curve) && working.offer.groups.includes(curve))
    return [{ aspect: "certificate", value: { id: "0x0000", name: key ?? null } }];
  if (scheme === undefined || schemes.includes(numberOf(scheme))) return [];
  return [{ aspect: "scheme", value: scheme }];
}

/** A suite's key exchange: `ECDHE`, `RSA`, `DHE`, `TLS13`, … */
export function keyExchangeOf(suite: number): string {
  return suiteParts(suite)?.keyExchange ?? "";
}
