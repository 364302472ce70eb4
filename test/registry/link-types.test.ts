import { expect, it } from "vitest";
import { linkTypeName } from "../../src/registry/link-types.ts";

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
  [65535, "LINKTYPE_65535"],
])("link type %i is called %s", (value, name) => {
  expect(linkTypeName(value)).toBe(name);
});
