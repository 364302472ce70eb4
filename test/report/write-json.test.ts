import { describe, expect, it } from "vitest";
import { Utf8Writer } from "../../src/bytes/utf8-writer.ts";
import { writeJson, writeUnsharedJson } from "../../src/report/layout/write-json.ts";

function json(value: unknown, write: typeof writeJson): string {
  const to = new Utf8Writer();
  write(to, value);
  return Buffer.from(to.octets).toString();
}

const VALUES: readonly unknown[] = [
  null,
  true,
  -0,
  Number.NaN,
  1.5,
  'say "no"\n',
  "\u2028 ä \ud800",
  [],
  {},
  [undefined, null, [1, [2]]],
  { a: undefined, b: { c: [] }, 'd"': 1, 2: 3 },
  JSON.parse('{"__proto__":{"a":1}}'),
];

describe("plain data as JSON", () => {
  it.each([
    ["writeJson", writeJson],
    ["writeUnsharedJson", writeUnsharedJson],
  ])("is what JSON.stringify says: %s", (_, write) => {
    for (const value of VALUES) expect(json(value, write)).toBe(JSON.stringify(value));
  });

  it("is the same each time that a frozen value is met, and new where it may have changed", () => {
    const frozen = Object.freeze({ id: "0x01", name: 'a "name"', data: { list: [1, 2] } });
    for (let times = 0; times < 4; times++) expect(json([frozen, frozen], writeJson)).toBe(JSON.stringify([frozen, frozen]));
    const open = { a: 1 };
    for (let times = 0; times < 4; times++) {
      open.a = times;
      expect(json(open, writeJson)).toBe(JSON.stringify(open));
    }
  });
});
