import { describe, expect, it } from "vitest";
import { copyOf } from "../../src/bytes/copies.ts";

describe("copies of octets", () => {
  it.each([0, 1, 64, 300, 511, 512, 513, 5_000])(
    "keep their %d octets, whatever is copied after them and becomes of the original",
    (length) => {
      const original = Uint8Array.from({ length: length + 4 }, (_, at) => at % 251);
      const expected = [...original.subarray(2, 2 + length)];
      const copies = Array.from({ length: 30 }, () => copyOf(original, 2, 2 + length));
      original.fill(0xff);
      for (const copy of copies) expect([...copy]).toEqual(expected);
      copies[0]?.fill(0);
      expect([...(copies[1] as Uint8Array)]).toEqual(expected);
    },
  );
});
