/** Values against the schemas that the package publishes. */
import { createRequire } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import { faultText } from "./schema-fault.ts";

/** Schemas by the name of their file, and the part of one that is meant. */
const SCHEMAS = { listing: "tls-diff", handshakeLine: "tls-diff", snapshot: "snapshot", config: "config" } as const;

/** One for all values, which keeps what it has made of a schema: that takes as long as judging a thousand lines by it. */
const ajv = new Ajv2020({ validateFormats: false, strict: false, verbose: true });

/** Judges a value by a schema: `null` if it fits, else where it does not and why. */
export function checkSchema(definition: keyof typeof SCHEMAS, value: unknown): string | null {
  const name = SCHEMAS[definition];
  const schema = createRequire(import.meta.url)(`tls-diff/schema/${name}.v1.json`) as { $id: string };
  if (ajv.getSchema(schema.$id) === undefined) ajv.addSchema(schema);
  return ajv.validate(name === "tls-diff" ? `${schema.$id}#/$defs/${definition}` : schema.$id, value) ? null : faultText(ajv.errors ?? []);
}
