/** The library is what was recorded: every capture in `fixtures/clients` is decoded again and must give the structure that is kept. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { libraryEntries, shapeOfEntry } from "../../src/clients/library.ts";
import { readShape, shapeText } from "../../src/clients/shape.ts";
import { readRecording, recordedIds, recordings, RECORDINGS, shapeAndOctets } from "../support/recordings.ts";

const room = join(import.meta.dirname, "../../src/clients");
type Read = (id: string) => { shape: string; hex: string; time: string; record: string };
interface Generator {
  readonly generate: (manifest: unknown, read: Read) => Map<string, string>;
}

describe("the recordings", () => {
  it("are those that clients.json tells", () => {
    expect(recordings.map(({ id }) => id)).toEqual(recordedIds());
  });

  it("are many: of the stacks that people meet, with and without settings", () => {
    expect(recordings.length).toBeGreaterThanOrEqual(60);
    expect(new Set(recordings.filter(({ imitates }) => imitates === undefined).map(({ stack }) => stack)).size).toBeGreaterThanOrEqual(14);
  });

  it("with a setting have the same client without it beside them", () => {
    const ids = new Set(recordings.map(({ id }) => id));
    const lone = recordings.filter(
      ({ knob, base }) => (knob === undefined) !== (base === undefined) || (base !== undefined && !ids.has(base)),
    );
    expect(lone).toEqual([]);
  });

  it("stand in fixtures/clients/README.md", () => {
    const page = readFileSync(join(RECORDINGS, "README.md"), "utf8");
    expect(recordings.filter(({ id, base }) => !page.includes(`\`${base === undefined ? id : id.slice(base.length)}\``))).toEqual([]);
  });

  it("hold nothing after the server's first answer", () => {
    const later = new Set(["client_key_exchange", "finished", "encrypted_extensions"]);
    for (const { id } of recordings)
      expect(
        readRecording(id).messages.filter(({ type }) => later.has(type)),
        id,
      ).toEqual([]);
  });
});

describe("the tables", () => {
  let tables: Map<string, string>;
  beforeAll(async () => {
    const { generate } = (await import(/* @vite-ignore */ join(room, "generate.mjs"))) as Generator;
    tables = generate(recordings, shapeAndOctets);
  });

  it.each(["hellos.ts", "octets.ts"])("%s is what the recordings give", (file) => {
    expect(tables.get(file)).toBe(readFileSync(join(room, "tables", file), "utf8"));
  });

  it("have an entry for each recording", () => {
    expect(libraryEntries().map(({ id }) => id)).toEqual(recordings.map(({ id }) => id));
  });

  it("keep shapes that are read back as they were", () => {
    for (const entry of libraryEntries()) expect(shapeText(readShape(entry.shapeText)), entry.id).toBe(shapeText(shapeOfEntry(entry)));
  });
});
