import { execFileSync } from "node:child_process";
import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { readText, ROOT } from "./source.ts";

interface Manifest {
  readonly bin: Record<string, string>;
  readonly exports: Record<string, string | Record<string, string>>;
}

const manifest = JSON.parse(readText("package.json")) as Manifest;
const report = pack();
const packed = report.files.map(({ path }) => path);

describe("the published package", () => {
  it("has what a package should have", () => {
    expect(packed).toEqual(expect.arrayContaining(["package.json", "README.md", "LICENSE", "CHANGELOG.md"]));
  });

  it("resolves its bin and every export", () => {
    const targets = [
      ...Object.values(manifest.bin),
      ...Object.values(manifest.exports).flatMap((target) => (typeof target === "string" ? [target] : Object.values(target))),
    ];
    const missing = targets
      .map((target) => posix.normalize(target))
      .filter((target) =>
        target.endsWith("/*") ? !packed.some((file) => file.startsWith(target.slice(0, -1))) : !packed.includes(target),
      );
    expect(targets.length).toBeGreaterThan(5);
    expect(missing).toEqual([]);
  });

  it("holds only the code, its schemas and the demo's captures", () => {
    const allowed =
      /^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/.+\.(?:js|d\.ts)|dist\/bin(?:\/[^/]+)?\.cjs|dist\/web\.html|src\/report\/schema\/.+\.json|fixtures\/pairs\/go-rsa-kex\/[^/]+)$/;
    expect(packed.filter((file) => !allowed.test(file))).toEqual([]);
  });

  it("holds the demo's two captures", () => {
    expect(packed.filter((file) => /^fixtures\/.*\.pcap(?:ng)?$/.test(file))).toHaveLength(2);
  });

  it("holds the viewer", () => {
    expect(packed).toContain("dist/web.html");
  });

  it("holds no tests and no registry snapshots", () => {
    expect(packed.filter((file) => /(?:^|\/)test\/|\.test\.|registry\/iana/.test(file))).toEqual([]);
  });

  it("names no source maps, which it does not hold", () => {
    const code = packed.filter((file) => /\.(?:js|d\.ts)$/.test(file));
    expect(code.length).toBeGreaterThan(100);
    expect(code.filter((file) => readText(file).includes("sourceMappingURL="))).toEqual([]);
  });

  it("stays below a megabyte and a half", () => {
    expect(report.size).toBeLessThan(1_500_000);
  });
});

function pack(): { size: number; files: { path: string }[] } {
  const text = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: ROOT,
    encoding: "utf8",
    shell: process.platform === "win32",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [first] = JSON.parse(text) as { size: number; files: { path: string }[] }[];
  if (first === undefined) throw new Error("npm packs nothing");
  return first;
}
