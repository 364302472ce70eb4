import { describe, expect, it } from "vitest";
import { Utf8Writer } from "../../src/bytes/utf8-writer.ts";

function written(write: (to: Utf8Writer) => void): string {
  const to = new Utf8Writer();
  write(to);
  return Buffer.from(to.octets).toString();
}

describe("text in UTF-8", () => {
  it("is what Node makes of it, one piece behind the other", () => {
    const texts = ["plain", "", "✓ ä", "\u{1f600}", "\ud800 alone"];
    expect(written((to) => texts.forEach((text) => to.text(text)))).toBe(Buffer.from(texts.join("")).toString());
    expect(written((to) => [0x61, 0x62].forEach((code) => to.sign(code)))).toBe("ab");
    expect(written((to) => to.copy(Uint8Array.of(0x61, 0x62)))).toBe("ab");
  });

  it("has room for any length, and begins anew", () => {
    const to = new Utf8Writer();
    const long = "✓".repeat(200_000);
    to.text("a");
    to.text(long);
    expect(Buffer.from(to.octets).toString()).toBe(`a${long}`);
    to.clear();
    expect(to.length).toBe(0);
    to.text("b");
    expect(Buffer.from(to.octets).toString()).toBe("b");
  });

  it.each([0, 7, 10, 99, 100, 12_345, 999_999_999, 1_000_000_000, 4_294_967_296, Number.MAX_SAFE_INTEGER, -1, 0.5, 1e21])(
    "has the number %d as JSON does",
    (value) => {
      expect(written((to) => to.number(value))).toBe(JSON.stringify(value));
    },
  );

  it("quotes what needs no escape, and leaves the rest alone", () => {
    expect(written((to) => expect(to.quoted("a b~")).toBe(true))).toBe('"a b~"');
    for (const text of ['"', "\\", "\n", "\u007f", "ä", "\ud800", `${"a".repeat(99)}\u2028`]) {
      expect(written((to) => expect(to.quoted(text)).toBe(false))).toBe("");
    }
  });
});
