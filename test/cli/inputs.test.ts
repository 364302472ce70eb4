import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { constants, deflateRawSync, gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { readCaptures } from "../../src/node.ts";
import { execute } from "../support/io.ts";
import type { Trace } from "../support/io.ts";

const folder = mkdtempSync(join(tmpdir(), "tls-diff-"));
afterAll(() => rmSync(folder, { recursive: true }));

const fixtures = join(import.meta.dirname, "../../fixtures/pairs/go-rsa-kex");
const go = readFileSync(join(fixtures, "go.pcap"));
const GOOD = join(fixtures, "openssl.pcap");

function file(name: string, content: Uint8Array | string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function emptyFolder(): string {
  mkdirSync(join(folder, "empty"));
  return join(folder, "empty");
}

const noTls = file("no-tls.pcap", go.subarray(0, 24));

/** What is wrong with an input, and what is said of it. `FILE` is the name of the input. */
const INPUTS: readonly (readonly [what: string, input: string, status: number, sentence: RegExp])[] = [
  ["a text", file("notes.txt", "these are my notes\n"), 2, /^tls-diff: FILE is not a capture: .+\.$/],
  ["an empty file", file("empty.pcap", ""), 2, /^tls-diff: FILE is empty\.$/],
  ["a missing file", join(folder, "missing.pcap"), 2, /^tls-diff: FILE does not exist\.$/],
  ["a file below a file", join(GOOD, "x.pcap"), 2, /^tls-diff: FILE does not exist: .+\.$/],
  [
    "a directory without captures",
    emptyFolder(),
    2,
    /^tls-diff: FILE is a directory without captures; directories in it are not searched\.$/,
  ],
  ["a header that is cut", file("cut-header.pcap", go.subarray(0, 20)), 2, /^tls-diff: FILE is cut inside its header, after 20 octets\.$/],
  ["damaged compression", file("bad.gz", gzipSync(go).fill(0xff, 10, 60)), 2, /^tls-diff: .*FILE.*gzip data that is damaged.*\.$/],
  [
    "a JSON that is no report",
    file("package.json", '{"name":"x"}'),
    2,
    /^tls-diff: FILE is neither a capture nor a report of tls-diff .+\.$/,
  ],
  ["a capture without packets", noTls, 3, /^tls-diff: .*FILE.*\.$/],
];

const real = { readCaptures } as const;

function expectSentence({ out, err, status }: Trace, input: string, expected: number, sentence: RegExp, isText = true): void {
  expect(status).toBe(expected);
  const [first = "", ...rest] = err.trimEnd().split("\n");
  expect(first.replaceAll(input, "FILE")).toMatch(sentence);
  expect(err).not.toMatch(/\n\s+at |Error:/);
  if (expected === 3) expect(rest.join("\n")).toContain("tcpdump -i any -s 0 -U -w out.pcap");
  else expect(rest).toEqual([]);
  if (isText && expected === 2) expect(out).toBe("");
}

describe.each(INPUTS)("%s", (_, input, status, sentence) => {
  it("is told in one sentence by list", async () => {
    expectSentence(await execute(["list", input], real), input, status, sentence);
  });

  it("is told in one sentence by show", async () => {
    expectSentence(await execute(["show", input], real), input, status, sentence);
  });

  it("is told in one sentence by diff, on either side and alone", async () => {
    expectSentence(await execute([input, GOOD], real), input, status, sentence);
    expectSentence(await execute([GOOD, input], real), input, status, sentence);
    expectSentence(await execute([input], real), input, status, sentence);
  });

  it("leaves JSON on standard output whole", async () => {
    const { out } = await execute(["list", input, "--json"], real);
    const { captures } = JSON.parse(out) as { captures: { error?: unknown; handshakes: unknown[] }[] };
    expect(captures).toHaveLength(1);
    expect(captures[0]?.handshakes).toEqual([]);
    expect(captures[0]?.error === undefined).toBe(status === 3);
  });
});

describe("a capture that is cut inside a packet", () => {
  const cut = file("cut.pcap", go.subarray(0, go.length - 7));

  it("gives everything before the cut, and the cut is told", async () => {
    const { status, out } = await execute(["list", cut], real);
    expect(status).toBe(0);
    expect(out).toMatch(/handshake_failure by server/);
    expect(out).toMatch(/cut/);
  });
});

describe("a compressed capture that is damaged", () => {
  const packed = gzipSync(readFileSync(GOOD));

  it("gives all of it where something else lies behind", async () => {
    const { status, out } = await execute(["list", file("behind.pcap.gz", Buffer.concat([packed, Buffer.from("junk")]))], real);
    expect(status).toBe(0);
    expect(out).toContain("pcap in gzip, 18 packets, 1 handshake");
    expect(out).toContain("the file holds gzip data that is damaged");
  });

  it("gives what lies before the damage, however small it is", async () => {
    const octets = readFileSync(GOOD);
    const first = deflateRawSync(octets.subarray(0, 3_000), { finishFlush: constants.Z_SYNC_FLUSH });
    // A block of a kind that there is not.
    const damaged = Buffer.concat([packed.subarray(0, 10), first, Buffer.from([0x07])]);
    const { status, out } = await execute(["list", file("middle.pcap.gz", damaged)], real);
    expect(status).toBe(0);
    expect(out).toContain("pcap in gzip, 9 packets, 1 handshake");
    expect(out).toContain("the file holds gzip data that is damaged: invalid block type");
  });
});

describe("several inputs", () => {
  it("are all reported where one cannot be read", async () => {
    const { status, out, err } = await execute(["list", join(folder, "missing.pcap"), GOOD], real);
    expect(status).toBe(2);
    expect(err).toMatch(/missing\.pcap does not exist\.\n$/);
    expect(out).toMatch(/openssl\.pcap[\s\S]*established/);
  });

  it("are no side of a comparison", async () => {
    const { status, err } = await execute([fixtures, GOOD], real);
    expect(status).toBe(2);
    expect(err).toMatch(/holds 2 captures; a comparison takes one on each side\./);
  });
});

describe("the recorded pair", () => {
  const pair = [join(fixtures, "go.pcap"), GOOD];

  it("differs, and the first lines name the cause", async () => {
    const { status, out } = await execute(pair, real);
    expect(status).toBe(1);
    expect(out.split("\n").slice(0, 2).join("\n")).toMatch(/RSA key exchange.*certain/s);
    expect(out).toContain("handshake_failure");
    expect(out).toMatch(/\+ TLS_RSA_WITH_AES_256_CBC_SHA +0x0035 {2}AES256-SHA\s+◀ server's choice/);
  });

  it("is the same as itself", async () => {
    expect((await execute([GOOD, GOOD], real)).status).toBe(0);
  });

  it("compares the same from saved reports as from captures", async () => {
    const fromCaptures = await execute([...pair, "--json"], real);
    const saved = await Promise.all(
      pair.map(async (capture, index) => file(`saved-${index}.json`, (await execute(["list", capture, "--json"], real)).out)),
    );
    expect(JSON.parse((await execute([...saved, "--json"], real)).out)).toEqual(JSON.parse(fromCaptures.out));
  });

  it("comes through standard input", async () => {
    const stdin = (async function* () {
      yield await Promise.resolve(new Uint8Array(go));
    })();
    const { status, out } = await execute(["-", GOOD], { readCaptures: (input, options) => readCaptures(input, { ...options, stdin }) });
    expect(status).toBe(1);
    expect(out).toMatch(/^✗ standard input: /);
  });
});
