/** Reads what fingerprints need from a hello: numbers of code points, lists in extensions. */
import type { Extension } from "../../message/message.ts";
import { isGrease } from "../../registry/grease.ts";
import type { CodePoint } from "../../registry/codepoint.ts";

/** Extension types that the fingerprints look into. */
export const TYPE = {
  serverName: 0x0000,
  supportedGroups: 0x000a,
  ecPointFormats: 0x000b,
  signatureAlgorithms: 0x000d,
  alpn: 0x0010,
  supportedVersions: 0x002b,
} as const;

/** Anything with a wire number in its id: a code point, an extension. */
export type Numbered = Pick<CodePoint, "id">;

/** Numbers by their ids: parsing the same few hundred texts took a twentieth of the time for a dense capture. */
const numbers = new Map<string, number>();
/** Ids that are kept; enough for all that real clients send. */
const KEPT_IDS = 8_192;

/** The wire number of a code point. */
export function numberOf({ id }: Numbered): number {
  const known = numbers.get(id);
  if (known !== undefined) return known;
  const value = Number(id);
  if (numbers.size < KEPT_IDS) numbers.set(id, value);
  return value;
}

/** The wire numbers of a list in order, without GREASE. */
export function numbersOf(points: readonly Numbered[]): number[] {
  return points.map(numberOf).filter((value) => !isGrease(value));
}

/** The wire numbers of a list in order, as four hex digits each, without GREASE. */
export function digitsOf(points: readonly (Numbered & { readonly name: string | null })[]): string[] {
  const digits: string[] = [];
  for (const { id, name } of points) if (name !== "GREASE") digits.push(id.slice(2));
  return digits;
}

/** The first extension of a type. */
export function extensionOf(extensions: readonly Extension[] | undefined, type: number): Extension | undefined {
  return extensions?.find((extension) => numberOf(extension) === type);
}

/**
 * The list `key` in the data of an extension: empty if the hello has no such extension, `undefined` if
 * it has one that could not be read, so that no fingerprint can be made.
 */
export function listOf(extensions: readonly Extension[] | undefined, type: number, key: string): readonly unknown[] | undefined {
  const extension = extensionOf(extensions, type);
  if (extension === undefined) return [];
  const list = extension.data?.[key];
  return Array.isArray(list) ? list : undefined;
}

/** The same for a list of code points. */
export function pointsOf(extensions: readonly Extension[] | undefined, type: number, key: string): readonly Numbered[] | undefined {
  return listOf(extensions, type, key) as readonly Numbered[] | undefined;
}
