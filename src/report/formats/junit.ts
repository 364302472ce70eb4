/** JUnit XML, the format in which CI systems take test results: a suite for each capture, a case for each expectation or pair. */
import { type Case, casesOf } from "../cases.ts";
import type { Format } from "./contract.ts";

export const junit: Format = {
  name: "junit",
  extension: "xml",
  mediaType: "application/xml",
  *render(report) {
    const cases = casesOf(report);
    yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="tls-diff" ${counts(cases)}>\n`;
    for (const [suite, own] of grouped(cases)) {
      yield `  <testsuite name="${escaped(suite)}" ${counts(own)}>\n${own.map(caseXml).join("")}  </testsuite>\n`;
    }
    yield "</testsuites>\n";
  },
};

function caseXml({ suite, name, problems, error }: Case): string {
  const head = `    <testcase name="${escaped(name)}" classname="${escaped(suite)}"`;
  const first = problems[0];
  if (error !== undefined) {
    return `${head}>\n      <error message="${escaped(error.message)}" type="${escaped(error.rule)}"/>\n    </testcase>\n`;
  }
  if (first === undefined) return `${head}/>\n`;
  const text = problems.map(({ message }) => escaped(message)).join("\n");
  return `${head}>\n      <failure message="${escaped(first.message)}" type="${escaped(first.rule)}">${text}</failure>\n    </testcase>\n`;
}

function counts(cases: readonly Case[]): string {
  const failures = cases.filter(({ problems }) => problems.length > 0).length;
  const errors = cases.filter(({ error }) => error !== undefined).length;
  return `tests="${cases.length}" failures="${failures}" errors="${errors}"`;
}

function grouped(cases: readonly Case[]): Map<string, Case[]> {
  const suites = new Map<string, Case[]>();
  for (const each of cases) {
    const suite = suites.get(each.suite);
    if (suite === undefined) suites.set(each.suite, [each]);
    else suite.push(each);
  }
  return suites;
}

/** Characters that XML cannot represent become question marks. */
function escaped(text: string): string {
  return text.replace(/\p{C}/gu, "?").replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
