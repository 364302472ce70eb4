import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { compare } from "../../src/diff/compare.ts";
import { snapshotHandshakes } from "../../src/diff/snapshot.ts";
import { decodeSslv2Hello } from "../../src/message/decode-message.ts";
import type { Capture, Handshake } from "../../src/handshake/handshake.ts";
import { FORMATS } from "../../src/report/formats/index.ts";
import { readSaved } from "../../src/report/saved.ts";
import { snapshotText } from "../../src/report/snapshot.ts";
import { join } from "../support/records.ts";
import { fixtureNames, readFixture } from "../support/fixtures.ts";

const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
for (const name of ["snapshot", "tls-diff"]) {
  const path = new URL(`../../src/report/schema/${name}.v1.json`, import.meta.url);
  ajv.addSchema(JSON.parse(readFileSync(path, "utf8")) as object, name);
}

function check(definition: string, value: unknown): string | null {
  const key = definition === "snapshot" ? "snapshot" : `tls-diff#/$defs/${definition}`;
  return ajv.validate(key, value) ? null : ajv.errorsText();
}

function withHello(capture: Capture): Capture {
  return { ...capture, handshakes: capture.handshakes.filter(({ messages }) => messages.length > 0) };
}

function textOf(capture: Capture): string {
  return snapshotText(snapshotHandshakes(capture.handshakes));
}

describe("the snapshot of a recorded capture", () => {
  it.each(fixtureNames())("fits its schema and differs in nothing from %s", async (name) => {
    const capture = withHello(await readFixture(name));
    const [kept] = readSaved(textOf(capture), "kept.json", check) as [Capture];
    const { pairs, unpaired } = compare(kept, capture);
    expect(pairs.flatMap(({ differences }) => differences)).toEqual([]);
    expect(unpaired).toEqual({ left: [], right: [] });
  });

  it.each(fixtureNames())("is listed as JSON that fits the schema of reports, and gives it back: %s", async (name) => {
    const kept = readSaved(textOf(withHello(await readFixture(name))), "kept.json", check);
    const listed = [...FORMATS.json.render({ kind: "list", captures: kept, all: true })].join("");
    expect(readSaved(listed, "listed.json", check)).toEqual(kept);
  });

  it("says what was decrypted even if nothing else of the message is kept", async () => {
    const read = withHello(await readFixture("pairs/client-certificate-tls12/with.pcap"));
    const handshakes = read.handshakes.map((handshake): Handshake => {
      const opened = { from: "client", packet: 1, packets: [1], time: "2026-01-01T00:00:00Z", length: 12, decrypted: true } as const;
      return { ...handshake, messages: [...handshake.messages, { ...opened, type: "finished", data: { verifyData: "00".repeat(12) } }] };
    });
    const capture = { ...read, handshakes };
    const [kept] = readSaved(textOf(capture), "kept.json", check) as [Capture];
    expect(compare(kept, capture).pairs.flatMap(({ differences }) => differences)).toEqual([]);
  });

  it("fits its schema, and listed that of reports, for SSL 2.0", async () => {
    const read = withHello(await readFixture("pairs/client-certificate-tls12/with.pcap"));
    const header = { packet: 1, packets: [1], time: "2026-01-01T00:00:00Z", length: 20 };
    const hellos = [
      { ...header, from: "client", ...decodeSslv2Hello(join([1, 0, 2, 0, 3, 0, 0, 0, 16, 7, 0, 0xc0], new Uint8Array(16))) },
      {
        ...header,
        from: "server",
        ...decodeSslv2Hello(Uint8Array.of(4, 0, 1, 0, 2, 0, 3, 0, 3, 0, 2, 0x30, 1, 0, 7, 0, 0xc0, 0xab, 0xcd)),
      },
    ] as unknown as Handshake["messages"];
    const capture = { ...read, handshakes: read.handshakes.map((handshake) => ({ ...handshake, messages: hellos })) };
    const kept = readSaved(textOf(capture), "kept.json", check);
    const listed = [...FORMATS.json.render({ kind: "list", captures: kept, all: true })].join("");
    expect(readSaved(listed, "listed.json", check)).toEqual(kept);
    expect(compare(kept[0] as Capture, capture).pairs.flatMap(({ differences }) => differences)).toEqual([]);
  });

  it("stands for attempts without a hello as well, beside others", async () => {
    const capture = await readFixture("pairs/go-rsa-kex/openssl.pcap");
    const [first] = capture.handshakes;
    if (first === undefined) throw new Error("no handshake");
    const { serverName: _, ...rest } = first;
    const failure = { kind: "refused", by: "server", packet: 1 } as const;
    const refused = (id: number): Handshake => ({ ...rest, id, stream: id, outcome: "failed", failure, negotiated: {}, messages: [] });
    const whole = { ...capture, handshakes: [first, refused(2), refused(3)] };
    const [kept] = readSaved(textOf(whole), "kept.json", check) as [Capture];
    expect(kept.handshakes).toHaveLength(2);
    expect(compare(kept, whole)).toMatchObject({ identical: true, unpaired: { left: [], right: [] } });
    // What `tls-diff snapshot` writes: hellos alone, to which other attempts are no difference.
    const hello = { ...kept, handshakes: kept.handshakes.slice(0, 1) };
    expect(compare(hello, whole)).toMatchObject({ identical: true, unpaired: { left: [], right: [] } });
    expect(compare(hello, { ...whole, handshakes: [refused(2)] }).identical).toBe(false);
  });

  it("is listed without addresses, packets and times", async () => {
    const kept = readSaved(textOf(await readFixture("pairs/go-rsa-kex/openssl.pcap")), "kept.json", check);
    const listed = [...FORMATS.markdown.render({ kind: "list", captures: kept })].join("");
    expect(listed).toContain("`mail.example.test`");
    expect(listed).not.toMatch(/0\.0\.0\.0|00:00|\| 0 \|/);
  });

  it("is the same for two connections of one client, to the octet", async () => {
    const [first, second] = await Promise.all(["first", "second"].map((name) => readFixture(`pairs/same-twice/${name}.pcap`)));
    expect(textOf(first as Capture)).toBe(textOf(second as Capture));
  });

  it("gives what is the same in another snapshot of it", async () => {
    const capture = await readFixture("captures/clients/chromium-156.0.8078.79.pcap");
    const [kept] = readSaved(textOf(capture), "kept.json", check) as [Capture];
    expect(textOf(kept)).toBe(textOf(capture));
  });

  it("has no address, time or random", async () => {
    const capture = await readFixture("pairs/go-rsa-kex/openssl.pcap");
    const text = textOf(capture);
    for (const message of capture.handshakes[0]?.messages ?? []) {
      if ("random" in message) expect(text).not.toContain(message.random);
      expect(text).not.toContain(message.time.slice(0, 10));
    }
    expect(text).not.toContain("192.0.2.");
  });

  it("has a line for each cipher suite", async () => {
    const text = textOf(await readFixture("pairs/go-rsa-kex/openssl.pcap"));
    const lines = text.split("\n").filter((line) => /^ +\{ "id": "0x[0-9a-f]{4}", "name": "TLS_\w+" \},?$/.test(line));
    expect(lines.length).toBeGreaterThanOrEqual(31);
  });
});

