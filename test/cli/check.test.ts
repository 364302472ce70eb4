import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, it } from "vitest";
import { UsageError } from "../../src/cli/usage-error.ts";
import { readCaptures, readConfig } from "../../src/node.ts";
import { fixturePath } from "../support/fixtures.ts";
import { execute, type Trace } from "../support/io.ts";

const folder = mkdtempSync(join(tmpdir(), "tls-diff-check-"));
afterAll(() => rmSync(folder, { recursive: true }));
const config = join(folder, "tls-diff.config.json");
const client = join(folder, "client.pcap");

function record(fixture: string): void {
  copyFileSync(fixturePath(`captures/clients/${fixture}`), client);
}

function expectOf(...captures: readonly object[]): void {
  writeFileSync(config, JSON.stringify({ captures }));
}

function check(...words: readonly string[]): Promise<Trace> {
  return execute(["check", config, ...words], {
    readCaptures,
    readConfig: (path) =>
      readConfig(path).catch((error: unknown) => {
        throw new UsageError((error as Error).message);
      }),
    environment: { GITHUB_STEP_SUMMARY: join(folder, "summary.md") },
    writeFile: (path, content) => {
      writeFileSync(path, [...content].join(""));
      return Promise.resolve();
    },
  });
}

it("prints nothing of a configuration that a terminal would obey", async () => {
  record("go-1.26.8.pcap");
  expectOf({ capture: "client.pcap", mustOffer: { alpn: ["\u001b[31m\u202e"] }, highestVersion: "\u009b2J" });
  for (const format of ["text", "json", "junit", "sarif", "github", "markdown", "html"]) {
    const { out, status } = await check("--format", format);
    expect(status).toBe(1);
    expect(out.replaceAll(/[✓✗…\n]/g, "")).toMatch(/^[ -~]*$/);
  }
});

const require = createRequire(import.meta.url);
const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
// By the name under which the package gives it away.
ajv.addSchema(require("tls-diff/schema/tls-diff.v1.json") as object, "v1");

