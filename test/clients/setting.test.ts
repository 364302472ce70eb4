import { describe, expect, it } from "vitest";
import { applySetting, helloWith } from "../../src/clients/setting.ts";
import { libraryEntries, shapeOfEntry } from "../../src/clients/library.ts";
import { helloOf, readRecording } from "../support/recordings.ts";

const variants = libraryEntries().filter(({ base }) => base !== undefined);
const named = (id: string): ReturnType<typeof libraryEntries>[number] => libraryEntries().find((entry) => entry.id === id) as never;

describe("a setting", () => {
  it("applied to the client without it gives what was recorded with it", () => {
    for (const variant of variants) {
      const { suites, groups, schemes, versions, keyShares, legacyVersion } = shapeOfEntry(variant);
      const applied = applySetting(shapeOfEntry(named(variant.base as string)), variant);
      expect(applied, variant.id).toMatchObject({ suites, groups, schemes, versions, keyShares, legacyVersion });
    }
  });

  it("adds to a hello that was configured already only what it adds", () => {
    const shape = shapeOfEntry(named("go-1.24"));
    const own = { ...shape, suites: shape.suites.filter((suite) => suite !== "c02b") };
    const { suites } = applySetting(own, named("go-1.24+tlsrsakex"));
    expect(suites).toContain("009c");
    expect(suites).not.toContain("c02b");
    expect(suites.filter((suite) => own.suites.includes(suite))).toEqual(own.suites);
  });

  it("takes from it what it takes away", () => {
    const { versions } = applySetting(shapeOfEntry(named("openssl-3.0")), named("openssl-3.0+tls1_3"));
    expect(versions).toEqual(["0304"]);
  });

  it("that was not recorded cannot be checked", () => {
    const hello = helloOf(readRecording("go-1.24"));
    expect(helloWith(hello, "go-1.24", "GODEBUG=tls13=0")).toBeUndefined();
    expect(helloWith(hello, "go-1.24", "GODEBUG=tlsrsakex=1")?.suites).toContain("0035");
    expect(helloWith({ ...hello, malformed: "cut" }, "go-1.24", "GODEBUG=tlsrsakex=1")).toBeUndefined();
  });
});
