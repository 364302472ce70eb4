import { describe, expect, it } from "vitest";
import { Pseudonyms } from "../../src/redaction/pseudonym.ts";

const key = Uint8Array.from({ length: 32 }, (_, index) => index);

describe("a pseudonym", () => {
  const pseudonyms = new Pseudonyms(key);
  const replaced = (text: string): string => {
    const bytes = new TextEncoder().encode(text);
    pseudonyms.replaceWords(bytes, 0, bytes.length);
    return new TextDecoder().decode(bytes);
  };

  it("has the length of its word, and is the same wherever the word stands, in any case", () => {
    expect(replaced("www.Example.test")).toMatch(/^[a-z]{3}\.[a-z]{7}\.[a-z]{4}$/);
    expect(replaced("example")).toBe(replaced("www.EXAMPLE.test").split(".")[1]);
    expect(replaced("*.a_b-c.test")).toMatch(/^\*\.[a-z]_[a-z]-[a-z]\.[a-z]{4}$/);
  });

  it("leaves a dotted quad one", () => {
    for (const octet of replaced("203.0.113.254").split(".")) expect(Number(octet)).toBeLessThan(256);
  });

  it("leaves addresses that are nobody's", () => {
    expect(pseudonyms.address(Uint8Array.of(127, 0, 0, 1))).toEqual(Uint8Array.of(127, 0, 0, 1));
    expect(pseudonyms.address(Uint8Array.of(192, 0, 2, 1))[0]).toBe(10);
    expect(pseudonyms.address(new Uint8Array(16).fill(0x20))[0]).toBe(0xfd);
  });

  it("keeps connection ids of one octet apart", () => {
    const ids = Array.from({ length: 100 }, (_, index) => pseudonyms.connectionId(Uint8Array.of(index))[0]);
    expect(new Set(ids).size).toBe(100);
    expect(pseudonyms.connectionId(Uint8Array.of(7))[0]).toBe(ids[7]);
    expect(pseudonyms.connectionId(new Uint8Array(0))).toEqual(new Uint8Array(0));
  });

  it("leaves an IPv6 address in text one", () => {
    const bytes = new TextEncoder().encode("2001:db8::1");
    pseudonyms.replaceHex(bytes, 0, bytes.length);
    expect(new TextDecoder().decode(bytes)).toMatch(/^[1-9a-f][0-9a-f]{3}:[0-9a-f]{3}::[0-9a-f]$/);
  });
});
