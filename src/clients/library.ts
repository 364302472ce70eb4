/** The library of hellos recorded from real clients, as {@link LibraryEntry}s. Its data is generated from `fixtures/clients`. */
import { hellos, values } from "./tables/hellos.ts";
import { readShape, type Shape, shapeText } from "./shape.ts";
import { shortVersion } from "./versions.ts";

/** A recorded hello. */
export interface LibraryEntry {
  /** `go-1.22`, `openssl-3.0+seclevel0`. */
  readonly id: string;
  /** The TLS library, as `clientStack.name` has it. */
  readonly stack: string;
  /** The version of the TLS library, as precise as matters for what is sent; absent if unknown. */
  readonly version?: string;
  /** The program that uses it, if that has settings of its own, and its version. */
  readonly program?: string;
  readonly programVersion?: string;
  /** The setting that was changed, as one types it, and the id of the same client without it. */
  readonly knob?: string;
  readonly base?: string;
  /** The client that this one imitates. */
  readonly imitates?: string;
  /** The order of extensions changes from hello to hello. */
  readonly shuffled: boolean;
  readonly shapeText: string;
}

/** Every entry, in the order of ids. */
export function libraryEntries(): readonly LibraryEntry[] {
  return (entries ??= linesWith("|").map(entryOf));
}

/** The entries of one TLS library. */
export function entriesOf(stack: string): readonly LibraryEntry[] {
  const field = `|${stack}|`;
  return linesWith(field)
    .filter((line) => line.indexOf("|") === line.indexOf(field))
    .map(entryOf);
}

/** The entry of this id. */
export function entryWith(id: string): LibraryEntry | undefined {
  const line = linesWith(`${id}|`).find((other) => other.startsWith(`${id}|`));
  return line === undefined ? undefined : entryOf(line);
}

/** The shape of an entry. */
export function shapeOfEntry(entry: LibraryEntry): Shape {
  let shape = shapes.get(entry);
  if (shape === undefined) shapes.set(entry, (shape = readShape(entry.shapeText)));
  return shape;
}

/** The entries that have this shape, with extensions in this order; if there are none, those that shuffle them. */
export function entriesWith(shape: Shape): readonly LibraryEntry[] {
  // The chance that a client shuffles its extensions into another's order is one in thousands.
  const text = shapeText(shape);
  const code = codeOf(text);
  const end = `|${NOT_SHUFFLED}|${code}`;
  const equal = code === null ? [] : linesWith(end).filter((line) => line.endsWith(end));
  if (equal.length > 0) return equal.map(entryOf);
  shuffled ??= group(libraryEntries().filter((entry) => entry.shuffled));
  return shuffled.get(shapeText(shape, true)) ?? [];
}

let entries: readonly LibraryEntry[] | undefined;
let shuffled: Map<string, LibraryEntry[]> | undefined;
const shapes = new Map<LibraryEntry, Shape>();

/** Groups entries by their shapes' texts with sorted extensions. */
function group(all: readonly LibraryEntry[]): Map<string, LibraryEntry[]> {
  const groups = new Map<string, LibraryEntry[]>();
  for (const entry of all) {
    const key = shapeText(shapeOfEntry(entry), true);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [entry]);
    else members.push(entry);
  }
  return groups;
}

/** A shape's text as the table encodes it; `null` if it has a value that no entry has. */
function codeOf(text: string): string | null {
  const places = text.split(";").map((value) => (value === "" ? "" : allValues().indexOf(value).toString(36)));
  return places.includes("-1") ? null : places.join(".");
}

function textOf(code: string): string {
  return code
    .split(".")
    .map((at) => (at === "" ? "" : (allValues()[Number.parseInt(at, 36)] as string)))
    .join(";");
}

let keptValues: readonly string[] | undefined;
const keptEntries = new Map<string, LibraryEntry>();

function allValues(): readonly string[] {
  return (keptValues ??= values.trim().split("\n"));
}

/** The lines of the table that contain `part`: most runs need few, and splitting the whole text takes longer. */
function linesWith(part: string): string[] {
  const lines: string[] = [];
  for (let at = hellos.indexOf(part); at !== -1;) {
    const end = hellos.indexOf("\n", at);
    lines.push(hellos.slice(hellos.lastIndexOf("\n", at) + 1, end));
    at = hellos.indexOf(part, end);
  }
  return lines;
}

const NOT_SHUFFLED = "";

/** The entry of a line; its shape is only read when it is needed, as a short run looks at few of the hundreds. */
function entryOf(line: string): LibraryEntry {
  let entry = keptEntries.get(line);
  if (entry === undefined) keptEntries.set(line, (entry = readEntry(line)));
  return entry;
}

function readEntry(line: string): LibraryEntry {
  const [id = "", stack = "", version = "", program = "", programVersion = "", knob = "", imitates = "", shuffles = "", code = ""] =
    line.split("|");
  return {
    id,
    stack,
    ...(version === "" ? {} : { version: shortVersion(stack, version) }),
    ...(program === "" ? {} : { program, programVersion: shortVersion(program, programVersion) }),
    ...(knob === "" ? {} : { knob, base: id.split("+")[0] as string }),
    ...(imitates === "" ? {} : { imitates }),
    shuffled: shuffles !== NOT_SHUFFLED,
    get shapeText() {
      return textOf(code);
    },
  };
}
