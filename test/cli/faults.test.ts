import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { writeFile } from "../../src/cli/write-file.ts";
import { UsageError } from "../../src/cli/usage-error.ts";
import type { Capture } from "../../src/index.ts";
import { readCaptures } from "../../src/node.ts";
import { fixturePath } from "../support/fixtures.ts";
import { execute } from "../support/io.ts";
import { runProgram, runShell, start } from "../support/program.ts";

const folder = mkdtempSync(join(tmpdir(), "tls-diff-"));
afterAll(() => rmSync(folder, { recursive: true }));

const GO = fixturePath("pairs/go-rsa-kex/go.pcap");
const OPENSSL = fixturePath("pairs/go-rsa-kex/openssl.pcap");
const go = readFileSync(GO);

const at = (name: string): string => join(folder, name);

function file(name: string, content: Uint8Array | string): string {
  writeFileSync(at(name), content);
  return at(name);
}

/** No stack, and not our bug. */
function expectSentence(err: string, sentence: RegExp): void {
  expect(err).toMatch(sentence);
  expect(err).not.toMatch(/\n\s+at |this is a bug/);
}

const hasFull = existsSync("/dev/full");

describe.skipIf(!hasFull)("a disk that is full", () => {
  const COMMANDS = [
    ["list", GO],
    ["list", GO, "--json"],
    ["list", GO, "--format", "ndjson"],
    ["show", OPENSSL],
    ["explain", GO],
    [GO, OPENSSL],
  ];

  it.each(COMMANDS)("is told by %s %s %s", async (...words) => {
    const out = openSync("/dev/full", "w");
    const { status, err } = await runProgram(words, { out });
    closeSync(out);
    expect(status).toBe(2);
    expectSentence(err, /^tls-diff: cannot write to standard output: no space is left\.\n/);
  });

  it("is told of a file", async () => {
    const { status, err } = await execute(["snapshot", "go.pcap", "-o", "/dev/full"], {
      writeFile: (path, content) => Promise.resolve().then(() => writeFile(path, content)),
    });
    expect(status).toBe(2);
    expectSentence(err, /^tls-diff: cannot write \/dev\/full: no space is left\.\n/);
  });

  it("does not change the status where it is standard error's", async () => {
    const err = openSync("/dev/full", "w");
    expect((await runProgram(["list", at("missing.pcap")], { err })).status).toBe(2);
    expect((await runProgram(["list", GO], { err })).status).toBe(0);
    closeSync(err);
  });
});

function* failing(): Generator<string> {
  yield "new";
  throw Object.assign(new Error("no space"), { code: "ENOSPC", syscall: "write" });
}

describe("a file that cannot be written to its end", () => {
  it.each([
    ["show", [OPENSSL]],
    ["list", Array.from({ length: 12 }, () => OPENSSL)],
  ])("is not there afterwards: %s", async (command, inputs) => {
    // A file may have 512 octets, or 1,024, depending on the shell.
    const { status, err } = await runShell("ulimit -f 1", [command, ...inputs, "-o", at("cut.txt")]);
    expect(status).toBe(2);
    expectSentence(err, /^tls-diff: cannot write .*cut\.txt: it would become too large\.\n/);
    expect(readdirSync(folder).filter((name) => name.includes("cut.txt"))).toEqual([]);
  });

  it("leaves the one that was there as it was", () => {
    const path = file("old.txt", "old");
    expect(() => writeFile(path, failing())).toThrow();
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(folder).filter((name) => name.includes("old.txt"))).toEqual(["old.txt"]);
    writeFile(path, ["n", "ew"]);
    expect(readFileSync(path, "utf8")).toBe("new");
  });

  it("is told in one sentence: the folder is missing, the path is a folder", async () => {
    const missing = await execute(["list", "go.pcap", "-o", at("no/such/report.txt")]);
    expect(missing).toMatchObject({ status: 2, out: "", err: expect.stringContaining("there is no such directory") as string });
    expect(() => writeFile(folder, ["x"])).toThrow(new UsageError(`cannot write ${folder}: it is a directory`));
  });

  it("is the file behind a symbolic link, which stays one", () => {
    const target = file("target.txt", "old");
    symlinkSync(target, at("link.txt"));
    writeFile(at("link.txt"), ["new"]);
    expect(readFileSync(target, "utf8")).toBe("new");
    expect(
      readdirSync(folder, { withFileTypes: true })
        .find(({ name }) => name === "link.txt")
        ?.isSymbolicLink(),
    ).toBe(true);
  });
});

