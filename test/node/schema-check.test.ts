import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it, vi } from "vitest";
import { checkSchema } from "../../src/node/schema-check.ts";

it("makes what it needs of a schema once, however many values are judged", () => {
  const add = vi.spyOn(Ajv2020.prototype, "addSchema");
  checkSchema("handshakeLine", {});
  add.mockClear();
  for (let line = 0; line < 20; line++) expect(checkSchema("handshakeLine", { line })).toMatch(/^it has no "/);
  expect(add).not.toHaveBeenCalled();
});

it.each([
  ["a key that is missing", {}, 'it has no "captures"'],
  ["nothing where something must be", { captures: [] }, "captures is empty"],
  [
    "a word that is none of those",
    { captures: [{ capture: "x", outcome: "ok" }] },
    "captures[0].outcome is not one of established, failed, incomplete",
  ],
  [
    "a key that is unknown",
    { captures: [{ capture: "x" }, { capture: "x", mustOffer: { suites: [] } }] },
    'captures[1].mustOffer has an unknown key "suites"; it can have versions, cipherSuites, extensions, groups, keyShares, signatureSchemes, alpn, compressionMethods',
  ],
  ["a value of another kind", { captures: [{ capture: 7 }] }, "captures[0].capture must be string"],
])("says where and why: %s", (_, value, fault) => {
  expect(checkSchema("config", value)).toBe(fault);
});
