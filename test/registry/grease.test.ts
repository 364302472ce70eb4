import { describe, expect, it } from "vitest";
import { toText } from "../../src/bytes/text.ts";
import { isGrease, isGreaseAlpn } from "../../src/registry/grease.ts";

describe("isGrease", () => {
  it("wants both octets equal", () => {
    expect(isGrease(0x0a0a)).toBe(true);
    expect(isGrease(0xfafa)).toBe(true);
    expect(isGrease(0x0a1a)).toBe(false);
    expect(isGrease(0x0b0b)).toBe(false);
    expect(isGrease(0x0a)).toBe(false);
  });
});

describe("isGreaseAlpn", () => {
  it("knows the 16 protocol names of RFC 8701, as the model spells them", () => {
    const all = Array.from({ length: 256 }, (_, octet) => toText(Uint8Array.of(octet, octet)));
    expect(all.filter(isGreaseAlpn)).toEqual(all.filter((_, octet) => (octet & 0x0f) === 0x0a));
  });

  it.each(["h2", "J", "JJJ", "\\x0a", "\\x0a\\x1a", ""])("does not take %j for one", (name) => {
    expect(isGreaseAlpn(name)).toBe(false);
  });
});
