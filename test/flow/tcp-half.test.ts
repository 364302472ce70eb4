import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { LIMITS } from "../../src/fault/limits.ts";
import type { Moment } from "../../src/flow/moment.ts";
import { Budget } from "../../src/flow/budget.ts";
import { TcpHalf } from "../../src/flow/tcp-half.ts";

/** Collects what a half delivers: octets as text, gaps as `<length>`. */
function half(): { half: TcpHalf; said: () => string; carriers: number[] } {
  let said = "";
  const carriers: number[] = [];
  const receiver = {
    octets: (_: number, bytes: Uint8Array, start: number, end: number, carrier: number): void => {
      said += new TextDecoder().decode(bytes.subarray(start, end));
      carriers.push(carrier);
    },
    gap: (_: number, length: number): void => {
      said += `<${length}>`;
    },
  };
  return { half: new TcpHalf(receiver, 0, new Budget()), said: () => said, carriers };
}

const at = (number: number): Moment => ({ number, time: number, nanos: 0, digits: 6 });

function send(to: TcpHalf, sequence: number, text: string, number = 1, missing = 0): string {
  const bytes = new TextEncoder().encode(text);
  return to.segment(sequence >>> 0, bytes, 0, bytes.length, missing, at(number));
}

describe("a direction of a TCP connection", () => {
  it("delivers segments in sequence order", () => {
    const { half: to, said, carriers } = half();
    to.synchronize(100);
    send(to, 100, "ab", 1);
    send(to, 104, "ef", 2);
    send(to, 102, "cd", 3);
    expect(said()).toBe("abcdef");
    expect(carriers).toEqual([1, 3, 2]);
  });

  it("knows a retransmission, whole or in part", () => {
    const { half: to, said } = half();
    to.synchronize(0);
    send(to, 0, "abcd");
    expect(send(to, 0, "abcd")).toBe("retransmission");
    expect(send(to, 2, "XXef")).toBe("new");
    expect(said()).toBe("abcdef");
  });

  it("keeps the octets that came first where queued segments overlap with other content", () => {
    const { half: to, said } = half();
    to.synchronize(0);
    send(to, 2, "cdef");
    send(to, 4, "EFgh");
    send(to, 0, "ab");
    expect(said()).toBe("abcdefgh");
  });

  it("follows the sequence number over its wrap", () => {
    const { half: to, said } = half();
    to.synchronize(0xffff_fffe);
    send(to, 0, "cd");
    send(to, 0xffff_fffe, "ab");
    expect(said()).toBe("abcd");
  });

  it("begins with the first segment where the capture has no SYN", () => {
    const { half: to, said } = half();
    send(to, 5_000, "ab");
    send(to, 5_002, "cd");
    expect(said()).toBe("abcd");
  });

  it("tells a gap when the connection ends, and goes on after it", () => {
    const { half: to, said } = half();
    to.synchronize(0);
    send(to, 0, "ab");
    send(to, 5, "fg");
    to.flush();
    expect(said()).toBe("ab<3>fg");
  });

  it.each([
    ["nothing was captured", "", 108, "<8>"],
    ["the end was not captured", "ab", 109, "ab<7>"],
    ["only the FIN was acknowledged", "ab", 103, "ab"],
    ["it came later", "abcdefgh", 108, "abcdefgh"],
  ])("tells octets that the peer acknowledged and the capture lacks: %s", (_, text, acknowledged, told) => {
    const { half: to, said } = half();
    to.synchronize(100);
    to.acknowledged(acknowledged, at(3));
    if (text !== "") send(to, 100, text);
    to.flush();
    expect(said()).toBe(told);
    to.flush();
    expect(said()).toBe(told);
  });

  it("tells what is lost from what only the capture lacks by what the peer acknowledges", () => {
    const lost: boolean[] = [];
    const read = (acknowledgment: number | undefined): void => {
      const to = new TcpHalf({ octets: () => {}, gap: (_side, _length, _moment, isLost) => lost.push(isLost) }, 0, new Budget());
      to.synchronize(100);
      send(to, 200, "end", 1);
      if (acknowledgment !== undefined) to.acknowledged(acknowledgment, at(2));
      to.flush();
    };
    for (const acknowledgment of [100, 203, 150, undefined]) read(acknowledgment);
    expect(lost).toEqual([true, false, false, false]);
  });

  it("tells octets that the snapshot length cut off as a gap", () => {
    const { half: to, said } = half();
    to.synchronize(0);
    send(to, 0, "ab", 1, 3);
    send(to, 5, "fg", 2);
    expect(said()).toBe("ab<3>fg");
  });

  it("takes the SYN that the data agrees with when two proposed different numbers", () => {
    const { half: to, said } = half();
    to.synchronize(100);
    to.synchronize(900_000);
    send(to, 100, "ab");
    expect(said()).toBe("ab");
  });

  it("stops waiting for a hole when too much is queued behind it", () => {
    const { half: to, said } = half();
    to.synchronize(0);
    for (let n = 0; n <= LIMITS.queuedSegments; n++) send(to, 10 + n, "x");
    expect(said()).toMatch(/^<10>x{1025}$/);
  });

  it("gives the same octets for every cut and every order of segments", () => {
    const text = "the quick brown fox jumps over the lazy dog, twice over";
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 12 }),
        fc.integer({ min: 0, max: 0xffff_ffff }),
        fc.infiniteStream(fc.nat()),
        (cuts, first, keys) => {
          const edges = [...new Set([0, ...cuts, text.length])].sort((a, b) => a - b);
          const pieces = edges
            .slice(0, -1)
            .map((start, index) => ({ start, text: text.slice(start, edges[index + 1]), key: keys.next().value as number }));
          const { half: to, said } = half();
          to.synchronize(first);
          for (const piece of pieces.toSorted((a, b) => a.key - b.key)) send(to, first + piece.start, piece.text);
          expect(said()).toBe(text);
        },
      ),
    );
  });
});