function faults(document: unknown, definition = ""): string[] {
  const validate = ajv.getSchema(`v1${definition}`);
  if (validate === undefined) throw new Error(`no definition ${definition}`);
  return validate(document) === true ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe("the JSON of check", () => {
  const all: readonly [string, readonly object[], readonly string[]][] = [
    ["what holds", [{ capture: "client.pcap", outcome: "established" }], []],
    ["what does not hold", [{ capture: "client.pcap", outcome: "failed", mustOffer: { groups: ["sect163k1"] } }], []],
    ["a baseline that was written", [{ capture: "client.pcap", baseline: "schema.tls.json" }], ["--update"]],
    ["a capture that is not there", [{ capture: "nowhere.pcap", outcome: "failed" }], []],
    ["a capture without the handshake that is meant", [{ capture: "client.pcap", sni: "nobody.test", outcome: "failed" }], []],
  ];

  it.each(all)("keeps to its schema: %s", async (_, captures, words) => {
    record("go-1.26.8.pcap");
    expectOf(...captures);
    const document = JSON.parse((await check("--json", ...words)).out) as { checks: unknown[] };
    expect(faults(document)).toEqual([]);
    expect(document.checks).toHaveLength(1);
    const lines = (await check("--format", "ndjson", ...words)).out.trim().split("\n");
    expect(lines.flatMap((line) => faults(JSON.parse(line), "#/$defs/checkLine"))).toEqual([]);
  });

  it("keeps to its schema: differences from a baseline", async () => {
    record("go-1.23.4.pcap");
    expectOf({ capture: "client.pcap", baseline: "other.tls.json" });
    await check("--update");
    record("go-1.26.8.pcap");
    const document = JSON.parse((await check("--json")).out) as { checks: { items: { difference?: unknown }[] }[] };
    expect(faults(document)).toEqual([]);
    const text = JSON.stringify(document);
    expect(document.checks[0]?.items.some(({ difference }) => difference !== undefined)).toBe(true);
    for (const [right, wrong] of [
      ['"passed":false', '"passed":"no"'],
      ['"class":"semantic"', '"class":"odd"'],
      ['"items":', '"parts":'],
      ['"config":', '"configuration":'],
    ] as const) {
      expect(text).toContain(right);
      expect(faults(JSON.parse(text.replace(right, wrong)))).not.toEqual([]);
    }
  });
});

describe("a client that is held to its baseline", () => {
  const entry = { capture: "client.pcap", baseline: "client.tls.json", outcome: "established", mustOffer: { groups: ["x25519"] } };

  it("is committed, changes, is caught, and is committed again", async () => {
    record("go-1.23.4.pcap");
    expectOf(entry);
    const missing = await check();
    expect(missing.status).toBe(2);
    expect(missing.out.replaceAll(/\s+/g, " ")).toContain(
      `its baseline ${join(folder, "client.tls.json")} does not exist; tls-diff check --update writes it`,
    );
    expect((await check("--update")).status).toBe(0);
    const committed = readFileSync(join(folder, "client.tls.json"), "utf8");
    expect((await check()).status).toBe(0);

    record("go-1.26.8.pcap");
    const caught = await check();
    expect(caught.status).toBe(1);
    expect(caught.out.replaceAll(/\s+/g, " ")).toContain("negotiated.group: x25519 became X25519MLKEM768");
    expect(caught.out.replaceAll(/\s+/g, " ")).toContain("clientHello.extensions: new signature_algorithms_cert");
    expect((await check("--exit-zero")).status).toBe(0);
    expect((await check("--fail-on", "outcome")).status).toBe(0);

    const updated = await check("--update");
    expect(updated.status).toBe(0);
    expect(updated.out).toContain("client.tls.json was written.");
    expect(readFileSync(join(folder, "client.tls.json"), "utf8")).not.toBe(committed);
    const after = await check();
    expect(after.status).toBe(0);
    expect((await check("--update")).out).not.toContain("was written");
  });

  it("writes several reports at once, and what GitHub does not annotate to the step summary", async () => {
    record("go-1.21.13.pcap");
    const trace = await check("--report", `junit=${join(folder, "out.xml")}`, "--report", "github=-", "-q");
    expect(trace.status).toBe(1);
    expect(trace.written[join(folder, "out.xml")]).toMatch(/<testsuites name="tls-diff" tests="\d+" failures="[1-9]/);
    const capture = join(folder, "client.pcap");
    expect(trace.out.startsWith(`::error file=${capture},title=tls-diff semantic`)).toBe(true);
    expect(trace.written[join(folder, "summary.md")]).toContain(`**\`${capture}\`**`);
  });
});

describe("a name that does not exist", () => {
  it.each([
    ["cipherSuites", "TLS_RSA_WITH_RC4"],
    ["groups", "X25519Kyber"],
    ["versions", "TLS1.0"],
  ])("is no reason to say that all holds: %s", async (list, name) => {
    record("go-1.26.8.pcap");
    expectOf({ capture: "client.pcap", mustNotOffer: { [list]: ["0x00ff", name] } });
    const { status, err } = await check();
    expect(status).toBe(2);
    expect(err).toContain(`captures[0].mustNotOffer.${list}: unknown name "${name}"`);
  });

  it.each([
    [{ cipherSuites: ["aes256-sha", "TLS_RSA_WITH_AES_256_CBC_SHA", "0x0035", "GREASE"] }],
    [{ groups: ["x25519kyber768draft00"], keyShares: ["SecP256r1MLKEM768"], versions: ["TLS 1.0"] }],
    [{ signatureSchemes: ["rsa_pkcs1_sha1"], extensions: ["heartbeat"], compressionMethods: ["DEFLATE"], alpn: ["anybody's"] }],
  ])("is none of those that are registered: %j", async (names) => {
    record("go-1.26.8.pcap");
    expectOf({ capture: "client.pcap", mustNotOffer: names });
    expect((await check()).status).toBe(0);
  });
});

it("warns about a capture without expectations", async () => {
  record("go-1.26.8.pcap");
  expectOf({ capture: "client.pcap" });
  const { status, out, err } = await check();
  expect(status).toBe(0);
  expect(out.replaceAll(/\s+/g, " ")).toContain("client.pcap: there are no expectations.");
  expect(err).toMatch(/^tls-diff: .*client\.pcap has no expectations; add an outcome, a baseline or mustOffer to it in .*\.json\.$/m);
});

describe("the exit status", () => {
  it.each([
    ["an expectation that does not hold", { capture: "client.pcap", mustOffer: { cipherSuites: ["0x0000"] } }, 1],
    ["a capture that is not there", { capture: "none.pcap" }, 2],
    ["no handshake that was asked for", { capture: "client.pcap", sni: "other.test" }, 3],
  ])("tells %s", async (_, entry, status) => {
    record("go-1.26.8.pcap");
    expectOf(entry);
    expect((await check()).status).toBe(status);
  });

  it.each([
    ["no JSON", "{"],
    ["an unknown key", '{"captures":[{"capture":"x","mustofer":{}}]}'],
    ["no captures", "{}"],
  ])("is 2 for a configuration with %s", async (_, text) => {
    writeFileSync(config, text);
    const { status, err } = await check();
    expect(status).toBe(2);
    expect(err).toMatch(
      /tls-diff\.config\.json is not a configuration for tls-diff check: (?:it is not JSON \(|captures\[0\] has an unknown key "mustofer"|it has no "captures")/,
    );
  });

  it.each([
    ["--fail-on", "colour"],
    ["--report", "junit"],
    ["--report", "pdf=x"],
  ])("is 2 for %s %s", async (...words) => {
    expect((await check(...words)).status).toBe(2);
  });
});
