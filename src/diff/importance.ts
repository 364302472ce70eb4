/**
 * The order in which a reader wants differences: how it ended, what was agreed, the
 * decisive parts of the offer, the rest, and finally noise. Differences that only repeat what was agreed are dropped.
 */
import type { Difference } from "./difference.ts";

/** Beginnings of paths, the most important first; the first that fits decides. */
const ORDER: readonly string[] = [
  "outcome",
  "failure.kind",
  "failure.by",
  "failure.alert",
  "failure",
  "protocol",
  "startTls",
  "via",
  "proxyTarget",
  "proxySource",
  "negotiated.version",
  "negotiated.cipherSuite",
  "negotiated.group",
  "negotiated.signatureScheme",
  "negotiated.alpn",
  "negotiated",
  "ech",
  "clientHello.malformed",
  "clientHello.legacyVersion",
  "clientHello.extensions.supported_versions",
  "clientHello.recordVersion",
  "clientHello.cipherSuites",
  "clientHello.extensions.supported_groups",
  "clientHello.extensions.key_share",
  "clientHello.extensions.ec_point_formats",
  "clientHello.extensions.signature_algorithms",
  "clientHello.extensions.signature_algorithms_cert",
  "clientHello.extensions.server_name",
  "clientHello.extensions.application_layer_protocol_negotiation",
  "clientHello.extensions",
  "clientHello",
  "helloVerifyRequest",
  "helloRetryRequest",
  "secondClientHello",
  "serverHello",
  "encryptedExtensions",
  "serverKeyExchange",
  "certificateRequest",
];

/** Beginnings of paths that come last, after those above and all others. */
const LAST: readonly string[] = [
  "certificateChain",
  "certificates",
  "clientCertificates",
  "certificateStatus",
  "compressedCertificate",
  "alerts",
  "messages",
  "transport",
];

/** For each choice, the message fields from which it was read. */
const SAID_BY_CHOICE: Readonly<Record<string, readonly string[]>> = {
  "negotiated.version": [
    "serverHello.legacyVersion",
    "serverHello.recordVersion",
    "serverHello.extensions.supported_versions.version",
    "helloRetryRequest.extensions.supported_versions.version",
  ],
  "negotiated.cipherSuite": ["serverHello.cipherSuite", "helloRetryRequest.cipherSuite"],
  "negotiated.group": ["serverHello.extensions.key_share.entry.group", "serverKeyExchange.group"],
  "negotiated.signatureScheme": ["serverKeyExchange.signatureScheme", "certificateVerify.signatureScheme"],
  "negotiated.alpn": [
    "serverHello.extensions.application_layer_protocol_negotiation.protocols",
    "encryptedExtensions.extensions.application_layer_protocol_negotiation.protocols",
  ],
};

/** The differences in the order of their importance; equally important ones keep their order. */
export function inOrderOfImportance(differences: readonly Difference[]): Difference[] {
  const said = new Set(differences.flatMap(({ path }) => SAID_BY_CHOICE[path] ?? []));
  return differences
    .filter(({ path }) => !said.has(path))
    .map((difference) => ({ difference, rank: rankOf(difference) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ difference }) => difference);
}

function rankOf({ path, class: kind }: Difference): number {
  const noise = kind === "noise" ? 10_000 : 0;
  const named = ORDER.findIndex((start) => startsWith(path, start));
  if (named >= 0) return noise + named;
  const last = LAST.findIndex((start) => startsWith(path, start));
  return noise + (last >= 0 ? 2_000 + last : 1_000);
}

function startsWith(path: string, start: string): boolean {
  if (!path.startsWith(start)) return false;
  const next = path[start.length];
  return next === undefined || next === "." || next === "[";
}
