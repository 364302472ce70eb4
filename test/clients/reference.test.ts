import { describe, expect, it } from "vitest";
import { findClient, listClients, readReference } from "../../src/clients/reference.ts";
import { libraryEntries } from "../../src/clients/library.ts";
import { shapeOf, shapeText } from "../../src/clients/shape.ts";
import { compareWithReference } from "../../src/diff/compare.ts";
import { readFixture } from "../support/fixtures.ts";
import { helloOf, readRecording } from "../support/recordings.ts";

describe("a name", () => {
  it.each([
    ["openssl-3.0", "openssl-3.0"],
    ["go", "go-1.27"],
    ["golang", "go-1.27"],
    ["Go-1.26+TLSRSAKEX", "go-1.26+tlsrsakex"],
    ["chrome", "chromium-156"],
    ["gnutls-3.7", "gnutls-3.7-bookworm"],
    ["java", "java-25"],
    ["openssl", "openssl-4.0"],
  ])("%s means %s", (name, id) => {
    expect(findClient(name)?.id).toBe(id);
  });

  it.each(["", "op", "3.0", "__proto__", "constructor", "go-9"])("%j means nobody", (name) => {
    expect(findClient(name)).toBeUndefined();
  });

  it("of an imitator or a variant is never meant by a short one", () => {
    const stems = new Set(libraryEntries().map(({ id }) => id.split("-")[0] as string));
    for (const stem of stems) {
      const found = findClient(stem);
      if (found !== undefined) expect(found.imitates ?? found.knob, stem).toBeUndefined();
    }
  });
});

describe("a reference", () => {
  it("has the hello that was recorded, and nothing of a server", async () => {
    for (const { id, shapeText: text } of libraryEntries()) {
      const capture = await readReference(id);
      const handshake = capture?.handshakes[0];
      if (handshake === undefined) throw new Error(id);
      const hello = helloOf(handshake);
      expect(hello.malformed, id).toBeUndefined();
      expect(shapeText(shapeOf(hello, handshake.protocol) as never), id).toBe(text);
      expect(handshake, id).toMatchObject({
        reference: id,
        negotiated: {},
        events: [],
        messages: [hello],
        protocol: readRecording(id).protocol,
      });
    }
  });

  it("tells the suites that Go lacks, and nothing that a server says", async () => {
    const capture = await readFixture("pairs/go-rsa-kex/go.pcap");
    const reference = await readReference("openssl-3.0");
    if (reference === undefined) throw new Error("no reference");
    const { pairs, identical } = compareWithReference(capture, reference);
    expect(identical).toBe(false);
    const [pair] = pairs;
    const suites = pair?.differences.find(({ path }) => path === "clientHello.cipherSuites");
    expect(suites).toMatchObject({
      onlyRight: expect.arrayContaining([expect.objectContaining({ name: "TLS_RSA_WITH_AES_256_CBC_SHA" })]),
    });
    expect(pair?.differences.filter(({ path }) => !path.startsWith("clientHello"))).toEqual([]);
    expect(pair?.differences.filter(({ path }) => /server_name|random|application_layer/.test(path))).toEqual([]);
  });

  it("stands on either side", async () => {
    const capture = await readFixture("pairs/go-rsa-kex/go.pcap");
    const reference = (await readReference("go-1.26")) as NonNullable<Awaited<ReturnType<typeof readReference>>>;
    expect(compareWithReference(reference, capture).identical).toBe(true);
    expect(compareWithReference(capture, reference).identical).toBe(true);
    expect(compareWithReference(reference, reference).identical).toBe(true);
  });
});

describe("the list of clients", () => {
  it("has every recording once, variants with their client", () => {
    const ids = listClients().flatMap(({ id, variants }) => [id, ...variants.map((variant) => variant.id)]);
    expect(ids.toSorted()).toEqual(
      libraryEntries()
        .map(({ id }) => id)
        .toSorted(),
    );
  });
});
