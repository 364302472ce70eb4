/**
 * Workflow commands of GitHub Actions: an annotation for each problem, at most ten, because a step shows no
 * more; the last one says how many more are in the step summary, which the command line writes as Markdown.
 */
import { casesOf, type Problem } from "../cases.ts";
import type { Format } from "./contract.ts";

/** Annotations of one level that a step shows. */
const MOST = 10;

export const github: Format = {
  name: "github",
  extension: "txt",
  mediaType: "text/plain",
  *render(report) {
    const found = casesOf(report).flatMap(({ file, name, problems, error }) =>
      [...problems, ...(error === undefined ? [] : [error])].map((problem) => ({ file, name, problem })),
    );
    const shown = found.length > MOST ? MOST - 1 : MOST;
    for (const { file, name, problem } of found.slice(0, shown)) yield annotation(file, name, problem);
    if (found.length > shown) yield `::error title=tls-diff::${found.length - shown} more problems are in the step summary.\n`;
  },
};

function annotation(file: string, name: string, { rule, message }: Problem): string {
  return `::error file=${property(file)},title=${property(`tls-diff ${rule}: ${name}`)}::${data(`${message}.`)}\n`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
