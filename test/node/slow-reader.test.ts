import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { readCaptures } from "../../src/node.ts";
import { ROOT } from "../house/source.ts";

const SEVERAL = join(ROOT, "fixtures/captures/several/go-openssl-python.pcap");
const HANDSHAKES = 3;
/** So often that many connections have ended for good before the file does. */
const TIMES = 100;

it("no more is read until the taker of a handshake is done", async () => {
  const file = again(readFileSync(SEVERAL), TIMES);
  let asked = 0;
  let busy = false;
  const whileBusy: number[] = [];
  async function* chunks() {
    for (let at = 0; at < file.length; at += 4096) {
      asked++;
      if (busy) whileBusy.push(asked);
      yield file.subarray(at, at + 4096);
    }
  }
  let taken = 0;
  await readCaptures("-", {
    stdin: chunks(),
    async onHandshake() {
      busy = true;
      for (let turn = 0; turn < 10; turn++) await setImmediate();
      busy = false;
      taken++;
    },
  });
  expect(taken).toBe(TIMES * HANDSHAKES);
  expect(asked).toBe(Math.ceil(file.length / 4096));
  expect(whileBusy).toEqual([]);
});

it("lines wait for whoever reads them", async () => {
  const files = Array.from({ length: 100 }, () => SEVERAL);
  const child = spawn(process.execPath, [join(ROOT, "dist/bin.cjs"), "list", ...files, "--format", "ndjson"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let warnings = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (warnings += text));
  await setTimeout(1000);
  let lines = 0;
  for await (const chunk of child.stdout) lines += (chunk as Buffer).toString("latin1").split("\n").length - 1;
  expect(lines).toBe(files.length * HANDSHAKES);
  expect(warnings).toBe("");
});

/** A little-endian pcap file of Ethernet and IPv4 whose packets come `times` times, each time between other addresses. */
function again(file: Buffer, times: number): Buffer {
  const parts = [file.subarray(0, 24)];
  for (let time = 0; time < times; time++) {
    const packets = Buffer.from(file.subarray(24));
    for (let at = 0; at < packets.length; at += 16 + packets.readUInt32LE(at + 8))
      for (const address of [at + 16 + 14 + 12, at + 16 + 14 + 16]) packets.writeUInt8(time, address + 2);
    parts.push(packets);
  }
  return Buffer.concat(parts);
}
