import { describe, expect, it } from "vitest";
import { toHex } from "../../src/bytes/hex.ts";
import type { Capture } from "../../src/handshake/handshake.ts";
import { readOctets } from "../../src/node.ts";
import { Pseudonyms } from "../../src/redaction/pseudonym.ts";
import { redact, type Redaction } from "../../src/redaction/redact.ts";
import { readPackets } from "../../src/redaction/packets.ts";
import { fixtureNames, fixturePath, readFixture } from "../support/fixtures.ts";
import { analyse, hasQuic, redactable } from "../support/redacted.ts";

const key = Uint8Array.from({ length: 32 }, (_, index) => index);

async function redactFixture(name: string, keepNames = false): Promise<Redaction> {
  return redact(await readOctets(fixturePath(name)), { key, keepNames, read: analyse });
}

const names = (await Promise.all(fixtureNames().map(async (name) => ((await redactable(name)) ? [name] : [])))).flat();

/** Everything in a capture that must not be found again: as octets in hex, and as text. */
function secretsOf({ handshakes }: Capture): { hex: string[]; words: string[] } {
  const hex: string[] = [];
  const words: string[] = [];
  const visit = (value: unknown, field: string): void => {
    if (typeof value === "string") {
      const isRetry = value.startsWith("cf21ad74e59a6111");
      if (/^(?:random|sessionId|ticket|cookie|identity|binders?)$/.test(field) && value.length >= 16 && !isRetry)
        hex.push(value.slice(0, 32));
      if (/^(?:serverName|subjectAltNames|sha256|subject|issuer)$/.test(field)) words.push(value);
    } else if (typeof value === "object" && value !== null) {
      for (const [name, member] of Object.entries(value)) visit(member, Array.isArray(value) ? field : name);
    }
  };
  for (const { messages, transport } of handshakes) {
    for (const message of messages) if (!("decrypted" in message)) visit(message, "");
    for (const { address } of [transport.client, transport.server]) if (address.startsWith("192.0.2.")) hex.push(addressHex(address));
  }
  return { hex: [...new Set(hex)], words: [...new Set(words)] };
}

function addressHex(address: string): string {
  return toHex(Uint8Array.from(address.split("."), Number));
}

describe("a redacted capture", () => {
  it("can be made of most fixtures", () => {
    expect(names.length).toBeGreaterThan(150);
  });

  it.each(names)("has no secret of %s, and says the same", async (name) => {
    const [original, result] = [await readFixture(name), await redactFixture(name)];
    // `redact` has compared both; here is checked that there was something to compare.
    const again = await analyse(result.octets);
    expect(again.handshakes.filter(({ messages }) => messages.length > 0)).toHaveLength(
      original.handshakes.filter(({ messages }) => messages.length > 0).length,
    );
    const octets = toHex(result.octets);
    const text = JSON.stringify(again);
    const { hex, words } = secretsOf(original);
    expect(hex.filter((secret) => octets.includes(secret))).toEqual([]);
    expect(words.filter((word) => word.length > 3 && text.includes(JSON.stringify(word)))).toEqual([]);
    expect(Buffer.from(result.octets).includes("example.test")).toBe(false);
  });

  it("keeps names where it was asked to, and still no random", async () => {
    const original = await readFixture("pairs/go-rsa-kex/openssl.pcap");
    const { octets } = await redactFixture("pairs/go-rsa-kex/openssl.pcap", true);
    const [handshake] = (await analyse(octets)).handshakes;
    expect(handshake?.serverName).toBe("mail.example.test");
    expect(secretsOf(original).hex.filter((secret) => toHex(octets).includes(secret))).toEqual([]);
  });

  it("leaves out secrets for decryption", async () => {
    const { secrets, octets } = await redactFixture("captures/keylog/embedded-keys.pcapng");
    expect(secrets).toBeGreaterThan(0);
    expect(readPackets(octets).secrets).toBe(0);
  });

  it("is the same for the same key, and another for another", async () => {
    const octets = await readOctets(fixturePath("pairs/go-rsa-kex/go.pcap"));
    const one = await redact(octets, { key, read: analyse });
    expect((await redact(octets, { key, read: analyse })).octets).toEqual(one.octets);
    expect((await redact(octets, { key: key.toReversed(), read: analyse })).octets).not.toEqual(one.octets);
  });
});

describe("what is not redacted", () => {
  it("is told: QUIC", async () => {
    const name = fixtureNames().find((one) => hasQuic(one)) as string;
    await expect(redactFixture(name)).rejects.toThrow(/has QUIC, whose Initial packets cannot be redacted/);
  });

  it("is told: a result that says something else", async () => {
    const octets = await readOctets(fixturePath("pairs/go-rsa-kex/go.pcap"));
    let readings = 0;
    const read = async (file: Uint8Array): Promise<Capture> => {
      const capture = await analyse(file);
      if (readings++ === 0) return capture;
      return { ...capture, handshakes: capture.handshakes.map((handshake) => ({ ...handshake, outcome: "incomplete" as const })) };
    };
    await expect(redact(octets, { key, read })).rejects.toThrow(/would say something else when redacted: handshake 1 differs in outcome/);
  });

  it("is told: a capture without handshake", async () => {
    await expect(
      redact(await readOctets(fixturePath("pairs/go-rsa-kex/go.pcap")), {
        key,
        read: () => Promise.resolve({ file: "", notes: [], handshakes: [] }),
      }),
    ).rejects.toThrow(/has no handshake to redact/);
  });
});

describe("a pseudonym", () => {
  const pseudonyms = new Pseudonyms(key);
  const replaced = (text: string): string => {
    const bytes = new TextEncoder().encode(text);
    pseudonyms.replaceWords(bytes, 0, bytes.length);
    return new TextDecoder().decode(bytes);
  };

  it("has the length of its word, and is the same wherever the word stands, in any case", () => {
    expect(replaced("www.Example.test")).toMatch(/^[a-z]{3}\.[a-z]{7}\.[a-z]{4}$/);
    expect(replaced("example")).toBe(replaced("www.EXAMPLE.test").split(".")[1]);
    expect(replaced("*.a_b-c.test")).toMatch(/^\*\.[a-z]_[a-z]-[a-z]\.[a-z]{4}$/);
  });

  it("leaves a dotted quad one", () => {
    for (const octet of replaced("203.0.113.254").split(".")) expect(Number(octet)).toBeLessThan(256);
  });

  it("leaves addresses that are nobody's", () => {
    expect(pseudonyms.address(Uint8Array.of(127, 0, 0, 1))).toEqual(Uint8Array.of(127, 0, 0, 1));
    expect(pseudonyms.address(Uint8Array.of(192, 0, 2, 1))[0]).toBe(10);
    expect(pseudonyms.address(new Uint8Array(16).fill(0x20))[0]).toBe(0xfd);
  });
});
