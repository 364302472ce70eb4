/** The JSON contract line by line: a handshake, or a pair, each. */
import { jsonLines } from "../json-shape.ts";
import type { Format } from "./contract.ts";

export const ndjson: Format = {
  name: "ndjson",
  extension: "ndjson",
  mediaType: "application/x-ndjson",
  *render(report) {
    for (const line of jsonLines(report)) yield `${JSON.stringify(line)}\n`;
  },
};
