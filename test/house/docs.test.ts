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

  it("has a doc comment for each of them", () => {
    expect(
      exported.filter(({ name, file }) => !DOCUMENTED.test(beforeDeclaration(file, name))).map(({ name, file }) => `${name} of ${file}`),
    ).toEqual([]);
  });
});

describe("every file in src", () => {
  /** Generated tables are held to their generator instead. */
  const files = listFiles("src", ".ts").filter((file) => !/^src\/(?:registry|clients)\/tables\//.test(file));

  it("opens with a paragraph that says what it is about", () => {
    const opening = /^(?:#!.*\n)?\/\*\*(?<words>(?:(?!\*\/)[\s\S])*)\*\//;
    expect(files.filter((file) => (opening.exec(readText(file))?.groups?.["words"]?.match(/\w+/g)?.length ?? 0) < 4)).toEqual([]);
  });

  it("can be read in one sitting", () => {
    expect(files.filter((file) => readText(file).split("\n").length > 350)).toEqual([]);
  });

  it("has a name that says what it is", () => {
    const named = /^src\/(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)*[a-z0-9]+(?:-[a-z0-9]+)*\.ts$/;
    const nameless = /\/(?:utils?|helpers?|common|misc|shared)(?:\/|\.ts$)/;
    expect(files.filter((file) => !named.test(file) || nameless.test(file))).toEqual([]);
  });

  it("leaves nothing for later", () => {
    expect(files.filter((file) => /TODO|FIXME|XXX/.test(readText(file)))).toEqual([]);
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
function beforeDeclaration(file: string, name: string): string {
  const text = readText(file);
  const at = text.search(
    new RegExp(`^export (?:declare )?(?:abstract )?(?:async )?(?:function\\*?|class|const|interface|type) ${name}\\b`, "m"),
  );
  if (at !== -1) return text.slice(0, at);
  const next = new RegExp(`^export (?:type )?\\{[^}]*\\b${name}\\b[^}]*\\} from "([^"]+)";`, "m").exec(text)?.[1];
  if (next === undefined) throw new Error(`${file} does not declare ${name}`);
  return beforeDeclaration(posix.join(posix.dirname(file), next), name);
}
