/** Kinds of server keys for which a hello has no scheme, or no curve: proofs shared by several rules. */
import type { Claim } from "./contract.ts";
import { EXTENSION, numberOf } from "./offer.ts";
import { keyOfCertificate, keyOfScheme, type KeyKind, keysOfLength, schemesFor, signatureLength } from "./signatures.ts";
import { endWords } from "./suites.ts";
import type { View } from "./view.ts";

/** The server's key is one of these kinds, and the failing hello has no scheme for it. */
export function keyClaim(view: View, kinds: readonly KeyKind[]): Claim | undefined {
  const { failing, working, blocked } = view;
  const { schemes } = failing.offer;
  const shown = shownKeyClaim(view, kinds);
  if (shown !== undefined) return shown;
  if (working === undefined || schemes === undefined || !failing.endsAfterHello) return undefined;
  if (failing.alert !== undefined && !failing.refusedWith(40, 71, 47)) return undefined;
  if (blocked.some(({ aspect }) => aspect === "version" || aspect === "group" || aspect === "suite")) return undefined;
  const { key, sure, shows } = serverKey(view);
  if (key === undefined || !kinds.includes(key)) return undefined;
  // A server that lacks a scheme sends an alert or closes; a kind of key known only by a length is too weak a proof for any other end.
  if (failing.failure?.kind === "timeout" || (!sure && !failing.refusedWith(40, 71))) return undefined;
  if (schemesFor(key, working.isTls13).some((usable) => schemes.includes(usable))) return undefined;
  return {
    confidence: sure && failing.refusedWith(40, 71) ? "certain" : "likely",
    summary: `the server's certificate has a key of the kind ${key}, for which the client accepts no signature scheme`,
    evidence: [
      failing.evidence(failing.hello?.packet, `signature_algorithms has no scheme for ${key}`),
      working.evidence(shows.packet, shows.text),
      failing.evidence(failing.failure?.packet, endWords(view)),
    ],
  };
}

/** Some servers, including Go's, send their certificate before they choose a scheme: then the failing capture shows both certificate and alert. */
function shownKeyClaim({ failing }: View, kinds: readonly KeyKind[]): Claim | undefined {
  const { alert, offer } = failing;
  const certificate = failing.certificateOf("server");
  const key = keyOfCertificate(certificate?.certificates[0]);
  const isNext = failing.first("server_key_exchange") === undefined && failing.first("client_key_exchange") === undefined;
  if (alert?.by !== "server" || ![40, 47, 71, 80].includes(alert.number) || !isNext) return undefined;
  if (key === undefined || !kinds.includes(key) || offer.schemes === undefined) return undefined;
  if (schemesFor(key, failing.isTls13).some((usable) => offer.schemes?.includes(usable))) return undefined;
  return {
    confidence: "certain",
    summary: `the server's certificate has a key of the kind ${key}, for which the client accepts no signature scheme`,
    evidence: [
      failing.evidence(failing.hello?.packet, `signature_algorithms has no scheme for ${key}`),
      failing.evidence(certificate?.packet, `the certificate's key is ${key}`),
      failing.evidence(alert.packet, `the server sends ${alert.name} after its certificate`),
    ],
  };
}

/** The curves for whose certificates TLS 1.3 has a scheme, by their group names. */
const NIST: ReadonlySet<string> = new Set(["secp256r1", "secp384r1", "secp521r1"]);

/** The certificate's curve, a NIST curve or another one, is not in supported_groups of the failing hello (TLS 1.2). */
export function curveClaim(view: View, isNist: boolean): Claim | undefined {
  const { failing, working } = view;
  const shown = shownCurveClaim(view, isNist);
  if (shown !== undefined) return shown;
  const leaf = working?.chain[0];
  const curve = leaf?.publicKey?.curve;
  if (working === undefined || curve === undefined || working.isTls13 || !failing.endsAfterHello) return undefined;
  if (failing.alert !== undefined && !failing.refusedWith(40, 71, 47)) return undefined;
  if (NIST.has(curveName(curve)) !== isNist) return undefined;
  const names = groupNames(failing);
  if (names.length === 0 || names.includes(curveName(curve)) || !groupNames(working).includes(curveName(curve))) return undefined;
  return {
    confidence: failing.refusedWith(40, 71) ? "certain" : "likely",
    summary: `the server's certificate is on the curve ${curve}, which the client does not name in supported_groups`,
    evidence: [
      failing.evidence(failing.hello?.packet, `supported_groups lacks ${curve}`),
      working.evidence(working.certificateOf("server")?.packet, `the certificate's key is on ${curve}`),
      failing.evidence(failing.failure?.packet, endWords(view)),
    ],
  };
}

