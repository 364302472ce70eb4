import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distance, UNLIKE } from "../../src/clients/distance.ts";
import { readShape, shapeOf, shapeText } from "../../src/clients/shape.ts";
import { decodeMessage } from "../../src/message/decode-message.ts";
import type { ClientHello } from "../../src/message/message.ts";
import { fromHex } from "../../src/bytes/hex.ts";
import { helloOf, readRecording } from "../support/recordings.ts";

const hello = helloOf(readRecording("chromium-156"));

describe("the shape of a hello", () => {
  it("leaves out GREASE but tells that it was there", () => {
    const shape = shapeOf(hello, "tls");
    expect(shape?.grease).toBe(true);
    expect([...(shape?.suites ?? []), ...(shape?.extensions ?? [])].filter((digits) => /^(.)a\1a$/.test(digits))).toEqual([]);
  });

  it("has no place for the server name, ALPN and padding", () => {
    const without = { ...hello, extensions: hello.extensions?.filter(({ id }) => !["0x0000", "0x0010", "0x0015"].includes(id)) ?? [] };
    expect(shapeOf(without, "tls")).toEqual(shapeOf(hello, "tls"));
  });

  it("does not depend on randoms", () => {
    expect(shapeOf({ ...hello, random: "00", sessionId: "" }, "tls")).toEqual(shapeOf(hello, "tls"));
  });

  it("is not made of a hello that was not read whole, or in the form of SSL 2.0", () => {
    expect(shapeOf({ ...hello, malformed: "cut" }, "tls")).toBeUndefined();
    expect(shapeOf({ ...hello, sslv2: true }, "tls")).toBeUndefined();
    expect(shapeOf(hello, "sslv2")).toBeUndefined();
    const { extensions: _, ...cut } = hello;
    expect(shapeOf(cut, "tls")).toBeUndefined();
  });

  it("is not made of absurdly many suites", () => {
    const suite = hello.cipherSuites?.[1];
    expect(
      shapeOf({ ...hello, cipherSuites: Array.from({ length: 600 }, () => suite as NonNullable<typeof suite>) }, "tls"),
    ).toBeUndefined();
  });

  it("is read back from its text", () => {
    const shape = shapeOf(hello, "tls");
    if (shape === undefined) throw new Error("no shape");
    expect(readShape(shapeText(shape))).toEqual(shape);
  });

  it("is made or refused of any octets, never an exception", () => {
    const octets = fromHex(hello.octets ?? "");
    fc.assert(
      fc.property(fc.nat(octets.length - 1), fc.nat(255), (at, value) => {
        const changed = octets.slice();
        changed[at] = value;
        const fields = decodeMessage(1, changed, { protocol: "tls", from: "client", version: 0, cipherSuite: -1 });
        const shape = shapeOf(fields as unknown as ClientHello, "tls");
        if (shape !== undefined) expect(readShape(shapeText(shape))).toEqual(shape);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the distance of two shapes", () => {
  const shape = shapeOf(hello, "tls") as NonNullable<ReturnType<typeof shapeOf>>;

  it("is nothing for equal ones", () => {
    expect(distance(shape, { ...shape }, false)).toBe(0);
  });

  it("is the same from both sides", () => {
    const other = shapeOf(helloOf(readRecording("chromium-131")), "tls") as typeof shape;
    expect(distance(shape, other, true)).toBe(distance(other, shape, true));
  });

  it("is without measure between transports, and with and without GREASE", () => {
    expect(distance(shape, { ...shape, transport: "q" }, true)).toBe(UNLIKE);
    expect(distance(shape, { ...shape, grease: false }, true)).toBe(UNLIKE);
  });

  it("counts the order of extensions only where it is stable", () => {
    const turned = { ...shape, extensions: shape.extensions.toReversed() };
    expect(distance(shape, turned, true)).toBe(0);
    expect(distance(shape, turned, false)).toBeGreaterThan(3);
  });
});
