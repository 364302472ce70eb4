/**
 * What makes two JSON values of the model the same: their identity as members of a list, and their
 * canonical text. Any JSON value comes in, even one that no decoder would make; text comes out. Names
 * of code points never count, so a report saved by a version with older tables compares well.
 */

/** A JSON object. */
export interface Fields {
  readonly [key: string]: unknown;
}

/** The identity that all GREASE values share (RFC 8701): their position matters, their value does not. */
export const GREASE = "GREASE";

/** Levels that are examined; the model has fewer than ten, and hostile data must not exhaust the stack. */
const DEPTH = 32;

/** ALPN names that RFC 8701 §2 reserves, as safe text. */
const GREASE_PROTOCOLS: ReadonlySet<unknown> = new Set(
  ["\\x0a", "\\x1a", "*", ":", "J", "Z", "j", "z", "\\x8a", "\\x9a", "\\xaa", "\\xba", "\\xca", "\\xda", "\\xea", "\\xfa"].map(
    (octet) => octet + octet,
  ),
);

/** Is it an object with keys? */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Is it a code point, or a list member that is known by one (an extension, a transport parameter)? */
export function isCodePoint(value: unknown): value is { readonly id: string; readonly name?: unknown } {
  return isFields(value) && typeof value["id"] === "string";
}

/** Is it a GREASE code point? */
export function isGrease(value: unknown): boolean {
  return isCodePoint(value) && value.name === GREASE;
}

/** Is it a name that ALPN reserves for GREASE? */
export function isGreaseProtocol(value: unknown): boolean {
  return GREASE_PROTOCOLS.has(value);
}

/** What makes a list member the same on both sides: its code point, its group or its digest; without one, all of it. */
export function identityOf(member: unknown): string {
  if (isCodePoint(member)) return isGrease(member) ? GREASE : member.id;
  if (isFields(member)) {
    if (isCodePoint(member["group"])) return identityOf(member["group"]);
    if (typeof member["sha256"] === "string") return member["sha256"];
  }
  return canonical(member);
}

/** The name of a list member in a path. */
export function labelOf(member: unknown): string {
  if (isCodePoint(member)) return typeof member.name === "string" ? member.name : member.id;
  if (isFields(member) && isCodePoint(member["group"])) return labelOf(member["group"]);
  return identityOf(member);
}

/** The value as JSON with sorted keys and without what is absent; code points by their id alone. */
export function canonical(value: unknown, depth = 0): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (depth >= DEPTH) return '"..."';
  if (Array.isArray(value)) return `[${value.map((member) => canonical(member, depth + 1)).join(",")}]`;
  const fields = value as Fields;
  if (isBare(fields)) return JSON.stringify(identityOf(fields));
  const parts = Object.keys(fields)
    .filter((key) => fields[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(fields[key], depth + 1)}`);
  return `{${parts.join(",")}}`;
}

/** Is it a code point with nothing but its number and names? */
export function isBare(value: unknown): boolean {
  if (!isCodePoint(value)) return false;
  for (const key in value) if (key !== "id" && key !== "name" && key !== "openssl") return false;
  return true;
}

/** Is there nothing in it? Absent, `""`, `0`, `false`, `[]` and `{}`. */
export function isEmpty(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return !value;
  return Object.keys(value).length === 0;
}
