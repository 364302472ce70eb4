import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readOctets } from "../../src/node.ts";
import { redact } from "../../src/redaction/redact.ts";
import { fixtureNames, fixturePath } from "../support/fixtures.ts";
import { analyse, redactable } from "../support/redacted.ts";

const hasTshark = spawnSync("tshark", ["--version"]).status === 0;

describe("tshark", () => {
  it.skipIf(!hasTshark)("opens every redacted fixture, and finds no wrong length or checksum in it", { timeout: 300_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "tls-diff-tshark-"));
    try {
      const key = new Uint8Array(32).fill(7);
      const parts: Uint8Array[] = [];
      let packets = 0;
      for (const name of fixtureNames()) {
        if (!(await redactable(name))) continue;
        const result = await redact(await readOctets(fixturePath(name)), { key, read: analyse });
        packets += result.packets;
        parts.push(result.octets);
      }
      // Sections of pcapng files make one file: one start of tshark for all.
      const file = join(folder, "all.pcapng");
      writeFileSync(file, Buffer.concat(parts));
      const checks = ["-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE"];
      const read = (...words: readonly string[]): string[] =>
        execFileSync("tshark", ["-r", file, ...checks, ...words], {
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
          maxBuffer: 1 << 28,
        })
          .split("\n")
          .filter((line) => line !== "");
      expect(read("-T", "fields", "-e", "frame.number")).toHaveLength(packets);
      const wrong = "ip.checksum.status == Bad || tcp.checksum.status == Bad || udp.checksum.status == Bad";
      expect(read("-Y", `(${wrong}) && frame.len == frame.cap_len`)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
