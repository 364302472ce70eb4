/** The library: hellos that were recorded from real clients, as {@link LibraryEntry}s. Its data is generated from `fixtures/clients`. */
import { hellos, values } from "./tables/hellos.ts";
import { readShape, type Shape, shapeText } from "./shape.ts";
import { shortVersion } from "./versions.ts";

/** A recorded hello. */
export interface LibraryEntry {
  /** `go-1.22`, `openssl-3.0+seclevel0`. */
  readonly id: string;
  /** The TLS library, as `clientStack.name` has it. */
  readonly stack: string;
  /** Of the TLS library, as far as it changes what is sent; absent where it is not known. */
  readonly version?: string;
  /** The program on it, where that brings settings of its own, and its version. */
  readonly program?: string;
  readonly programVersion?: string;
  /** What was turned, as one types it, and the id of the same client without. */
  readonly knob?: string;
  readonly base?: string;
  /** The client makes itself look like this one. */
  readonly imitates?: string;
  /** The order of extensions changes from hello to hello. */
  readonly shuffled: boolean;
  readonly shapeText: string;
}

/** Every entry, in the order of ids. */
export function libraryEntries(): readonly LibraryEntry[] {
  return (entries ??= readEntries());
}

/** The shape of an entry. */
export function shapeOfEntry(entry: LibraryEntry): Shape {
  let shape = shapes.get(entry);
  if (shape === undefined) shapes.set(entry, (shape = readShape(entry.shapeText)));
  return shape;
}

/** The entries that have this shape: in this order of extensions, else those that shuffle them. */
export function entriesWith(shape: Shape): readonly LibraryEntry[] {
  byText ??= group(libraryEntries());
  // That a client shuffled its extensions into the order of another is one chance in thousands.
  return byText.get(shapeText(shape)) ?? byText.get(`~${shapeText(shape, true)}`) ?? [];
}

let entries: readonly LibraryEntry[] | undefined;
let byText: Map<string, LibraryEntry[]> | undefined;
const shapes = new Map<LibraryEntry, Shape>();

/** Shuffled entries stand under the text with sorted extensions, after a tilde. */
function group(all: readonly LibraryEntry[]): Map<string, LibraryEntry[]> {
  const groups = new Map<string, LibraryEntry[]>();
  for (const entry of all) {
    const key = entry.shuffled ? `~${shapeText(shapeOfEntry(entry), true)}` : entry.shapeText;
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [entry]);
    else members.push(entry);
  }
  return groups;
}

function readEntries(): LibraryEntry[] {
  const kept = values.trim().split("\n");
  return hellos
    .trim()
    .split("\n")
    .map((line) => {
      const [id = "", stack = "", version = "", program = "", programVersion = "", knob = "", imitates = "", shuffled = "", shape = ""] =
        line.split("|");
      return {
        id,
        stack,
        ...(version === "" ? {} : { version: shortVersion(stack, version) }),
        ...(program === "" ? {} : { program, programVersion: shortVersion(program, programVersion) }),
        ...(knob === "" ? {} : { knob, base: id.split("+")[0] as string }),
        ...(imitates === "" ? {} : { imitates }),
        shuffled: shuffled !== "",
        shapeText: shape
          .split(".")
          .map((at) => (at === "" ? "" : (kept[Number.parseInt(at, 36)] as string)))
          .join(";"),
      };
    });
}
