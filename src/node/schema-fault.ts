/** Says where a value does not match its schema, and what would be valid there. */
import type { ErrorObject } from "ajv";

/** Describes the first fault that was found. */
export function faultText([fault]: readonly ErrorObject[]): string {
  if (fault === undefined) return "it is not valid";
  const { keyword, instancePath, params, message = "is not valid" } = fault;
  const place = placeOf(instancePath);
  const { additionalProperty, missingProperty, allowedValues } = params as Readonly<Record<string, unknown>>;
  if (keyword === "additionalProperties") return `${place} has an unknown key "${String(additionalProperty)}"${keysOf(fault)}`;
  if (keyword === "required") return `${place} has no "${String(missingProperty)}"`;
  if (keyword === "minItems") return `${place} is empty`;
  if (keyword === "enum") return `${place} is not one of ${(allowedValues as readonly unknown[]).map(String).join(", ")}`;
  return `${place} ${message}`;
}

/** Turns `/captures/0/mustOffer` into `captures[0].mustOffer`. */
function placeOf(path: string): string {
  const parts = path.split("/").slice(1);
  return parts.length === 0 ? "it" : parts.map((part, at) => (/^\d+$/.test(part) ? `[${part}]` : `${at === 0 ? "" : "."}${part}`)).join("");
}

/** The keys that are allowed, unless there are too many to read. */
function keysOf({ parentSchema }: ErrorObject): string {
  const keys = Object.keys((parentSchema?.["properties"] as object | undefined) ?? {});
  return keys.length === 0 || keys.length > 20 ? "" : `; it can have ${keys.join(", ")}`;
}
