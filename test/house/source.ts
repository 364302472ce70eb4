/** The source tree as the house tests read it: files, and what each imports. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root, without a slash at its end. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The text of a file, named from the root. */
export function readText(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** All files below a folder whose names end in `ending`, named from the root with slashes, sorted. */
export function listFiles(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .toSorted();
}

/** One import or re-export. */
export interface Import {
  /** The file that imports, named from the root. */
  readonly from: string;
  /** What it names: for a relative import the file, named from the root; otherwise the words themselves. */
  readonly to: string;
  readonly relative: boolean;
  /** Nothing of it is left when the types are gone. */
  readonly typeOnly: boolean;
}

const IMPORT = /\b(?:import|export)\b(?<names>[^"'();=]*?)\bfrom\s*["'](?<source>[^"']+)["']|\bimport\s*\(?\s*["'](?<bare>[^"']+)["']/g;

/** Every import of a file, dynamic ones and re-exports included. */
export function importsOf(file: string): Import[] {
  return [...withoutComments(readText(file)).matchAll(IMPORT)].map(({ groups }) => {
    const source = groups?.["source"] ?? groups?.["bare"] ?? "";
    const isRelative = source.startsWith(".");
    return {
      from: file,
      to: isRelative ? posix.join(posix.dirname(file), source) : source,
      relative: isRelative,
      typeOnly: groups?.["names"] !== undefined && isTypeOnly(groups["names"]),
    };
  });
}

function isTypeOnly(names: string): boolean {
  if (/^\s*type\b/.test(names)) return true;
  const list = /^\s*\{(.*)\}\s*$/s.exec(names)?.[1];
  return (
    list !== undefined &&
    list
      .split(",")
      .filter((name) => name.trim() !== "")
      .every((name) => /^\s*type\s/.test(name))
  );
}

/** Comments may hold examples with imports of their own. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}
