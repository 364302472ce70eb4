/** THE list of portable formats. */
import type { Format } from "./contract.ts";
import { github } from "./github.ts";
import { html } from "./html.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { ndjson } from "./ndjson.ts";
import { plain } from "./plain.ts";
import { sarif } from "./sarif.ts";

/** Every portable format by its name. */
export const FORMATS = { json, ndjson, markdown, plain, html, junit, sarif, github } as const satisfies Readonly<Record<string, Format>>;
