/** SARIF 2.1.0, as code scanning takes it: a result for each problem, located at its capture. */
import { casesOf, type Problem } from "../cases.ts";
import { writeJson } from "../layout/json-text.ts";
import { TOOL } from "../tool.ts";
import type { Format } from "./contract.ts";

export const sarif: Format = {
  name: "sarif",
  extension: "sarif",
  mediaType: "application/sarif+json",
  render(report) {
    const found = casesOf(report).flatMap(({ file, name, problems, error }) =>
      [...problems, ...(error === undefined ? [] : [error])].map((problem) => ({ file, name, problem })),
    );
    const titles = new Map(found.map(({ problem: { rule, title } }) => [rule, title ?? RULE_WORDS[rule] ?? rule]));
    const ids = [...titles.keys()].toSorted();
    return writeJson({
      $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: {
              name: TOOL.name,
              version: TOOL.version,
              rules: ids.map((id) => ({ id, shortDescription: { text: titles.get(id) } })),
            },
          },
          results: found.map(({ file, name, problem }) => resultOf(problem, file, name, ids)),
        },
      ],
    });
  },
};

const RULE_WORDS: Readonly<Record<string, string>> = {
  outcome: "The handshake ends differently",
  semantic: "Something else is offered or agreed",
  order: "The same in a different order",
  certificate: "Another certificate",
  transport: "The network carried it differently",
  unpaired: "A handshake without counterpart",
  baseline: "A handshake without counterpart in the baseline",
  mustOffer: "Something expected is not offered",
  mustNotOffer: "Something unwanted is offered",
  exactly: "The list differs",
  anyOrder: "The list has other members",
  fingerprint: "The fingerprint differs",
  highestVersion: "The highest version differs",
  unreadable: "A file cannot be read",
  "no-handshake": "The capture has no handshake that was asked for",
  "handshake-failed": "The handshake failed",
};

function resultOf({ rule, message }: Problem, file: string, name: string, ids: readonly string[]): object {
  return {
    ruleId: rule,
    ruleIndex: ids.indexOf(rule),
    level: "error",
    message: { text: `${message}.` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(file) } },
        logicalLocations: [{ name, fullyQualifiedName: `${file}: ${name}` }],
      },
    ],
  };
}

/** A path as a relative reference (RFC 3986 §4.2). */
function uriOf(file: string): string {
  const path = file.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
  return path.startsWith("/") ? `file://${path}` : path;
}
