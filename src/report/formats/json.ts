/** The JSON contract as one document. */
import { jsonDocument } from "../json-shape.ts";
import { writeJson } from "../layout/json-text.ts";
import type { Format } from "./contract.ts";

export const json: Format = {
  name: "json",
  extension: "json",
  mediaType: "application/json",
  render: (report) => writeJson(jsonDocument(report)),
};