describe("an output that is also an input", () => {
  it("is refused under any name", async () => {
    const own = file("own.pcap", go);
    linkSync(own, at("hard.pcap"));
    symlinkSync(own, at("soft.pcap"));
    for (const output of [own, at("hard.pcap"), at("soft.pcap"), join(folder, ".", "own.pcap")]) {
      const { status, err } = await execute(["list", own, "-o", output], { readCaptures });
      expect(status).toBe(2);
      expectSentence(err, /is an input, and would be overwritten\.\n/);
    }
    expect(readFileSync(own)).toEqual(go);
  });

  it("is refused for a key log, and where two outputs are one file", async () => {
    const log = file("keys.log", "");
    expect((await execute(["list", "go.pcap", "--keylog", log, "-o", log])).err).toContain("is an input");
    const twice = await execute(["list", "go.pcap", "-o", at("twice.txt"), "--report", `json=${at("twice.txt")}`]);
    expect(twice).toMatchObject({ status: 2, err: expect.stringContaining("would be written twice") as string });
  });
});

describe("a pipe that is closed", () => {
  it("ends the program without a word", async () => {
    const { child, ended } = start(["list", ...Array.from({ length: 300 }, () => OPENSSL), "--format", "ndjson"]);
    child.stdin?.end();
    child.stdout?.once("data", () => child.stdout?.destroy());
    expect(await ended).toMatchObject({ status: 0, err: "" });
  });
});

/** Octets of a capture, then an interruption, and silence. */
async function* interrupting(octets: Uint8Array, controller: AbortController): AsyncGenerator<Uint8Array> {
  yield octets;
  controller.abort();
  await new Promise(() => undefined);
}

describe("an interruption", () => {
  it.each([
    ["list", ["list", "-"], /handshake_failure/],
    ["JSON", ["list", "-", "--json"], /"code": "interrupted"/],
    ["explain", ["explain", "-"], /RSA key exchange|no-common-cipher/],
    ["show", ["show", "-"], /client_hello from client/],
    ["a comparison", ["-", OPENSSL], /client_hello|was not read/],
  ])("leaves what was read until then, told as a part: %s", async (_, words, wanted) => {
    const controller = new AbortController();
    const trace = execute(words, {
      signal: controller.signal,
      readCaptures: (input, options) => readCaptures(input, { ...options, stdin: interrupting(new Uint8Array(go), controller) }),
    });
    const { status, out, err } = await trace;
    expect(status).toBe(130);
    expectSentence(err, /interrupted/);
    expect(`${out}${err}`).toMatch(wanted);
  });

  it.each([
    ["snapshot", ["snapshot", "-", "-o", "client.tls.json"]],
    ["check", ["check", "config.json", "--update"]],
  ])("writes nothing half: %s", async (_, words) => {
    const controller = new AbortController();
    const trace = execute(words, {
      signal: controller.signal,
      readConfig: () => Promise.resolve({ captures: [{ capture: "-", baseline: "b.json" }] } as never),
      readCaptures: (_input, options) => readCaptures("-", { ...options, stdin: interrupting(new Uint8Array(go), controller) }),
    });
    expect(await trace).toMatchObject({ status: 130, out: "", err: "tls-diff: interrupted; nothing was written.\n", written: {} });
  });

  /** More than a pipe holds: once all of it is written, the program has begun to read. */
  const LONG = Buffer.concat([go.subarray(0, 24), ...Array.from({ length: 400 }, () => go.subarray(24))]);

  it("ends the process with 130 and what it has read, although its standard input stays open", async () => {
    const { child, ended } = start(["list", "-"]);
    await new Promise((resolve) => child.stdin?.write(LONG, resolve));
    child.kill("SIGINT");
    const { status, out, err } = await ended;
    expect(status).toBe(130);
    expect(out.replaceAll(/\s+/g, " ")).toMatch(/ reading was interrupted after [\d,]+ packets/);
    expect(err).toBe("tls-diff: interrupted; the result covers only what was read until then.\n");
  });

  it("ends the process with 130, although nobody writes into a named pipe any more, or ever did", async () => {
    const pipe = at("pipe");
    expect(spawnSync("mkfifo", [pipe]).status).toBe(0);
    const { child, ended } = start(["list", pipe]);
    const writer = openSync(pipe, "w");
    const long = file("long.pcap", LONG);
    const cat = spawn("cat", [long], { stdio: ["ignore", writer, "ignore"] });
    await once(cat, "close");
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ status: 130, out: expect.stringContaining("reading was interrupted") as string });
    closeSync(writer);

    const controller = new AbortController();
    const waiting = execute(["list", pipe], { readCaptures, signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    expect(await waiting).toMatchObject({ status: 130, out: "", err: "tls-diff: interrupted before anything was read.\n" });
    // Whoever opens it for reading waits in a thread of its own until somebody writes.
    closeSync(openSync(pipe, "r+"));
  });
});

