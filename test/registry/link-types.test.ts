import { expect, it } from "vitest";
import { codePoint } from "../../src/registry/codepoint.ts";

it.each([
  [1, "ETHERNET"],
  [0, "NULL"],
  [12, "RAW"],
  [14, "RAW"],
  [101, "RAW"],
  [113, "LINUX_SLL"],
  [276, "LINUX_SLL2"],
  [147, "USER0"],
  [162, "USER15"],
  [65535, null],
])("link type %i is called %s", (value, name) => {
  expect(codePoint("link_types", value).name).toBe(name);
});
