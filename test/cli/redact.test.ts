import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readCaptures } from "../../src/node.ts";
import { fixturePath } from "../support/fixtures.ts";
import { execute, type Trace } from "../support/io.ts";

const folder = mkdtempSync(join(tmpdir(), "tls-diff-redact-"));
afterAll(() => rmSync(folder, { recursive: true }));
const [GO, OPENSSL] = [fixturePath("pairs/go-rsa-kex/go.pcap"), fixturePath("pairs/go-rsa-kex/openssl.pcap")];

/** What was written, as octets by name. */
async function redact(...words: readonly string[]): Promise<Trace & { files: ReadonlyMap<string, Uint8Array> }> {
  const files = new Map<string, Uint8Array>();
  const trace = await execute(["redact", ...words], {
    readCaptures,
    readOctets: (path) => Promise.resolve(new Uint8Array(readFileSync(path))),
    writeFile: (path, content) => {
      files.set(path, [...content][0] as Uint8Array);
      return Promise.resolve();
    },
  });
  return { ...trace, files };
}

async function names(octets: Uint8Array): Promise<(string | undefined)[]> {
  async function* once(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(octets);
  }
  const [capture] = await readCaptures("-", { stdin: once() });
  return (capture?.handshakes ?? []).map(({ serverName, transport }) => `${serverName} ${transport.server.address}`);
}

describe("captures that are redacted together", () => {
  it("get the same new names, each in its own file", async () => {
    const { status, err, files } = await redact(GO, OPENSSL, "-o", folder);
    expect(status).toBe(0);
    expect([...files.keys()]).toEqual([join(folder, "go.pcapng"), join(folder, "openssl.pcapng")]);
    const [go, openssl] = await Promise.all([...files.values()].map(names));
    expect(go).toEqual(openssl);
    expect(go?.[0]).not.toContain("mail.example.test");
    expect(err).toContain("Replaced in the same way in all of them, so that they can be compared");
  });

  it("get different names the next time", async () => {
    const [one, other] = [await redact(GO, "-o", "a.pcapng"), await redact(GO, "-o", "a.pcapng")];
    expect(await names(one.files.get("a.pcapng") as Uint8Array)).not.toEqual(await names(other.files.get("a.pcapng") as Uint8Array));
    expect(one.err).not.toContain("alike");
  });

  it.each([
    ["without a place to write to", [GO, OPENSSL], "redact needs the name of a directory to write to: -o safe/"],
    ["to a file", [GO, OPENSSL, "-o", GO], "is not one"],
    ["under one name", [GO, fixturePath("captures/forms/go.pcap.gz"), GO, "-o", folder], "two captures would become"],
    ["over an input", [GO, "-o", GO], "is an input, and would be overwritten"],
  ])("are not written %s", async (_, words, message) => {
    const { status, err, files } = await redact(...words);
    expect(status).toBe(2);
    expect(err).toContain(message);
    expect(files.size).toBe(0);
  });

  it("are not written at all if one of them cannot be redacted", async () => {
    const { status, files } = await redact(GO, fixturePath("../src/README.md"), "-o", folder);
    expect(status).toBe(2);
    expect(files.size).toBe(0);
  });
});
