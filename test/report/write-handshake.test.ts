import { describe, expect, it } from "vitest";
import { Utf8Writer } from "../../src/bytes/utf8-writer.ts";
import type { Handshake } from "../../src/handshake/handshake.ts";
import { handshakeLine } from "../../src/report/json-shape.ts";
import { writeHandshake } from "../../src/report/write-handshake.ts";
import { fixtureNames, readFixture } from "../support/fixtures.ts";
import { goHandshake } from "../support/stories.ts";

function written(file: string, handshake: Handshake): string {
  const to = new Utf8Writer();
  writeHandshake(to, file, handshake);
  return new TextDecoder().decode(to.octets);
}

describe("the line of a handshake", () => {
  it.each(fixtureNames().filter((name) => /dtls|quic|starttls|failures|clients\/(go|openssl)|pairs/.test(name)))(
    "is its JSON in one piece: %s",
    async (name) => {
      const { handshakes } = await readFixture(name, { octets: true });
      for (const handshake of handshakes) {
        const whole = JSON.stringify(handshakeLine(name, handshake));
        expect(written(name, handshake)).toBe(`${whole}\n`);
        // Also with the texts of what it shares, and of what was read back from a report and shares nothing.
        expect(written(name, handshake)).toBe(`${whole}\n`);
        expect(written(name, JSON.parse(JSON.stringify(handshake)) as Handshake)).toBe(`${whole}\n`);
      }
    },
  );

  it("leaves out what is undefined, as JSON does", () => {
    const odd = {
      ...goHandshake,
      serverName: undefined,
      messages: [{ ...goHandshake.messages[0], malformed: undefined }],
    } as unknown as Handshake;
    expect(written("a", odd)).toBe(`${JSON.stringify(handshakeLine("a", odd))}\n`);
  });

  it("keeps the keys of a saved report what they are", () => {
    const odd = { ...goHandshake, messages: [{ ...goHandshake.messages[0], '"\n': 1 }] } as unknown as Handshake;
    expect(written("a", odd)).toBe(`${JSON.stringify(handshakeLine("a", odd))}\n`);
  });
});
