import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { FORMATS } from "../../src/report/formats/index.ts";
import { type Schema, schemaFault } from "../../src/web/schema-check.ts";
import { fixtureNames, fixturePath, readFixture } from "../support/fixtures.ts";

const read = (path: URL): unknown => JSON.parse(readFileSync(path, "utf8"));
const schemas = {
  listing: read(new URL("../../src/report/schema/tls-diff.v1.json", import.meta.url)) as Schema,
  snapshot: read(new URL("../../src/report/schema/snapshot.v1.json", import.meta.url)) as Schema,
};

/** As in `src/node/schema-check.ts`, but made once. */
const ajv = new Ajv2020({ validateFormats: false, strict: false });
ajv.addSchema(schemas.listing, "tls-diff").addSchema(schemas.snapshot, "snapshot");
const validators = { listing: ajv.getSchema("tls-diff#/$defs/listing"), snapshot: ajv.getSchema("snapshot") };

function fault(definition: "listing" | "snapshot", value: unknown): string | null {
  return schemaFault(schemas[definition], definition === "snapshot" ? null : definition, value);
}

/** Every copy of a document in which one value is gone, or another. */
function* changed(document: unknown): Generator {
  const text = JSON.stringify(document);
  const places = [...placesIn(document)];
  const step = Math.max(1, Math.floor(places.length / 200));
  for (let index = 0; index < places.length; index += step) {
    for (const value of [undefined, null, -1, "\u0007", [], {}, 1.5]) {
      const copy = JSON.parse(text) as Record<string, unknown>;
      const path = places[index] as readonly string[];
      let holder = copy;
      for (const name of path.slice(0, -1)) holder = holder[name] as Record<string, unknown>;
      const name = path.at(-1) as string;
      if (value === undefined) Reflect.deleteProperty(holder, name);
      else holder[name] = value;
      yield copy;
    }
  }
}

function* placesIn(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (path.length > 0) yield path;
  if (typeof value !== "object" || value === null) return;
  for (const [name, member] of Object.entries(value)) yield* placesIn(member, [...path, name]);
}

/** Do both validators say the same? How many documents fitted, and how many did not. */
function compared(definition: "listing" | "snapshot", document: unknown): { fits: number; faults: number } {
  const told = { fits: 0, faults: 0 };
  for (const copy of changed(document)) {
    const ours = fault(definition, copy);
    expect(ours === null, ours ?? "fits").toBe(validators[definition]?.(copy));
    if (ours === null) told.fits++;
    else told.faults++;
  }
  return told;
}

describe("the page's reading of the schemas", () => {
  it("takes every saved report", async () => {
    for (const name of fixtureNames().filter((_, index) => index % 7 === 0)) {
      const capture = await readFixture(name, { octets: true });
      const document: unknown = JSON.parse([...FORMATS.json.render({ kind: "list", captures: [capture], all: true })].join(""));
      expect(fault("listing", document), name).toBeNull();
    }
  });

  it("says of changed ones what the command line's validator says", async () => {
    const capture = await readFixture("captures/failures/no-common-suite.pcap");
    const document: unknown = JSON.parse([...FORMATS.json.render({ kind: "list", captures: [capture] })].join(""));
    const { fits, faults } = compared("listing", document);
    expect(Math.min(fits, faults)).toBeGreaterThan(100);
  });

  it("does so of snapshots, too", () => {
    const document: unknown = JSON.parse(readFileSync(fixturePath("baselines/go.tls.json"), "utf8"));
    expect(fault("snapshot", document)).toBeNull();
    const { faults } = compared("snapshot", document);
    expect(faults).toBeGreaterThan(100);
  });

  it("says where a value does not fit", () => {
    expect(fault("listing", { schemaVersion: 1, tool: { name: "tls-diff", version: "1" }, captures: [{ file: 7 }] })).toMatch(
      /^data\/captures\/0/,
    );
  });

  it("refuses a schema with words that it does not know", () => {
    expect(() => schemaFault({ $defs: {}, propertyNames: {} }, null, {})).toThrow(/the schema has propertyNames/);
    expect(() => schemaFault({ $defs: {}, $ref: "#/$defs/nothing" }, null, {})).toThrow(/the schema has no #\/\$defs\/nothing/);
  });
});
