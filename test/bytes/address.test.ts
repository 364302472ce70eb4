import { describe, expect, it } from "vitest";
import { addressText } from "../../src/bytes/address.ts";

const v6 = (...words: [number, number, number, number]): string => addressText(6, words);

describe("addresses as text", () => {
  it.each([
    [[0x7f000001, 0, 0, 0], "127.0.0.1"],
    [[0xffffffff | 0, 0, 0, 0], "255.255.255.255"],
  ] as const)("writes IPv4 in dotted decimal", (words, text) => {
    expect(addressText(4, words)).toBe(text);
  });

  it.each([
    [v6(0, 0, 0, 0), "::"],
    [v6(0, 0, 0, 1), "::1"],
    [v6(0x20010db8, 0, 0, 1), "2001:db8::1"],
    [v6(0x20010db8, 0, 0x00010000, 1), "2001:db8::1:0:0:1"],
    [v6(0x20010db8, 0x00000001, 0x00010001, 0x00010001), "2001:db8:0:1:1:1:1:1"],
    [v6(0xfe800000 | 0, 0, 0, 0), "fe80::"],
    [v6(0, 0, 0xffff, 0xc0000201 | 0), "::ffff:192.0.2.1"],
  ])("writes IPv6 as RFC 5952 says: %s", (text, wanted) => {
    expect(text).toBe(wanted);
  });
});
