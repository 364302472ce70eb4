import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readOctets } from "../../src/node.ts";
import { redact } from "../../src/redaction/redact.ts";
import { fixtureNames, fixturePath } from "../support/fixtures.ts";
import { analyse } from "../support/redacted.ts";

const hasTshark = spawnSync("tshark", ["--version"]).status === 0;

/** No handshake to redact; and two in which tshark finds something wrong before they are redacted: that is why they fail. */
const OTHERS = new Set(["causes/plaintext-http-on-tls/ok.pcap", "causes/decode-error/fail.pcap", "causes/record-overflow/fail.pcap.gz"]);
const NAMES = fixtureNames(["captures", "causes", "clients", "pairs"]).filter((name) => !OTHERS.has(name));

describe("tshark", () => {
  it.skipIf(!hasTshark)("opens every redacted fixture, and finds nothing wrong in it", { timeout: 300_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "tls-diff-tshark-"));
    try {
      const parts: Uint8Array[] = [];
      let packets = 0;
      for (const [index, name] of NAMES.entries()) {
        // Another key for each, so that no two connections have the same addresses in the file that all come into.
        const key = Uint8Array.from({ length: 32 }, (_, octet) => (octet === 0 ? index >> 8 : index + octet));
        const result = await redact(await readOctets(fixturePath(name)), { key, read: analyse });
        packets += result.packets;
        parts.push(result.octets);
      }
      // Sections of pcapng files make one file: one start of tshark for all.
      const file = join(folder, "all.pcapng");
      writeFileSync(file, Buffer.concat(parts));
      const checks = ["-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE"];
      // tshark does not know that TLS may follow in IRC, and reads ciphertext as text.
      const read = (...words: readonly string[]): string[] =>
        execFileSync("tshark", ["-r", file, "--disable-protocol", "irc", ...checks, ...words], {
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
          maxBuffer: 1 << 28,
        })
          .split("\n")
          .filter((line) => line !== "");
      expect(read("-T", "fields", "-e", "frame.number")).toHaveLength(packets);
      const wrong = "ip.checksum.status == Bad || tcp.checksum.status == Bad || udp.checksum.status == Bad";
      expect(read("-Y", `(${wrong}) && frame.len == frame.cap_len`)).toEqual([]);
      expect(read("-Y", "(_ws.malformed || _ws.expert.severity == error) && frame.len == frame.cap_len")).toEqual([]);
      // Initial packets of QUIC open with the keys that follow from the new connection ids.
      const initials = read("-Y", "quic && tls.handshake.type == 1", "-T", "fields", "-e", "tls.handshake.extensions_server_name");
      expect(initials.length).toBeGreaterThan(15);
      expect(initials.filter((name) => !/^[a-z]+(\.[a-z]+)+/.test(name) || name.includes("example"))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
