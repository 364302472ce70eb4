import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Handshake } from "../../src/handshake/handshake.ts";
import { executeOnFixtures, fixturePath, readFixture } from "../support/fixtures.ts";
import { keyLogText, readWith, vector, VECTORS } from "../support/vectors.ts";

interface Trace {
  readonly trace: string;
  /** Who, what, and its octets with the message's header. */
  readonly messages: readonly (readonly [from: string, name: string, octets: string])[];
}

const TRACES = JSON.parse(readFileSync(fixturePath("vectors/rfc8448.json"), "utf8")) as readonly Trace[];

/** Handshake messages as the traces give them, without their headers. */
function told(handshake: Handshake | undefined): string[] {
  const messages = handshake?.messages.filter(({ type }) => type !== "alert" && type !== "change_cipher_spec") ?? [];
  return messages.map(({ from, octets }) => `${from} ${octets}`);
}

describe.each(TRACES)("the trace $trace of RFC 8448", ({ trace, messages }) => {
  it("gives the messages that the RFC prints", () => {
    const [handshake] = readWith(vector(`rfc8448-${trace}`), keyLogText(`rfc8448-${trace}`));
    const printed = messages.map(([from, , octets]) => `${from} ${octets.slice(8)}`);
    expect(told(handshake).toSorted()).toEqual(printed.toSorted());
  });

  it("gives without its keys only what is sent in plaintext", () => {
    const [handshake] = readWith(vector(`rfc8448-${trace}`));
    expect(told(handshake)).toEqual(
      messages.filter(([, name]) => name.endsWith("Hello")).map(([from, , octets]) => `${from} ${octets.slice(8)}`),
    );
    expect(handshake?.notes).toBeUndefined();
  });
});

describe.each(VECTORS)("%s with its key log", (name) => {
  it("has nothing encrypted left, and is decoded to the last field", () => {
    const [handshake] = readWith(vector(name), keyLogText(name));
    expect(handshake?.events.filter(({ kind, decrypted }) => kind === "encrypted" && decrypted !== true)).toEqual([]);
    expect(handshake?.notes).toBeUndefined();
    expect(handshake?.messages.filter(({ malformed }) => malformed !== undefined)).toEqual([]);
    expect(JSON.stringify(handshake)).not.toMatch(/"malformed"|"unknown"/);
    expect(handshake?.messages.filter(({ decrypted }) => decrypted).length).toBeGreaterThan(1);
  });

  it("is told like this", async () => {
    const { out } = await executeOnFixtures(["show", `vectors/${name}.pcap`, "--keylog", fixturePath(`vectors/${name}.keylog`)]);
    await expect(out).toMatchFileSnapshot(`./outputs/${name}.txt`);
  });
});

describe("a key log in the capture itself", () => {
  it("gives what the same key log in a file gives", async () => {
    const inside = await readFixture("vectors/rfc8448-simple-1rtt-with-secrets.pcapng", { octets: true });
    const [beside] = readWith(vector("rfc8448-simple-1rtt"), keyLogText("rfc8448-simple-1rtt"));
    expect(inside.notes).toEqual([]);
    expect(told(inside.handshakes[0])).toEqual(told(beside));
  });
});
