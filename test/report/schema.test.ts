import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { listClients, readReference } from "../../src/clients/reference.ts";
import { compareWithReference } from "../../src/diff/compare.ts";
import { decodeMessage, decodeSslv2Hello } from "../../src/message/decode-message.ts";
import { FORMATS } from "../../src/report/formats/index.ts";
import { TOOL } from "../../src/report/tool.ts";
import { join } from "../support/records.ts";
import { comparison, goCapture, goHandshake, opensslCapture } from "../support/stories.ts";

const schema = JSON.parse(readFileSync(new URL("../../src/report/schema/tls-diff.v1.json", import.meta.url), "utf8")) as object;
const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
ajv.addSchema(schema, "v1");

function faults(document: unknown, definition = ""): string[] {
  const validate = ajv.getSchema(`v1${definition}`);
  if (validate === undefined) throw new Error(`no definition ${definition}`);
  return validate(document) === true ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const list = { kind: "list", captures: [goCapture, opensslCapture] } as const;
const diff = { kind: "diff", comparison, left: goCapture, right: opensslCapture } as const;

function json(report: Parameters<typeof FORMATS.json.render>[0]): unknown {
  return JSON.parse([...FORMATS.json.render(report)].join(""));
}

describe("the published schema", () => {
  it("holds for list, show and diff", () => {
    expect(faults(json(list))).toEqual([]);
    expect(faults(json({ kind: "show", capture: goCapture, handshake: goHandshake }))).toEqual([]);
    expect(faults(json(diff))).toEqual([]);
  });

  it("holds for the clients, and for a client in place of a capture", async () => {
    const reference = await readReference("openssl-3.0");
    if (reference === undefined) throw new Error("no reference");
    expect(faults(json({ kind: "clients", clients: listClients() }))).toEqual([]);
    expect(faults(json({ kind: "list", captures: [reference] }))).toEqual([]);
    const within = { kind: "diff", comparison: compareWithReference(goCapture, reference), left: goCapture, right: reference } as const;
    expect(faults(json(within))).toEqual([]);
  });

  it("holds for each line", () => {
    const lines = (report: typeof list | typeof diff): unknown[] =>
      [...FORMATS.ndjson.render(report)].map((line) => JSON.parse(line) as unknown);
    expect(lines(list)).toHaveLength(2);
    for (const line of lines(list)) expect(faults(line, "#/$defs/handshakeLine")).toEqual([]);
    expect(lines(diff)).toHaveLength(1);
    for (const line of lines(diff)) expect(faults(line, "#/$defs/pairLine")).toEqual([]);
  });

  it.each([
    [
      "client_hello of SSL 2.0 with a challenge of 16 octets",
      decodeSslv2Hello(join([1, 3, 1, 0, 3, 0, 0, 0, 16, 0, 0, 0x35], new Uint8Array(16))),
    ],
    ["server_hello of SSL 2.0", decodeSslv2Hello(Uint8Array.of(4, 0, 1, 0, 2, 0, 0, 0, 3, 0, 2, 7, 0, 0xc0, 0xab, 0xcd))],
    [
      "hello_retry_request of a draft without cipher suite",
      decodeMessage(6, Uint8Array.of(0x7f, 0x12, 0, 0), { protocol: "tls", from: "server", version: 0, cipherSuite: -1 }),
    ],
  ])("holds for a %s", (_, decoded) => {
    const header = { from: "client", packet: 1, packets: [1], time: "2026-01-01T00:00:00Z", length: 9 };
    expect(decoded).not.toHaveProperty("malformed");
    expect(faults({ ...header, ...decoded }, "#/$defs/message")).toEqual([]);
  });

  it("allows keys that are added later", () => {
    expect(faults(Object.assign(json(list) as object, { later: true }))).toEqual([]);
  });

  const text = JSON.stringify(json(list));
  it.each([
    ["an unknown outcome", text.replace('"outcome":"failed"', '"outcome":"odd"')],
    ["a code point in capitals", text.replace('"0xc02b"', '"0xC02B"')],
    ["a failed handshake without failure", text.replace('"failure"', '"failed"')],
    ["a hello without suites", text.replace('"cipherSuites"', '"suites"')],
    ["an alert without description", text.replace('"description"', '"text"')],
    ["a control sign in a name", text.replace('"serverName":"mail', '"serverName":"\\u0007')],
    ["no schemaVersion", text.replace('"schemaVersion":1,', "")],
  ])("refuses %s", (_, broken) => {
    expect(broken).not.toBe(text);
    expect(faults(JSON.parse(broken))).not.toEqual([]);
  });
});

describe("the tool", () => {
  it("has the version of the package", () => {
    const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as typeof TOOL;
    expect(TOOL).toEqual({ name: manifest.name, version: manifest.version });
  });
});
