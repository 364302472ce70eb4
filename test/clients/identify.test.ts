import { describe, expect, it } from "vitest";
import { identifyClient, identifyShape } from "../../src/clients/identify.ts";
import { libraryEntries, shapeOfEntry } from "../../src/clients/library.ts";
import type { Shape } from "../../src/clients/shape.ts";
import { readRecording, recordings } from "../support/recordings.ts";

const shapeNamed = (id: string): Shape => {
  const entry = libraryEntries().find((candidate) => candidate.id === id);
  if (entry === undefined) throw new Error(`no ${id}`);
  return shapeOfEntry(entry);
};

describe("a recorded hello", () => {
  const genuine = recordings.filter(({ imitates }) => imitates === undefined);

  it("is known for what it is", () => {
    const wrong = genuine.filter(({ id, stack }) => {
      const found = identifyClient(readRecording(id));
      return found?.match !== "exact" || found.name !== stack;
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it("of a client that imitates another is never told to be that one alone", () => {
    for (const { id, program = "?", imitates } of recordings.filter((recording) => recording.imitates !== undefined)) {
      const found = identifyClient(readRecording(id));
      expect(
        found?.candidates.some((candidate) => candidate.startsWith(program) && candidate.endsWith(`as ${imitates}`)),
        id,
      ).toBe(true);
    }
  });
});

describe("the answer", () => {
  it("joins versions that send the same", () => {
    expect(identifyShape(shapeNamed("go-1.19"))).toMatchObject({
      name: "Go crypto/tls",
      versions: "1.19 - 1.20",
      match: "exact",
      deviations: [],
    });
  });

  it("tells the setting and what it changes", () => {
    expect(identifyShape(shapeNamed("go-1.24+tlsrsakex"))).toMatchObject({
      name: "Go crypto/tls",
      match: "exact",
      settings: expect.arrayContaining(["GODEBUG=tlsrsakex=1"]),
      deviations: ["plus 4 cipher suites (RSA key exchange)"],
    });
  });

  it("names the programs whose settings these are", () => {
    expect(identifyShape(shapeNamed("curl-7.88.1")).candidates).toEqual(["curl 7.88"]);
  });

  it("does not look at GREASE, server name, ALPN or the order where a client shuffles", () => {
    const shape = shapeNamed("rustls-0.23-ring");
    const turned = { ...shape, extensions: shape.extensions.toReversed() };
    expect(identifyShape(turned)).toMatchObject({ name: "rustls", match: "exact" });
  });

  it("is near where one suite is missing, and says which", () => {
    const shape = shapeNamed("go-1.24");
    expect(identifyShape({ ...shape, suites: shape.suites.filter((suite) => suite !== "c02b") })).toMatchObject({
      name: "Go crypto/tls",
      versions: "1.24",
      match: "near",
      deviations: ["without TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"],
    });
  });

  it("is none for a hello of another making", () => {
    const shape = shapeNamed("go-1.24");
    const odd = {
      ...shape,
      extensions: shape.extensions.toReversed(),
      suites: shape.suites.toReversed(),
      schemes: shape.schemes.toReversed(),
    };
    expect(identifyShape(odd)).toEqual({ name: null, match: "none", candidates: [], deviations: [] });
  });

  it("is none for an empty hello", () => {
    const empty = {
      ...shapeNamed("openssl-3.0"),
      suites: [],
      extensions: [],
      groups: [],
      schemes: [],
      versions: [],
      keyShares: [],
      others: [],
    };
    expect(identifyShape(empty).match).toBe("none");
  });
});

describe("a client that the library lacks", () => {
  const genuine = libraryEntries().filter((entry) => entry.imitates === undefined);

  it("is given no name of another library", () => {
    const wrong = genuine.filter((left) => {
      const found = identifyShape(shapeOfEntry(left), (entry) => entry.stack !== left.stack && entry.imitates === undefined);
      return found.name !== null;
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it("of a known library is mostly found near its other versions, and never another's", () => {
    let found = 0;
    for (const left of genuine) {
      const { name } = identifyShape(shapeOfEntry(left), (entry) => entry.id !== left.id && entry.base !== left.id);
      if (name !== null) expect(name, left.id).toBe(left.stack);
      if (name === left.stack) found++;
    }
    expect(found / genuine.length).toBeGreaterThan(0.9);
  });
});
