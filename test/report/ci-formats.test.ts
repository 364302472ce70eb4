import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import { withDiagnosis } from "../../src/diagnosis/diagnose.ts";
import type { CheckedCapture, CheckedItem } from "../../src/expectation/expectation.ts";
import { FORMATS } from "../../src/report/formats/index.ts";
import type { Report } from "../../src/report/report.ts";
import { comparison, goCapture, opensslCapture } from "../support/stories.ts";

const HOSTILE = "<img onerror=x>]]>&\"'\u001b[31m\u202e%0A::error::";

function item(number: number, message: string): CheckedItem {
  return { expectation: `mustOffer.${number}`, handshake: 1, passed: false, message };
}

const hostile: CheckedCapture = { capture: HOSTILE, items: [item(0, HOSTILE)] };
const unreadable: CheckedCapture = { capture: "b.pcap", error: { code: "unreadable", message: "b.pcap does not exist" }, items: [] };
const many: CheckedCapture = { capture: "a.pcap", items: Array.from({ length: 14 }, (_, index) => item(index, `trouble ${index}`)) };

const REPORTS: readonly (readonly [name: string, report: Report])[] = [
  ["a comparison", { kind: "diff", comparison, left: goCapture, right: opensslCapture }],
  ["a list", { kind: "list", captures: [goCapture, opensslCapture] }],
  ["an explanation", { kind: "explain", captures: [goCapture] as never }],
  ["a check", { kind: "check", captures: [many, unreadable], config: "tls-diff.config.json" }],
  ["a hostile check", { kind: "check", captures: [hostile], config: "tls-diff.config.json" }],
  ["nothing", { kind: "check", captures: [], config: "tls-diff.config.json" }],
];

function render(name: "junit" | "sarif" | "github", report: Report): string {
  return [...FORMATS[name].render(report)].join("");
}

function schema(file: string): string {
  return readFileSync(new URL(`schemas/${file}`, import.meta.url), "utf8");
}

describe("JUnit XML", () => {
  it.each(REPORTS)("fits the schema: %s", async (_, report) => {
    const { valid, errors } = await validateXML({
      xml: [{ fileName: "out.xml", contents: render("junit", report) }],
      schema: [{ fileName: "junit.xsd", contents: schema("junit.xsd") }],
    });
    expect(errors).toEqual([]);
    expect(valid).toBe(true);
  });

  it("counts what failed and what could not be read", () => {
    expect(render("junit", REPORTS[3]?.[1] as Report)).toContain('<testsuites name="tls-diff" tests="15" failures="14" errors="1">');
  });

  it("fails a comparison with its cause first", () => {
    expect(render("junit", REPORTS[0]?.[1] as Report)).toMatch(/<failure message="[^"]*" type="[a-z-]+">/);
  });
});

describe("SARIF", () => {
  // One pattern of the schema is no regular expression under the flag "u".
  const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false });
  const validate = ajv.compile(JSON.parse(schema("sarif-schema-2.1.0.json")) as object);

  it.each(REPORTS)("fits the schema: %s", (_, report) => {
    const sarif = JSON.parse(render("sarif", report)) as object;
    validate(sarif);
    expect(validate.errors ?? []).toEqual([]);
  });

  it("has a result for each problem", () => {
    const { runs } = JSON.parse(render("sarif", REPORTS[3]?.[1] as Report)) as { runs: { results: unknown[] }[] };
    expect(runs[0]?.results).toHaveLength(15);
  });

  it("names a cause by its title, and tells it in a sentence", () => {
    const diagnosed = withDiagnosis(comparison, goCapture, opensslCapture);
    const text = render("sarif", { kind: "diff", comparison: diagnosed, left: goCapture, right: opensslCapture });
    expect(text).toContain('{ "id": "no-common-cipher-rsa-kex", "shortDescription": { "text": "The server has only RSA key exchange" } }');
    expect(text).toContain('"text": "The server has only RSA key exchange, as in TLS_RSA_WITH_AES_256_CBC_SHA');
  });
});

describe("annotations", () => {
  it("are at most ten, the last of which says how many are left", () => {
    const lines = render("github", REPORTS[3]?.[1] as Report)
      .trimEnd()
      .split("\n");
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe("::error title=tls-diff::6 more problems are in the step summary.");
  });

  it("cannot be made by what a capture holds", () => {
    const lines = render("github", REPORTS[4]?.[1] as Report)
      .trimEnd()
      .split("\n");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("%250A%3A%3Aerror");
  });
});
