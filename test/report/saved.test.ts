import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { CaptureError } from "../../src/fault/errors.ts";
import type { Capture } from "../../src/handshake/handshake.ts";
import { FORMATS } from "../../src/report/formats/index.ts";
import { readSaved } from "../../src/report/saved.ts";
import { comparison, goCapture, opensslCapture } from "../support/stories.ts";

const schema = JSON.parse(readFileSync(new URL("../../src/report/schema/tls-diff.v1.json", import.meta.url), "utf8")) as { $id: string };
const ajv = new Ajv2020({ strict: false }).addSchema(schema);

function read(text: string, file: string): Capture[] {
  return readSaved(text, file, (definition, value) =>
    ajv.validate(`${schema.$id}#/$defs/${definition}`, value) ? null : ajv.errorsText(),
  );
}

function saved(format: "json" | "ndjson", captures = [goCapture, opensslCapture]): string {
  return [...FORMATS[format].render({ kind: "list", captures })].join("");
}

describe("a saved report", () => {
  it("gives back the captures that it was made from", () => {
    expect(read(saved("json"), "saved.json")).toEqual([goCapture, opensslCapture]);
  });

  it("is read line by line as well, with what lines have", () => {
    const captures = read(saved("ndjson"), "saved.ndjson");
    expect(captures.map(({ file, handshakes }) => ({ file, handshakes }))).toEqual(
      [goCapture, opensslCapture].map(({ file, handshakes }) => ({ file, handshakes })),
    );
  });

  it("brings no control sign with it, and keeps the escapes that it has", () => {
    const text = saved("json", [{ ...goCapture, linkTypes: ["a\u001bb\\x0a"] }]);
    expect(read(text, "x")[0]?.linkTypes).toEqual(["a\\x1bb\\x0a"]);
  });

  it("does not reach the prototype of anything", () => {
    const text = saved("json").replace('"stream"', '"__proto__": { "polluted": true }, "stream"');
    const [capture] = read(text, "x");
    expect(capture?.handshakes[0]).not.toHaveProperty("polluted");
  });
});

const BROKEN: readonly (readonly [what: string, text: string, message: RegExp])[] = [
  ["no JSON", "{ nonsense", /neither a capture nor a saved report: line 1 is not JSON/],
  ["another JSON", '{"name":"tls-diff"}', /neither a capture nor a report of tls-diff/],
  ["a later version", '{"schemaVersion":2,"captures":[]}', /\(schemaVersion 1\)/],
  [
    "a comparison",
    [...FORMATS.json.render({ kind: "diff", comparison, left: goCapture, right: opensslCapture })].join(""),
    /does not fit its schema/,
  ],
  ["captures that are no list", '{"schemaVersion":1,"captures":{}}', /does not fit its schema/],
  ["an outcome of its own", saved("json").replace('"failed"', '"odd"'), /outcome/],
  ["a port in words", saved("json").replace('"port": 465', '"port": "smtps"'), /port must be integer/],
  ["a failure of its own", saved("json").replace('"kind": "alert"', '"kind": "odd"'), /failure\/kind/],
  ["messages that are no list", saved("json").replace('"messages": [', '"messages": 1, "x": ['), /messages must be array/],
  ["an extension without id", saved("json").replace('"id": "0x0000", ', ""), /must have required property 'id'/],
  [
    "deep nesting",
    saved("json").replace('"stream"', `"x": ${"[".repeat(3000)}${"]".repeat(3000)}, "stream"`),
    /nested more than 40 levels/,
  ],
];

describe("what is no saved report", () => {
  it.each(BROKEN)("is told: %s", (_, text, message) => {
    expect(() => read(text, "x.json")).toThrow(CaptureError);
    expect(() => read(text, "x.json")).toThrow(message);
  });
});
