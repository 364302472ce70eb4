import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { listFiles, readText } from "./source.ts";

/** A doc comment right before what it documents. */
const DOCUMENTED = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/;

describe.each(["src/index.ts", "src/node.ts"])("the public face %s", (face) => {
  const exported = exportsOf(face);

  it("lists its names one by one", () => {
    expect(exported.length).toBeGreaterThan(2);
    expect(readText(face)).not.toMatch(/^export \*/m);
  });

  it.each(exported)("documents $name", ({ name, file }) => {
    const declaration = findDeclaration(file, name);
    expect(declaration.before).toMatch(DOCUMENTED);
  });
});

describe("every file in src", () => {
  it.each(listFiles("src", ".ts"))("%s opens with a paragraph", (file) => {
    const paragraph = /^(?:#!.*\n)?\/\*\*(?<words>(?:(?!\*\/)[\s\S])*)\*\//.exec(readText(file))?.groups?.["words"];
    expect(paragraph?.match(/\w+/g)?.length ?? 0).toBeGreaterThan(3);
  });

  it.each(listFiles("src", ".ts").filter((file) => !file.startsWith("src/registry/tables/")))("%s can be read in one sitting", (file) => {
    expect(readText(file).split("\n").length).toBeLessThanOrEqual(350);
  });

  it.each(listFiles("src", ".ts"))("%s has a name that says what it is", (file) => {
    expect(posix.basename(file)).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.ts)$/);
    expect(file).not.toMatch(/\b(?:utils?|helpers?|common|misc|shared)\b/);
  });
});

/** The names that a face exports, each with the file that it comes from. */
function exportsOf(face: string): { name: string; file: string }[] {
  const text = readText(face);
  const passedOn = [...text.matchAll(/^export (?:type )?\{([^}]*)\} from "([^"]+)";/gm)].flatMap((match) =>
    (match[1] as string)
      .split(",")
      .map((name) => name.trim().replace(/^type /, ""))
      .filter((name) => name !== "")
      .map((name) => ({ name: (name.split(" as ")[0] as string).trim(), file: posix.join(posix.dirname(face), match[2] as string) })),
  );
  const own = [...text.matchAll(/^export (?:declare )?(?:async )?(?:function\*?|class|const|interface|type) (\w+)/gm)].map((match) => ({
    name: match[1] as string,
    file: face,
  }));
  return [...passedOn, ...own];
}

/** The text before the declaration of `name`, followed through files that only pass it on. */
function findDeclaration(file: string, name: string): { before: string } {
  const text = readText(file);
  const at = text.search(
    new RegExp(`^export (?:declare )?(?:abstract )?(?:async )?(?:function\\*?|class|const|interface|type) ${name}\\b`, "m"),
  );
  if (at !== -1) return { before: text.slice(0, at) };
  const next = new RegExp(`^export (?:type )?\\{[^}]*\\b${name}\\b[^}]*\\} from "([^"]+)";`, "m").exec(text)?.[1];
  if (next === undefined) throw new Error(`${file} does not declare ${name}`);
  return findDeclaration(posix.join(posix.dirname(file), next), name);
}
