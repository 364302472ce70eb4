/** The program and its version, as reports name them. A test holds the version to that of the package. */

/** What stands in the JSON as `tool`. */
export const TOOL = { name: "tls-diff", version: "0.1.0" } as const;

/** The version of the JSON contract. */
export const SCHEMA_VERSION = 1;
