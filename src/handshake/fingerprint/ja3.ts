/**
 * JA3 and JA3S, as published by Salesforce in 2017: decimal numbers in wire order, `-` between the
 * numbers of a list and `,` between the fields; the fingerprint is the MD5 of that text. A hello that
 * is damaged, or whose lists cannot be read, has none. Clients that shuffle their extensions
 * (Chrome since 110) have another JA3 in every connection.
 */
import type { ClientHello, ServerHello } from "../../message/message.ts";
import { numberOf, numbersOf, pointsOf, TYPE } from "./fields.ts";

/**
 * Version, cipher suites, extension types, groups, point formats of a ClientHello. The version is its own
 * (`legacy_version`), so TLS 1.3 gives 771. GREASE is left out, duplicates stay; a missing list leaves its field empty.
 */
export function ja3Text(hello: ClientHello): string | undefined {
  const { legacyVersion, cipherSuites, extensions } = hello;
  const groups = pointsOf(extensions, TYPE.supportedGroups, "groups");
  const formats = pointsOf(extensions, TYPE.ecPointFormats, "formats");
  if (hello.malformed !== undefined || legacyVersion === undefined || cipherSuites === undefined) return undefined;
  if (groups === undefined || formats === undefined) return undefined;
  const lists = [numbersOf(cipherSuites), numbersOf(extensions ?? []), numbersOf(groups), formats.map(numberOf)];
  return [numberOf(legacyVersion), ...lists.map((list) => list.join("-"))].join(",");
}

/** Version, cipher suite, extension types of a ServerHello (or HelloRetryRequest). Nothing is left out. */
export function ja3sText(hello: ServerHello): string | undefined {
  const { legacyVersion, cipherSuite, extensions } = hello;
  if (hello.malformed !== undefined || legacyVersion === undefined || cipherSuite === undefined) return undefined;
  return `${numberOf(legacyVersion)},${numberOf(cipherSuite)},${(extensions ?? []).map(numberOf).join("-")}`;
}
