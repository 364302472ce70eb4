/**
 * Validates values against the published schemas by interpreting them: the page's policy forbids generated code, which the
 * validator of the command line relies on. Supports the keywords that our schemas use, and throws for others.
 */
import { InvariantError } from "../index.ts";

/** A JSON Schema (draft 2020-12), or a part of one. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/** One keyword of a schema, and the value that it is applied to. */
interface Question {
  readonly value: unknown;
  /** The keyword's value in the schema. */
  readonly wanted: unknown;
  readonly schema: Schema;
  /** Where the value is. */
  readonly path: string;
  readonly judge: (schema: Schema, value: unknown, path: string) => string | null;
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** Validates `value` against the whole schema, or one of its `$defs`: `null` if it is valid, otherwise where it is not and why. */
export function schemaFault(schema: Schema, definition: string | null, value: unknown): string | null {
  const definitions = schema["$defs"] as Readonly<Record<string, Schema>>;
  const judge = (part: Schema, current: unknown, path: string): string | null => {
    for (const [keyword, wanted] of Object.entries(part)) {
      if (SILENT.has(keyword)) continue;
      const rule = RULES[keyword];
      if (rule === undefined) throw new InvariantError(`the schema has ${keyword}, which is not read here`);
      const fault = rule({ value: current, wanted, schema: part, path, judge, definitions });
      if (fault !== null) return fault;
    }
    return null;
  };
  return judge(definition === null ? schema : { $ref: `#/$defs/${definition}` }, value, "data");
}

/** Keywords that demand nothing, or are handled together with another one. */
const SILENT: ReadonlySet<string> = new Set(["$schema", "$id", "$defs", "$comment", "title", "description", "then", "else"]);

const RULES: { readonly [keyword: string]: ((question: Question) => string | null) | undefined } = {
  $ref: ({ value, wanted, path, judge, definitions }) => {
    const definition = definitions[String(wanted).replace("#/$defs/", "")];
    if (definition === undefined) throw new InvariantError(`the schema has no ${String(wanted)}`);
    return judge(definition, value, path);
  },
  type: ({ value, wanted, path }) => {
    const types = [wanted].flat() as string[];
    return types.some((type) => TYPES[type]?.(value) === true) ? null : `${path} must be ${types.join(" or ")}`;
  },
  const: ({ value, wanted, path }) => (value === wanted ? null : `${path} must be ${JSON.stringify(wanted)}`),
  enum: ({ value, wanted, path }) => ((wanted as unknown[]).includes(value) ? null : `${path} must be one of ${JSON.stringify(wanted)}`),
  pattern: ({ value, wanted, path }) =>
    typeof value !== "string" || new RegExp(wanted as string, "u").test(value) ? null : `${path} must match ${String(wanted)}`,
  minimum: ({ value, wanted, path }) =>
    typeof value !== "number" || value >= Number(wanted) ? null : `${path} must be >= ${String(wanted)}`,
  maximum: ({ value, wanted, path }) =>
    typeof value !== "number" || value <= Number(wanted) ? null : `${path} must be <= ${String(wanted)}`,
  required: ({ value, wanted, path }) => {
    const missing = isObject(value) ? (wanted as string[]).find((name) => !Object.hasOwn(value, name)) : undefined;
    return missing === undefined ? null : `${path} must have ${missing}`;
  },
  properties: ({ value, wanted, path, judge }) =>
    isObject(value)
      ? firstFault(Object.entries(wanted as Record<string, Schema>), ([name, schema]) =>
          Object.hasOwn(value, name) ? judge(schema, value[name], `${path}/${name}`) : null,
        )
      : null,
  items: ({ value, wanted, path, judge }) =>
    Array.isArray(value) ? firstFault([...value.entries()], ([index, item]) => judge(wanted as Schema, item, `${path}/${index}`)) : null,
  not: ({ value, wanted, path, judge }) => (judge(wanted as Schema, value, path) === null ? `${path} must not have this value` : null),
  allOf: ({ value, wanted, path, judge }) => firstFault(wanted as Schema[], (schema) => judge(schema, value, path)),
  anyOf: ({ value, wanted, path, judge }) =>
    (wanted as Schema[]).some((schema) => judge(schema, value, path) === null) ? null : `${path} matches none of the alternatives`,
  oneOf: ({ value, wanted, path, judge }) =>
    (wanted as Schema[]).filter((schema) => judge(schema, value, path) === null).length === 1
      ? null
      : `${path} does not match exactly one of the alternatives`,
  if: ({ value, wanted, schema, path, judge }) => {
    const branch = schema[judge(wanted as Schema, value, path) === null ? "then" : "else"];
    return branch === undefined ? null : judge(branch as Schema, value, path);
  },
};

const TYPES: { readonly [type: string]: ((value: unknown) => boolean) | undefined } = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  integer: Number.isInteger,
  boolean: (value) => typeof value === "boolean",
  null: (value) => value === null,
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function firstFault<Item>(items: readonly Item[], judge: (item: Item) => string | null): string | null {
  for (const item of items) {
    const fault = judge(item);
    if (fault !== null) return fault;
  }
  return null;
}
