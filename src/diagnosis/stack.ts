/**
 * Which client library made a hello, if its structure proves it: the order of extensions, the
 * form of the record, what only some versions offer. It decides which fixes are reported; "unknown" is acceptable.
 */
import type { Handshake } from "../handshake/handshake.ts";
import type { ClientHello } from "../message/message.ts";
import type { Place } from "./contract.ts";
import { EXTENSION, numberOf, type Offer, offerOf } from "./offer.ts";

/** A client library, and the versions that fit. */
export interface Stack {
  /** Places whose fixes concern it; empty if unknown. */
  readonly places: readonly Place[];
  /** Its usual name; empty if unknown. */
  readonly name: string;
  /** The oldest and the newest version that fit: `1.26`; absent if open-ended. */
  readonly oldest?: string;
  readonly newest?: string;
}

const UNKNOWN: Stack = { places: [], name: "" };

/** Places by the model's names of libraries. */
const NAMED: Readonly<Record<string, readonly Place[]>> = {
  "Go crypto/tls": ["go"],
  OpenSSL: ["openssl", "python", "node"],
  JSSE: ["java"],
  BoringSSL: ["boringssl"],
  GnuTLS: ["gnutls"],
  NSS: ["nss"],
  rustls: ["rustls"],
  Schannel: ["dotnet"],
};

/** The stack of a handshake's client. */
export function stackOf(handshake: Handshake, hello: ClientHello | undefined): Stack {
  const guess = hello === undefined || hello.extensions === undefined ? UNKNOWN : guessed(hello, offerOf(hello));
  const { name } = (handshake as { readonly clientStack?: { readonly name?: unknown } }).clientStack ?? {};
  if (guess.name !== "" || typeof name !== "string") return guess;
  return { places: NAMED[name] ?? [], name };
}

/** Is a dotted version at least as new as another? */
export function isAtLeast(version: string, other: string): boolean {
  const [a, b] = [version.split(".").map(Number), other.split(".").map(Number)];
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function guessed(hello: ClientHello, offer: Offer): Stack {
  const order = offer.extensions.filter((extension) => extension !== EXTENSION.serverName);
  return goStack(hello, offer, order) ?? javaStack(hello, order) ?? opensslStack(offer, order) ?? othersOf(offer, order) ?? UNKNOWN;
}

/** Are all of a hello's extensions in `pattern`, and in its order? */
function follows(order: readonly number[], pattern: readonly number[]): boolean {
  return order.length > 3 && order.join() === pattern.filter((extension) => order.includes(extension)).join();
}

const GO_NEW = [0x000b, 0xff01, 0x0017, 0x0012, 0x0005, 0x000a, 0x000d, 0x0032, 0x0010, 0x0023, 0x002b, 0x0033, 0x002d, 0x0029];
const GO_OLD = [0x0005, 0x000a, 0x000b, 0x000d, 0xff01, 0x0017, 0x0010, 0x0012, 0x002b, 0x0033, 0x002d, 0x0029];

function goStack(hello: ClientHello, offer: Offer, order: readonly number[]): Stack | undefined {
  if (numberOf(hello.recordVersion) !== 0x0301 || !order.includes(0xff01) || !order.includes(0x0012)) return undefined;
  const go = { places: ["go"], name: "Go" } as const;
  if (order.includes(EXTENSION.supportedVersions) && follows(order, GO_NEW) && order[0] === 0x000b) {
    const schemes = offer.schemes ?? [];
    if (schemes.some((scheme) => scheme >= 0x0904 && scheme <= 0x0906)) return { ...go, oldest: "1.27" };
    if (offer.groups.includes(0x11eb)) return { ...go, oldest: "1.26", newest: "1.26" };
    if (order.includes(0x0032)) return { ...go, oldest: "1.25", newest: "1.26" };
    return { ...go, oldest: "1.23", newest: "1.24" };
  }
  if (!follows(order, GO_OLD) || order[0] !== 0x0005) return undefined;
  return { ...go, newest: "1.23", ...(order.includes(EXTENSION.extendedMasterSecret) ? { oldest: "1.21" } : { newest: "1.20" }) };
}

const JAVA = [0x0005, 0x000a, 0x000b, 0x0010, 0x0011, 0x0017, 0x0023, 0x000d, 0x002b, 0x002d, 0x0032, 0x0033, 0x0029];
/** Some releases send signature_algorithms_cert right after signature_algorithms. */
const JAVA_LATER = [0x0005, 0x000a, 0x000b, 0x0010, 0x0011, 0x0017, 0x0023, 0x000d, 0x0032, 0x002b, 0x002d, 0x0033, 0x0029];

function javaStack(hello: ClientHello, order: readonly number[]): Stack | undefined {
  const rest = order.filter((extension) => extension !== 0x0001 && extension !== 0xff01);
  if (numberOf(hello.recordVersion) !== 0x0303 || order.includes(0x0016) || ![JAVA, JAVA_LATER].some((form) => follows(rest, form)))
    return undefined;
  return { places: ["java"], name: "Java" };
}

const OPENSSL = [0x000b, 0x000a, 0x3374, 0x0023, 0x0010, 0x0016, 0x0017, 0x0031, 0x000d, 0x002b, 0x002d, 0x0033, 0x002a, 0x0015, 0x0029];

function opensslStack(offer: Offer, order: readonly number[]): Stack | undefined {
  const isNew = order[0] === 0xff01;
  const rest = order.filter((extension) => ![0xff01, 0x0001, 0x0005].includes(extension));
  if (!follows(rest, OPENSSL) || !order.includes(0x0016)) return undefined;
  const base = { name: "OpenSSL", ...(isNew ? { oldest: "3.5" } : { newest: "3.4" }) };
  const suites = offer.suites.filter((suite) => suite >> 8 !== 0x13 && suite !== 0x00ff);
  const hasDhe = suites.includes(0x009f);
  const hasSha = suites.some((suite) => [0xc013, 0xc014, 0x0033, 0x0039, 0x002f, 0x0035].includes(suite));
  // The default lists of the programs on top distinguish them.
  if (hasDhe && !hasSha) return { ...base, name: "Python", places: ["python"] };
  if (suites[0] === 0xc02f && suites[1] === 0xc02b) return { ...base, name: "Node.js", places: ["node", "openssl"] };
  return { ...base, places: ["openssl", "python"] };
}

function othersOf(offer: Offer, order: readonly number[]): Stack | undefined {
  const has = (extension: number): boolean => order.includes(extension);
  if (offer.hasGrease && (has(0x4469) || has(0x44cd) || has(0x001b))) return { places: ["boringssl"], name: "BoringSSL" };
  if (offer.groups[0] === 0x0017 && has(0x0016) && has(0x001c)) return { places: ["gnutls"], name: "GnuTLS" };
  if (has(0x001c) && order.at(0) === 0x0017 && order.at(1) === 0xff01) return { places: ["nss"], name: "NSS" };
  const modern = offer.suites.filter((suite) => suite !== 0x00ff);
  const onlyAead =
    modern.length <= 9 &&
    modern.every((suite) => suite >> 8 === 0x13 || [0xc02b, 0xc02c, 0xc02f, 0xc030].includes(suite) || suite >> 8 === 0xcc);
  if (onlyAead && modern[0] === 0x1302 && has(0x0005) && offer.suites.includes(0x00ff)) return { places: ["rustls"], name: "rustls" };
  return undefined;
}
