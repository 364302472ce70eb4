/** Makes plain data from outside (a saved report, a configuration) safe to print, keys included. */
import { safeText } from "../bytes/text.ts";
import { CaptureError } from "../fault/errors.ts";

/** Levels of data that are read; the model has about ten. */
const DEPTH = 40;

/** A copy whose strings are printable ASCII; those that are already stay unchanged. Throws `CaptureError` for data that is nested too deep. */
export function printable<T>(value: T): T {
  return cleaned(value, 0) as T;
}

function cleaned(value: unknown, depth: number): unknown {
  if (typeof value === "string") return value.replaceAll(/[^\x20-\x7e]+/g, safeText);
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEPTH) throw new CaptureError("unsupported", `is a saved report that is nested more than ${DEPTH} levels deep`);
  if (Array.isArray(value)) return value.map((member) => cleaned(member, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [cleaned(key, 0), cleaned(member, depth + 1)]));
}
