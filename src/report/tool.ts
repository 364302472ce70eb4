/** The program and its version, as reports name them. A test compares the version with that of the package. */

/** `tool` in the JSON. */
export const TOOL = { name: "tls-diff", version: "0.1.0" } as const;

/** The version of the JSON contract. */
export const SCHEMA_VERSION = 1;