/** Some servers, including Go's, ignore the curves: they send the certificate, and the client rejects it. */
function shownCurveClaim({ failing }: View, isNist: boolean): Claim | undefined {
  const { alert, chain } = failing;
  const curve = chain[0]?.publicKey?.curve;
  if (alert?.by !== "client" || ![40, 42, 43, 47].includes(alert.number) || curve === undefined || failing.isTls13) return undefined;
  const names = groupNames(failing);
  if (NIST.has(curveName(curve)) !== isNist || names.length === 0 || names.includes(curveName(curve))) return undefined;
  return {
    confidence: alert.number === 47 ? "certain" : "likely",
    summary: `the server's certificate is on the curve ${curve}, which the client does not name in supported_groups`,
    evidence: [
      failing.evidence(failing.hello?.packet, `supported_groups lacks ${curve}`),
      failing.evidence(failing.certificateOf("server")?.packet, `the certificate's key is on ${curve}`),
      failing.evidence(alert.packet, `the client sends ${alert.name} after it`),
    ],
  };
}

interface ServerKey {
  readonly key: KeyKind | undefined;
  /** Seen, not inferred from a length. */
  readonly sure: boolean;
  readonly shows: { readonly packet: number; readonly text: string };
}

function serverKey({ failing, working }: View): ServerKey {
  const certificate = working?.certificateOf("server");
  const leaf = keyOfCertificate(certificate?.certificates[0]);
  if (leaf !== undefined)
    return { key: leaf, sure: true, shows: { packet: certificate?.packet ?? 0, text: `the certificate's key is ${leaf}` } };
  const scheme = working?.choice.scheme;
  const signed = scheme === undefined ? undefined : keyOfScheme(numberOf(scheme));
  const packet = working?.serverHello?.packet ?? 0;
  if (signed !== undefined) return { key: signed, sure: true, shows: { packet, text: `the server signs with ${scheme?.name ?? ""}` } };
  if (working === undefined || !working.isTls13) return { key: undefined, sure: false, shows: { packet, text: "" } };
  const length = signatureLength(working);
  // If two kinds have signatures of this length, it is the one that the failing client cannot verify.
  const schemes = failing.offer.schemes ?? [];
  const offered = working.offer.schemes ?? [];
  const isSameName = failing.offer.serverName === working.offer.serverName;
  const kinds = keysOfLength(length);
  const key = (kinds.length === 1 || isSameName ? kinds : []).find((kind) => {
    const usable = schemesFor(kind, true);
    return usable.some((one) => offered.includes(one)) && !usable.some((one) => schemes.includes(one));
  });
  return {
    key,
    sure: false,
    shows: { packet, text: `the server's encrypted signature has ${length} octets, as one of ${key ?? "its key"} has` },
  };
}

function groupNames(look: View["failing"]): readonly string[] {
  const groups = look.hello?.extensions?.find((extension) => numberOf(extension) === EXTENSION.supportedGroups)?.data?.["groups"];
  return Array.isArray(groups) ? groups.map(({ name }: { name: string | null }) => curveName(name ?? "")) : [];
}

/** One spelling for `prime256v1`, `P-256`, `secp256r1`. */
function curveName(name: string): string {
  const known: Readonly<Record<string, string>> = {
    prime256v1: "secp256r1",
    "p-256": "secp256r1",
    "p-384": "secp384r1",
    "p-521": "secp521r1",
  };
  const lower = name.toLowerCase();
  return known[lower] ?? lower;
}
