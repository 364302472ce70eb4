import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../src/fault/limits.ts";
import { crypto, sealedLong } from "../../support/quic.ts";
import { join } from "../../support/records.ts";
import { type Sent, CLIENT_HELLO, SERVER_HELLO, MADE_UP, OWN, fromClient, fromServer, ANSWER, read, one, hello } from "./datagrams.ts";

describe("hostile QUIC", () => {
  it("throws nothing and invents nothing at any cut", () => {
    const datagram = join(fromClient(crypto(CLIENT_HELLO)), sealedLong(1, MADE_UP, OWN));
    const whole = fromClient(crypto(CLIENT_HELLO)).length;
    for (let end = 0; end <= datagram.length; end++) {
      const { connections } = read([["C", datagram.slice(0, end)]]);
      expect(
        connections.flat().filter((line) => !line.includes("hidden")),
        `${end} octets`,
      ).toEqual(end < whole ? [] : [hello]);
    }
  });

  it("throws nothing and invents nothing whatever octet is changed", () => {
    const datagram = fromClient(crypto(CLIENT_HELLO));
    for (const at of datagram.keys()) {
      const changed = datagram.slice();
      changed[at] = (changed[at] as number) ^ (1 << (at % 8));
      expect(read([["C", changed]]).connections, `octet ${at}`).toEqual([]);
    }
  });

  it("throws nothing on any octets", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom("C", "S"), fc.uint8Array({ maxLength: 80 })), { maxLength: 6 }), (noise) => {
        const sent = noise.map(([side, octets]): Sent => [side, join([0xc3, 0, 0, 0, 1], octets)]);
        expect(read(sent).connections).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("throws nothing on any frames", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(1, 0x54303531), (frames, number) => {
        expect(() => read([["C", fromClient(frames, { version: number })], ANSWER])).not.toThrow();
      }),
      { numRuns: 60 },
    );
  });
});

/** Frames that cover `stream`, some of it more than once, each in a packet. */
function packetsOf(stream: Uint8Array, more: readonly (readonly [number, number])[], protect: typeof fromClient): Uint8Array[] {
  const pieces = [[0, 40], [40, stream.length], ...more.map(([a, b]) => [Math.min(a, b), Math.max(a, b)])] as [number, number][];
  return pieces.map(([start, end], packetNumber) => protect(crypto(stream, start, end), { packetNumber }));
}

describe("the order in which datagrams come", () => {
  it("does not change the messages, nor do repetition and the way they are cut and joined", () => {
    const overlaps = fc.array(fc.tuple(fc.nat(SERVER_HELLO.length), fc.nat(SERVER_HELLO.length)), { maxLength: LIMITS.heldInitials - 2 });
    const story = fc.tuple(overlaps, overlaps, fc.boolean()).chain(([client, server, isJoined]) => {
      const hellos = packetsOf(CLIENT_HELLO, client, fromClient);
      const asked = (isJoined ? [join(...hellos)] : hellos).map((datagram): Sent => ["C", datagram]);
      const answered = packetsOf(SERVER_HELLO, server, fromServer).map((datagram): Sent => ["S", datagram]);
      const sent = [...asked, ...asked, ...answered];
      return fc.shuffledSubarray(sent, { minLength: sent.length });
    });
    fc.assert(
      fc.property(story, (sent) => {
        const messages = one(sent)?.filter((line) => !line.includes("retransmission"));
        expect(messages?.map((line) => line.replace(/ in .*/, ""))).toEqual(expect.arrayContaining(["C 1 (90/90)", "S 2 (70/70)"]));
        expect(messages).toHaveLength(2);
      }),
      { numRuns: 60 },
    );
  });
});
