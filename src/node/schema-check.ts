/** Validates values against the schemas that the package publishes. */
import { createRequire } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import { faultText } from "./schema-fault.ts";

/** For each definition, the name of its schema's file. */
const SCHEMAS = { listing: "tls-diff", handshakeLine: "tls-diff", snapshot: "snapshot", config: "config" } as const;

/** Shared, because it keeps compiled schemas: compiling one takes as long as validating a thousand lines. */
const ajv = new Ajv2020({ validateFormats: false, strict: false, verbose: true });

/** Validates a value: `null` if it is valid, otherwise where it is not and why. */
export function checkSchema(definition: keyof typeof SCHEMAS, value: unknown): string | null {
  const name = SCHEMAS[definition];
  const schema = createRequire(import.meta.url)(`tls-diff/schema/${name}.v1.json`) as { $id: string };
  if (ajv.getSchema(schema.$id) === undefined) ajv.addSchema(schema);
  return ajv.validate(name === "tls-diff" ? `${schema.$id}#/$defs/${definition}` : schema.$id, value) ? null : faultText(ajv.errors ?? []);
}
