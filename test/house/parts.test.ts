import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { importsOf, listFiles, readText } from "./source.ts";

/** A place where a newcomer is one file and one line in an index. */
interface Place {
  readonly what: string;
  readonly folder: string;
  readonly index: string;
  /** Files of the folder that are no parts, each with its job. */
  readonly others: Readonly<Record<string, string>>;
}

const PLACES: readonly Place[] = [
  {
    what: "command",
    folder: "src/cli/commands",
    index: "src/cli/commands/index.ts",
    others: { "contract.ts": "what a command is" },
  },
  {
    what: "report format",
    folder: "src/report/formats",
    index: "src/report/formats/index.ts",
    others: { "contract.ts": "what a format is" },
  },
  {
    what: "facet of the comparison",
    folder: "src/diff/facets",
    index: "src/diff/facets/index.ts",
    others: { "contract.ts": "what a facet is" },
  },
  {
    what: "cause of failures",
    folder: "src/diagnosis/rules",
    index: "src/diagnosis/rules/index.ts",
    others: {},
  },
  {
    what: "fuzz target",
    folder: "test/fuzz/targets",
    index: "test/fuzz/targets/index.ts",
    others: {},
  },
  {
    what: "extension codec",
    folder: "src/message/extension",
    index: "src/message/extension/index.ts",
    others: { "contract.ts": "what a codec is", "read-extensions.ts": "the walk over the list" },
  },
  {
    what: "protocol that goes over to TLS",
    folder: "src/record/prelude/upgrade",
    index: "src/record/prelude/upgrade/index.ts",
    others: {},
  },
  {
    what: "proxy",
    folder: "src/record/prelude/proxy",
    index: "src/record/prelude/proxy/index.ts",
    others: { "endpoint.ts": "addresses in proxies' octets" },
  },
  {
    what: "capture format",
    folder: "src/capture",
    index: "src/capture/formats.ts",
    others: {
      "contract.ts": "what a format is",
      "frame.ts": "what a format gives",
      "capture-reader.ts": "recognises the format and feeds it",
      "window.ts": "octets that wait for the rest of their packet",
      "clock.ts": "timestamps of pcapng",
      "damage.ts": "the way back after octets that make no sense",
      "compression.ts": "what an input is compressed with",
    },
  },
];

describe.each(PLACES)("each $what", ({ folder, index, others }) => {
  const parts = listFiles(folder, ".ts").filter(
    (file) => posix.dirname(file) === folder && file !== index && !(posix.basename(file) in others),
  );
  const lines = importsOf(index).filter(({ to, typeOnly }) => posix.dirname(to) === folder && !typeOnly && !(posix.basename(to) in others));

  it("is one file with one line in the index", () => {
    expect(parts.length).toBeGreaterThan(2);
    expect(lines.map(({ to }) => to).toSorted()).toEqual(parts);
  });

  it("stands in the list itself, not only in an import", () => {
    const text = readText(index);
    const unlisted = parts.filter((file) => {
      const names = namesFrom(text, posix.basename(file));
      return names.length === 0 || names.some((name) => (text.match(new RegExp(`\\b${name}\\b`, "g"))?.length ?? 0) < 2);
    });
    expect(unlisted).toEqual([]);
  });

  it("stands beside files that are there", () => {
    expect(Object.keys(others).filter((name) => !listFiles(folder, ".ts").includes(`${folder}/${name}`))).toEqual([]);
  });
});

/** What an index imports from one of its parts. */
function namesFrom(text: string, source: string): string[] {
  const names = new RegExp(`import \\{([^}]*)\\} from "\\./${source.replaceAll(".", "\\.")}"`).exec(text)?.[1] ?? "";
  return names
    .split(",")
    .map((name) => (name.trim().split(" as ").at(-1) as string).trim())
    .filter((name) => name !== "" && !name.startsWith("type "));
}
