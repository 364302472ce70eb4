import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it, vi } from "vitest";
import { checkSchema } from "../../src/node/schema-check.ts";

it("makes what it needs of a schema once, however many values are judged", () => {
  const add = vi.spyOn(Ajv2020.prototype, "addSchema");
  checkSchema("handshakeLine", {});
  add.mockClear();
  for (let line = 0; line < 20; line++) expect(checkSchema("handshakeLine", { line })).toMatch(/must have required property/);
  expect(add).not.toHaveBeenCalled();
});
