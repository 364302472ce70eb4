import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { type Packet, parse } from "pcap-parser";
import { describe, expect, it } from "vitest";
import { listFiles, ROOT } from "../house/source.ts";
import { pcap } from "../support/capture-writer.ts";
import { readCapture } from "../support/read-capture.ts";

/** Time in microseconds, octets on the wire, octets in hex. */
type Row = readonly [time: number, wireLength: number, octets: string];

/** The classic captures in microseconds, in either byte order: pcap-parser knows no others. */
const fixtures = listFiles("fixtures", ".pcap").filter((file) => {
  const magic = readFileSync(join(ROOT, file)).subarray(0, 4).toString("hex");
  return magic === "d4c3b2a1" || magic === "a1b2c3d4";
});

function readOurs(file: Uint8Array): Row[] {
  return readCapture(file).packets.map(({ time, wireLength, octets }) => [time, wireLength, octets]);
}

async function readTheirs(file: Uint8Array): Promise<Row[]> {
  const rows: Row[] = [];
  await new Promise<void>((resolve, reject) => {
    parse(Readable.from([Buffer.from(file)], { objectMode: false }))
      .on("packet", ({ header, data }: Packet) => {
        rows.push([header.timestampSeconds * 1_000_000 + header.timestampMicroseconds, header.originalLength, data.toString("hex")]);
      })
      .on("end", resolve)
      .on("error", reject);
  });
  return rows;
}

describe("pcap-parser gives the same packets", () => {
  it("of a capture of our own, in both byte orders", async () => {
    for (const order of ["little", "big"] as const) {
      const file = pcap([{ octets: Uint8Array.of(1, 2, 3), wireLength: 9 }, { octets: new Uint8Array(0) }], { order });
      expect(readOurs(file)).toHaveLength(2);
      expect(await readTheirs(file)).toEqual(readOurs(file));
    }
  });

  it("of enough fixtures", () => {
    expect(fixtures.length).toBeGreaterThanOrEqual(20);
  });

  it.each(fixtures)("of %s", async (name) => {
    const file = new Uint8Array(readFileSync(join(ROOT, name)));
    expect(readOurs(file).length).toBeGreaterThan(0);
    expect(await readTheirs(file)).toEqual(readOurs(file));
  });
});