/** The capture, changed after its first octets have been read. */
async function readWhile(path: string, change: () => void): Promise<Capture> {
  let isFirst = true;
  const [capture] = await readCaptures(path, {
    onProgress: () => {
      if (isFirst) change();
      isFirst = false;
    },
  });
  return capture as Capture;
}

describe("a file that changes while it is read", () => {
  /** Twelve packets, repeated until no single read takes all. */
  const packets = new Uint8Array(Buffer.concat(Array.from({ length: 400 }, () => go.subarray(24))));
  const long = Buffer.concat([go.subarray(0, 24), packets]);

  it("is read to its new end where it grows", async () => {
    const path = file("grows.pcap", long);
    const { packets: count, notes } = await readWhile(path, () => appendFileSync(path, go.subarray(24)));
    expect(count).toBe(12 * 401);
    expect(notes.map(({ code }) => code)).not.toContain("cut-file");
  });

  it("is read to its new end, and the cut is told, where it is cut", async () => {
    const path = file("shrinks.pcap", long);
    const { packets: count, notes, error } = await readWhile(path, () => truncateSync(path, 700_000));
    expect(error).toBeUndefined();
    expect(count).toBeGreaterThan(100);
    expect(notes.map(({ message }) => message).join()).toMatch(/the file ends inside packet \d+, at offset 700000/);
  });
});

describe("a file without permission", () => {
  it.each([
    ["EACCES", "may not be read: permission denied"],
    ["EIO", "could not be read: input/output error"],
    ["EMFILE", "could not be read: the system says EMFILE"],
  ])("is told in our words, whatever the system says: %s", async (code, words) => {
    const stdin = (async function* (): AsyncGenerator<Uint8Array> {
      yield await Promise.reject<Uint8Array>(Object.assign(new Error(code), { code, syscall: "read" }));
    })();
    const [capture] = await readCaptures("-", { stdin });
    expect(capture?.error?.message).toBe(words);
  });
});

describe("a directory with one broken capture", () => {
  const place = at("captures");
  mkdirSync(place);
  writeFileSync(join(place, "a.pcap"), go);
  writeFileSync(join(place, "b.pcap"), go.subarray(0, 20));
  writeFileSync(join(place, "c.pcap"), "damaged from its first octet on");
  writeFileSync(join(place, "d.pcap"), readFileSync(OPENSSL));
  writeFileSync(join(place, "README"), "no capture, and not missed");

  it("has the others listed, the broken ones told, and exit status 2", async () => {
    const { status, out, err } = await execute(["list", place], { readCaptures });
    expect(status).toBe(2);
    expect(out).toMatch(/a\.pcap[\s\S]*handshake_failure[\s\S]*d\.pcap[\s\S]*established/);
    expect(err.trimEnd().split("\n")).toEqual([
      `tls-diff: ${join(place, "b.pcap")} is cut inside its header, after 20 octets.`,
      expect.stringMatching(/c\.pcap is not a capture: /),
    ]);
  });

  it("has the others checked", async () => {
    const captures = [{ capture: "b.pcap" }, { capture: "a.pcap", outcome: "failed" }, { capture: "d.pcap", keylog: "missing.log" }];
    const { status, out } = await execute(["check", join(place, "config.json")], {
      readCaptures,
      readConfig: () => Promise.resolve({ captures } as never),
      readKeyLog: () => Promise.reject(new UsageError("missing.log does not exist")),
    });
    expect(status).toBe(2);
    expect(out).toMatch(/b\.pcap: it is\s+cut inside its header/);
    expect(out).toMatch(/1 expectation holds/);
    expect(out).toMatch(/d\.pcap[\s\S]*missing\.log does not exist/);
  });
});

it("names of files reach no terminal as they are", async () => {
  const name = "\u001b[2Jx\u202ey\r.pcap";
  for (const words of [
    ["list", name],
    [name, "x"],
    ["show", name, "--id", "x"],
    ["list", "go.pcap", "-o", `${name}/x`],
  ]) {
    const { out, err } = await execute(words, { readCaptures });
    // eslint-disable-next-line no-control-regex
    expect(`${out}${err}`).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(err).not.toBe("");
  }
});
