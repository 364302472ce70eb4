/** What a ClientHello offers, as numbers that rules compare. What it does not offer is empty; flags mark what it leaves open. */
import type { ClientHello, Extension } from "../message/message.ts";
import type { CodePoint } from "../registry/codepoint.ts";
import { tlsCounterpart } from "../registry/tls-versions.ts";

/** A hello's lists, GREASE left out. */
export interface Offer {
  /** TLS versions (DTLS: their counterparts). Without supported_versions, only the highest, see {@link offersVersion}. */
  readonly versions: readonly number[];
  /** The list of versions is complete, because supported_versions was sent. */
  readonly namesVersions: boolean;
  /** The capture lacks the end of the hello, which may contain anything. */
  readonly isCut?: true;
  readonly suites: readonly number[];
  readonly groups: readonly number[];
  readonly shares: readonly number[];
  /** signature_algorithms, not signature_algorithms_cert; absent if it was not sent. */
  readonly schemes?: readonly number[];
  readonly alpn: readonly string[];
  /** In the order sent. */
  readonly extensions: readonly number[];
  readonly compression: readonly number[];
  readonly hasGrease: boolean;
  readonly serverName?: string;
}

/** The number of a code point. */
export function numberOf(point: CodePoint | undefined): number {
  return point === undefined ? -1 : Number.parseInt(point.id, 16);
}

/** The fields of an extension by its number. */
export function dataOf(extensions: readonly Extension[] | undefined, number: number): Readonly<Record<string, unknown>> | undefined {
  return extensions?.find((extension) => numberOf(extension) === number)?.data;
}

/** Does the message carry this extension? */
export function hasExtension(extensions: readonly Extension[] | undefined, number: number): boolean {
  return extensions?.some((extension) => numberOf(extension) === number) === true;
}

/** Numbers of the extensions that rules name. */
export const EXTENSION = {
  serverName: 0x0000,
  maxFragmentLength: 0x0001,
  statusRequest: 0x0005,
  supportedGroups: 0x000a,
  pointFormats: 0x000b,
  signatureAlgorithms: 0x000d,
  alpn: 0x0010,
  padding: 0x0015,
  extendedMasterSecret: 0x0017,
  recordSizeLimit: 0x001c,
  sessionTicket: 0x0023,
  preSharedKey: 0x0029,
  earlyData: 0x002a,
  supportedVersions: 0x002b,
  cookie: 0x002c,
  postHandshakeAuth: 0x0031,
  keyShare: 0x0033,
  encryptedClientHello: 0xfe0d,
  renegotiationInfo: 0xff01,
} as const;

/** Reads a hello. */
export function offerOf(hello: ClientHello): Offer {
  const { extensions } = hello;
  const versions = pointsIn(dataOf(extensions, EXTENSION.supportedVersions)?.["versions"]);
  const entries = dataOf(extensions, EXTENSION.keyShare)?.["entries"];
  const shares = Array.isArray(entries) ? entries.map((entry: { group?: CodePoint }) => entry.group) : [];
  const schemes = dataOf(extensions, EXTENSION.signatureAlgorithms)?.["schemes"];
  const serverName = dataOf(extensions, EXTENSION.serverName)?.["serverName"];
  const groups = pointsIn(dataOf(extensions, EXTENSION.supportedGroups)?.["groups"]);
  const lists = [hello.cipherSuites ?? [], extensions ?? [], groups, versions];
  return {
    versions: (versions.length > 0 ? numbers(versions) : hello.legacyVersion === undefined ? [] : [numberOf(hello.legacyVersion)]).map(
      tlsCounterpart,
    ),
    namesVersions: versions.length > 0,
    ...(hello.malformed?.startsWith("the capture holds") === true ? { isCut: true } : {}),
    suites: numbers(hello.cipherSuites ?? []),
    groups: numbers(groups),
    shares: numbers(pointsIn(shares)),
    ...(Array.isArray(schemes) ? { schemes: numbers(pointsIn(schemes)) } : {}),
    alpn: stringsIn(dataOf(extensions, EXTENSION.alpn)?.["protocols"]),
    extensions: numbers(extensions ?? []),
    compression: (hello.compressionMethods ?? []).map(numberOf),
    hasGrease: lists.some((list) => list.some((point) => point.name === "GREASE")),
    ...(typeof serverName === "string" && serverName !== "" ? { serverName } : {}),
  };
}

/** Do both hellos offer the same? */
export function isAlike(one: Offer | undefined, other: Offer | undefined): boolean {
  const [a, b] = [one, other].map((offer) =>
    JSON.stringify([offer?.suites, offer?.groups, offer?.schemes, offer?.alpn, offer?.extensions.toSorted(), offer?.serverName]),
  );
  return a === b;
}

/** Do both hellos give a server the same choices? Their other extensions may differ. */
export function offersSameChoices(one: Offer, other: Offer): boolean {
  const [a, b] = [one, other].map(({ versions, suites, groups, schemes }) => JSON.stringify([versions, suites, groups, schemes]));
  return a === b;
}

/** Does a hello offer everything that another one offers, and ask for the same name? Then it is not refused because something is missing. */
export function offersAllOf(one: Offer, other: Offer): boolean {
  return (
    holds(one.suites, other.suites) &&
    holds(one.groups, other.groups) &&
    holds(one.schemes ?? [], other.schemes ?? []) &&
    holds(one.extensions, other.extensions) &&
    one.serverName === other.serverName &&
    one.alpn.join() === other.alpn.join()
  );
}

/** Could this version be chosen? A hello without supported_versions does not state a lowest one. */
export function offersVersion(offer: Offer, version: number): boolean {
  if (offer.isCut === true && !offer.namesVersions) return true;
  return offer.namesVersions ? offer.versions.includes(version) : version <= Math.max(...offer.versions, 0);
}

/** Strings in a field of the model. */
export function stringsIn(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((member) => typeof member === "string") : [];
}

/** Code points in a field of the model. */
export function pointsIn(list: unknown): CodePoint[] {
  return Array.isArray(list) ? list.filter((member: unknown) => typeof (member as CodePoint | null)?.id === "string") : [];
}

function holds(all: readonly number[], some: readonly number[]): boolean {
  return some.every((member) => all.includes(member));
}

function numbers(points: readonly CodePoint[]): number[] {
  return points.filter(({ name }) => name !== "GREASE").map(numberOf);
}
