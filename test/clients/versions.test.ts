import { describe, expect, it } from "vitest";
import { byVersion, shortVersion, versionRanges } from "../../src/clients/versions.ts";

describe("versions", () => {
  it.each([
    ["Go crypto/tls", "1.22.12", "1.22"],
    ["OpenSSL", "1.1.1w", "1.1.1"],
    ["OpenSSL", "3.0.19", "3.0"],
    ["OpenSSL", "1.0.2s", "1.0.2"],
    ["JSSE", "1.8.0_504", "8"],
    ["JSSE", "21.0.13", "21"],
    ["Chromium", "156.0.8078.108", "156"],
    ["rustls", "0.23.31", "0.23"],
    ["forge", "1", "1"],
  ])("of %s: %s is %s", (of, full, short) => {
    expect(shortVersion(of, full)).toBe(short);
  });

  it("are in the order of their numbers", () => {
    expect(["1.9", "1.10", "1.1.1", "1"].toSorted(byVersion)).toEqual(["1", "1.1.1", "1.9", "1.10"]);
  });

  it("are joined where all between them are known", () => {
    expect(versionRanges(["1.22", "1.20", "1.19"], ["1.19", "1.20", "1.21", "1.22"])).toBe("1.19 - 1.20, 1.22");
    expect(versionRanges(["1.19", "1.19"], ["1.19", "1.20"])).toBe("1.19");
    expect(versionRanges([], [])).toBe("");
  });
});
