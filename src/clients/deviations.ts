/** How a hello differs from the recorded one that it was matched with, in words. */
import { codePoint, type RegistryName } from "../registry/codepoint.ts";
import { suiteParts } from "../registry/suite.ts";
import type { Shape } from "./shape.ts";

/** As many members are named one by one; if there are more, they are counted. */
const NAMED = 3;

/** A phrase for each difference, in the order of importance: `plus 2 cipher suites with 3DES`, `up to TLS 1.2`, `no extension session_ticket`. */
export function deviations(shape: Shape, standard: Shape, shuffled: boolean): string[] {
  return [
    ...versionWords(shape, standard),
    ...suiteWords(shape.suites, standard.suites),
    ...listWords(shape.groups, standard.groups, "supported_groups", "group"),
    ...listWords(shape.schemes, standard.schemes, "signature_schemes", "signature scheme"),
    ...listWords(shape.extensions, standard.extensions, "extension_types", "extension", shuffled),
    ...(shape.groups.join() === standard.groups.join()
      ? listWords(shape.keyShares, standard.keyShares, "supported_groups", "key share")
      : []),
    ...(shape.pointFormats.join() === standard.pointFormats.join() ? [] : ["other point formats"]),
    ...(shape.compression.join() === standard.compression.join() ? [] : ["other compression methods"]),
  ];
}

function versionWords(shape: Shape, standard: Shape): string[] {
  const [own, usual] = [offered(shape), offered(standard)];
  if (own.join() === usual.join()) return [];
  if (own.length === 1 && usual.length > 1 && shape.versions.length > 0) return [`only ${nameOf("versions", own[0] as string)}`];
  if (shape.versions.length === 0 && standard.versions.length > 0) return [`up to ${nameOf("versions", shape.legacyVersion)}`];
  return listWords(own, usual, "versions", "version");
}

function offered({ versions, legacyVersion }: Shape): readonly string[] {
  return versions.length > 0 ? versions : [legacyVersion];
}

function suiteWords(own: readonly string[], usual: readonly string[]): string[] {
  const plus = own.filter((suite) => !usual.includes(suite));
  const minus = usual.filter((suite) => !own.includes(suite));
  const words: string[] = [];
  if (plus.length > 0) words.push(`plus ${suitesText(plus)}`);
  if (minus.length > 0) words.push(`without ${suitesText(minus)}`);
  if (words.length === 0 && own.join() !== usual.join()) words.push("cipher suites in another order");
  return words;
}

/** `TLS_RSA_WITH_3DES_EDE_CBC_SHA`, or `6 cipher suites (RSA key exchange)` where what they have in common says more. */
function suitesText(suites: readonly string[]): string {
  if (suites.length <= 2) return suites.map((suite) => nameOf("cipher_suites", suite)).join(" and ");
  const traits = new Set(suites.map(traitOf));
  const shared = traits.size <= 2 && !traits.has("") ? ` (${[...traits].join(", ")})` : "";
  return `${suites.length} cipher suites${shared}`;
}

/** What is special about a suite: its key exchange, or its cipher. */
function traitOf(suite: string): string {
  const parts = suiteParts(Number.parseInt(suite, 16));
  if (parts === undefined) return "";
  if (parts.cipher === "3DES" || parts.cipher === "RC4") return parts.cipher;
  if (parts.keyExchange === "TLS13") return "TLS 1.3";
  return `${parts.keyExchange} key exchange`;
}

function listWords(own: readonly string[], usual: readonly string[], registry: RegistryName, noun: string, shuffled = false): string[] {
  const plus = own.filter((member) => !usual.includes(member));
  const minus = usual.filter((member) => !own.includes(member));
  const words: string[] = [];
  if (own.length > 0 && own.length <= 2 && plus.length === 0 && minus.length > NAMED) return [`${noun} ${names(own, registry)} only`];
  if (plus.length > 0) words.push(`plus ${counted(plus, registry, noun)}`);
  if (minus.length > 0) words.push(`without ${counted(minus, registry, noun)}`);
  if (words.length === 0 && !shuffled && own.join() !== usual.join()) words.push(`${noun}s in another order`);
  return words;
}

function counted(members: readonly string[], registry: RegistryName, noun: string): string {
  if (members.length > NAMED) return `${members.length} ${noun}s`;
  return `${noun}${members.length === 1 ? "" : "s"} ${names(members, registry)}`;
}

function names(members: readonly string[], registry: RegistryName): string {
  return members.map((member) => nameOf(registry, member)).join(", ");
}

function nameOf(registry: RegistryName, digits: string): string {
  return codePoint(registry, Number.parseInt(digits, 16)).name ?? `0x${digits}`;
}
