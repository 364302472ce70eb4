// Jazzer.js, a fuzzer with libFuzzer in it, installed beside the bundle when it is first asked for: nothing else of the project needs it.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const VERSION = "4.0.0";
/** Milliseconds after which an execution is given up: a second judgement, of what counts no steps, such as an expression without end. */
const TIMEOUT = "180000";

/**
 * The function that runs the fuzzer on a target's corpus.
 * @param {string} folder Where it is installed.
 */
export function fuzzerOf(folder) {
  const core = join(folder, "node_modules/@jazzer.js/core");
  if (!existsSync(join(core, "package.json"))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), "{}\n");
    const words = ["install", "--no-audit", "--no-fund", "--ignore-scripts", `@jazzer.js/core@${VERSION}`];
    execFileSync("npm", words, { cwd: folder, stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" });
  }
  const preload = libraryFor(folder);
  return ({ name, isAsync }, corpus, options) => {
    const bundle = join(folder, "../targets.js");
    const words = [
      join(core, "dist/cli.js"),
      bundle,
      corpus,
      "--includes",
      "dist/fuzz/targets",
      "--disableBugDetectors",
      ".*",
      "--timeout",
      TIMEOUT,
    ];
    if (isAsync !== true) words.push("--sync");
    const env = { ...process.env, FUZZ_TARGET: name, ...(preload === undefined ? {} : { LD_PRELOAD: preload }) };
    return spawnSync(process.execPath, [...words, "--", ...options], { env, stdio: ["ignore", "ignore", "pipe"], maxBuffer: 1 << 28 });
  };
}

/** What the add-on takes from a glibc of 2023: the same functions under other names, and one that has nothing to do. */
const SHIM = `#include <stdlib.h>
long __isoc23_strtol(const char *s, char **e, int b) { return strtol(s, e, b); }
unsigned long __isoc23_strtoul(const char *s, char **e, int b) { return strtoul(s, e, b); }
void _ZSt21ios_base_library_initv(void) {}
`;
const YOUNG = new Set(["GLIBC_2.38", "GLIBCXX_3.4.32"]);

/**
 * The add-on is built for glibc 2.38. An older one (Debian 12 has 2.36) lacks three functions: a library of them is
 * built, and the add-on is told that it can do without the two versions. Returns the library, where one is needed.
 * @param {string} folder
 */
function libraryFor(folder) {
  const [major = 0, minor = 0] = (process.report?.getReport().header.glibcVersionRuntime ?? "99.0").split(".").map(Number);
  if (process.platform !== "linux" || major > 2 || minor >= 38) return undefined;
  const library = join(folder, "shim.so");
  if (existsSync(library)) return library;
  const addon = join(folder, `node_modules/@jazzer.js/fuzzer/prebuilds/fuzzer-linux-${process.arch}.node`);
  writeFileSync(addon, withoutVersions(readFileSync(addon)));
  writeFileSync(join(folder, "shim.c"), SHIM);
  execFileSync("cc", ["-shared", "-fPIC", "-O2", "-o", library, join(folder, "shim.c")], { stdio: "inherit" });
  return library;
}

/**
 * Marks versions that an ELF file of 64 bits needs as ones that may be missing (VER_FLG_WEAK of its SHT_GNU_verneed sections).
 * @param {Buffer} elf
 */
function withoutVersions(elf) {
  const sections = Number(elf.readBigUInt64LE(0x28));
  const offsetOf = (index) => Number(elf.readBigUInt64LE(sections + 64 * index + 24));
  for (let index = 0; index < elf.readUInt16LE(0x3c); index++) {
    const section = sections + 64 * index;
    if (elf.readUInt32LE(section + 4) !== 0x6ffffffe) continue;
    const names = offsetOf(elf.readUInt32LE(section + 40));
    for (let need = offsetOf(index), left = elf.readUInt32LE(section + 44); left > 0; left--, need += elf.readUInt32LE(need + 12)) {
      for (let version = need + elf.readUInt32LE(need + 8), more = elf.readUInt16LE(need + 2); more > 0; more--) {
        const name = names + elf.readUInt32LE(version + 8);
        if (YOUNG.has(elf.toString("latin1", name, elf.indexOf(0, name))))
          elf.writeUInt16LE(elf.readUInt16LE(version + 4) | 2, version + 4);
        version += elf.readUInt32LE(version + 12);
      }
    }
  }
  return elf;
}