describe("against a snapshot", () => {
  it("another client differs in what it offers, and in nothing that a snapshot lacks", async () => {
    const [left, right] = await Promise.all([readFixture("pairs/go-rsa-kex/go.pcap"), readFixture("pairs/go-rsa-kex/openssl.pcap")]);
    const [kept] = readSaved(textOf(left), "kept.json", check) as [Capture];
    const told = (capture: Capture): string[] =>
      compare(capture, right, { all: true }).pairs.flatMap(({ differences }) =>
        differences.filter((one) => ["outcome", "semantic", "order"].includes(one.class)).map(({ path }) => path),
      );
    expect(told(kept)).toEqual(told(left));
    expect(told(kept)).toContain("clientHello.cipherSuites");
    expect(compare(kept, right, { all: true }).pairs[0]?.differences.map((one) => one.class)).not.toContain("noise");
  });

  it.each([
    ["a later version", (text: string) => text.replace('"snapshotVersion": 1', '"snapshotVersion": 2')],
    ["an outcome of its own", (text: string) => text.replace('"established"', '"odd"')],
    ["a hello without suites", (text: string) => text.replace('"cipherSuites"', '"suites"')],
  ])("is told what is wrong with it: %s", async (_, breakIt) => {
    const text = textOf(await readFixture("pairs/go-rsa-kex/openssl.pcap"));
    expect(() => readSaved(breakIt(text), "kept.json", check)).toThrow(/is a snapshot that does not fit its schema/);
  });
});
