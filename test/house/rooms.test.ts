import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importsOf, listFiles, readText, ROOT, type Import } from "./source.ts";

/** A row of the door table in src/README.md. */
interface Door {
  readonly room: string;
  /** Rooms that it may import from; `types` for those of which it may import types only. */
  readonly from: ReadonlyMap<string, "all" | "types">;
  /** Packages and, as `node:*`, Node's own modules that it may import. */
  readonly packages: ReadonlySet<string>;
}

const doors = readDoors(readText("src/README.md"));
const files = listFiles("src", ".ts");
const imports = files.flatMap(importsOf);

describe("the door table in src/README.md", () => {
  it("has a row for each room, and a room for each row", () => {
    expect([...doors.keys()].toSorted()).toEqual([...new Set(files.map(roomOf))].toSorted());
  });

  it("lets a room take only from rooms in rows above its own", () => {
    const order = [...doors.keys()];
    const upward = [...doors.values()].flatMap(({ room, from }) =>
      [...from.keys()].filter((other) => !order.slice(0, order.indexOf(room)).includes(other)).map((other) => `${room} from ${other}`),
    );
    expect(upward).toEqual([]);
  });

  it("names only packages that package.json has as dependencies", () => {
    const { dependencies } = JSON.parse(readText("package.json")) as { dependencies: Record<string, string> };
    const named = new Set([...doors.values()].flatMap(({ packages }) => Array.from(packages)).filter((name) => name !== "node:*"));
    expect([...named].toSorted()).toEqual(Object.keys(dependencies).toSorted());
  });
});

describe("imports in src", () => {
  it("are found", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(files.length);
  });

  it("name a file that is there, with its ending", () => {
    expect(tell(imports.filter(({ to, relative }) => relative && !existsSync(join(ROOT, to))))).toEqual([]);
  });

  it("stay inside src", () => {
    expect(tell(imports.filter(({ to, relative }) => relative && !to.startsWith("src/") && to !== "package.json"))).toEqual([]);
  });

  it("go only through doors that are in the table", () => {
    const crossing = imports.filter(({ from, to, relative }) => relative && to.startsWith("src/") && roomOf(from) !== roomOf(to));
    expect(crossing.length).toBeGreaterThan(50);
    expect(
      tell(
        crossing.filter(({ from, to, typeOnly }) => {
          const door = doors.get(roomOf(from))?.from.get(roomOf(to));
          return door === undefined || (door === "types" && !typeOnly);
        }),
      ),
    ).toEqual([]);
  });

  it("use every door of the table", () => {
    const used = new Set(imports.map(({ from, to }) => `${roomOf(from)} from ${roomOf(to)}`));
    const unused = [...doors.values()]
      .flatMap(({ room, from }) => [...from.keys()].map((other) => `${room} from ${other}`))
      .filter((door) => !used.has(door));
    expect(unused).toEqual([]);
  });

  it("take a package, or Node's modules, only where the table says so", () => {
    const bare = imports.filter(({ relative }) => !relative);
    expect(bare.length).toBeGreaterThan(5);
    expect(tell(bare.filter(({ from, to }) => doors.get(roomOf(from))?.packages.has(packageOf(to)) !== true))).toEqual([]);
  });

  it("never reach into a tool", () => {
    expect(tell(imports.filter(({ to }) => to.endsWith(".mjs")))).toEqual([]);
  });
});

function readDoors(map: string): Map<string, Door> {
  const rows = map.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  const head = rows.findIndex((cells) => cells[1] === "Room" && cells[2] === "takes from" && cells[3] === "packages");
  const table = rows.slice(head + 2);
  return new Map(
    table
      .slice(
        0,
        table.findIndex((cells) => cells.length < 4),
      )
      .map(([, room = "", from = "", packages = ""]) => {
        const name = room.replaceAll("`", "");
        const taken = [...from.matchAll(/`([^`]+)`(?<types> \(types\))?/g)];
        return [
          name,
          {
            room: name,
            from: new Map(
              taken.map((match) => [match[1] as string, match.groups?.["types"] === undefined ? ("all" as const) : ("types" as const)]),
            ),
            packages: new Set([...packages.matchAll(/`([^`]+)`/g)].map((match) => match[1] as string)),
          },
        ];
      }),
  );
}

/** `src/packet/ipv4.ts` lies in `packet`; `src/node.ts` is a room of its own. */
function roomOf(file: string): string {
  return file.split("/")[1] as string;
}

/** `@noble/hashes/sha2.js` belongs to `@noble/hashes`. */
function packageOf(source: string): string {
  if (source.startsWith("node:")) return "node:*";
  const parts = source.split("/");
  return source.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] as string);
}

function tell(list: readonly Import[]): string[] {
  return list.map(({ from, to, typeOnly }) => `${from} imports ${to}${typeOnly ? " (types)" : ""}`);
}
