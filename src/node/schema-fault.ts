/** What does not fit a schema, in a phrase that says where it is and what would fit. */
import type { ErrorObject } from "ajv";

/** The phrase of the first fault that was found. */
export function faultText([fault]: readonly ErrorObject[]): string {
  if (fault === undefined) return "it does not fit";
  const { keyword, instancePath, params, message = "does not fit" } = fault;
  const place = placeOf(instancePath);
  const { additionalProperty, missingProperty, allowedValues } = params as Readonly<Record<string, unknown>>;
  if (keyword === "additionalProperties") return `${place} has an unknown key "${String(additionalProperty)}"${keysOf(fault)}`;
  if (keyword === "required") return `${place} has no "${String(missingProperty)}"`;
  if (keyword === "minItems") return `${place} is empty`;
  if (keyword === "enum") return `${place} is none of ${(allowedValues as readonly unknown[]).map(String).join(", ")}`;
  return `${place} ${message}`;
}

/** `/captures/0/mustOffer` as one writes it in a program. */
function placeOf(path: string): string {
  const parts = path.split("/").slice(1);
  return parts.length === 0 ? "it" : parts.map((part, at) => (/^\d+$/.test(part) ? `[${part}]` : `${at === 0 ? "" : "."}${part}`)).join("");
}

/** The keys there are: few enough to be read, or none are told. */
function keysOf({ parentSchema }: ErrorObject): string {
  const keys = Object.keys((parentSchema?.["properties"] as object | undefined) ?? {});
  return keys.length === 0 || keys.length > 20 ? "" : `; it may have ${keys.join(", ")}`;
}
