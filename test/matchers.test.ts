import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { snapshotHandshakes } from "../src/index.ts";
import { type HandshakeMatchers, matchers, readCapture } from "../src/matchers.ts";
import { snapshotText } from "../src/report/snapshot.ts";
import { fixturePath } from "./support/fixtures.ts";

declare module "vitest" {
  interface Matchers<T = any> extends HandshakeMatchers<Promise<T>> {}
}

expect.extend(matchers);

const folder = mkdtempSync(join(tmpdir(), "tls-diff-matchers-"));
afterAll(() => rmSync(folder, { recursive: true }));
const baseline = join(folder, "client.tls.json");
const first = await readCapture(fixturePath("pairs/same-twice/first.pcap"));
writeFileSync(baseline, snapshotText(snapshotHandshakes(first.handshakes)));

describe("toMatchHandshake", () => {
  it("passes for another connection of the same client", async () => {
    await expect(await readCapture(fixturePath("pairs/same-twice/second.pcap"))).toMatchHandshake(baseline);
    await expect(first).toMatchHandshake(fixturePath("pairs/same-twice/second.pcap"));
  });

  it("fails for another client with the text of the comparison", async () => {
    const other = await readCapture(fixturePath("captures/clients/go-1.26.8.pcap"));
    await expect(other).not.toMatchHandshake(baseline);
    await expect(async () => expect(other).toMatchHandshake(baseline)).rejects.toThrow(/Cipher suites +\d+ in common/);
  });

  it("rejects what is no capture, and a file that is not there", async () => {
    await expect(matchers.toMatchHandshake("x.pcap", baseline)).rejects.toThrow(TypeError);
    await expect(matchers.toMatchHandshake(first, "none.json")).rejects.toThrow(/none\.json does not exist/);
  });
});
