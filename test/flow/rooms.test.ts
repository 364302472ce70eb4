import { describe, expect, it } from "vitest";
import { Rooms } from "../../src/flow/rooms.ts";

const OCTETS = Uint8Array.from({ length: 4_000 }, (_, index) => index);

describe("rooms for octets that wait", () => {
  it("have a copy of what is put into them", () => {
    const bytes = OCTETS.slice();
    const copy = new Rooms().copy(bytes, 10, 1_400);
    bytes.fill(0);
    expect(copy).toEqual(OCTETS.slice(10, 1_400));
  });

  it("are used again when they are free, and not before", () => {
    const rooms = new Rooms();
    const [one, other] = [rooms.copy(OCTETS, 0, 5), rooms.copy(OCTETS, 0, 5)];
    expect(one.buffer).not.toBe(other.buffer);
    rooms.free(one);
    const third = rooms.copy(OCTETS, 7, 2_000);
    expect(third.buffer).toBe(one.buffer);
    expect(third).toEqual(OCTETS.slice(7, 2_000));
    expect(other).toEqual(OCTETS.slice(0, 5));
    expect(rooms.copy(OCTETS, 0, 5).buffer).not.toBe(one.buffer);
  });

  it("are not made of what does not fit into one, and are not kept without end", () => {
    const rooms = new Rooms();
    const large = rooms.copy(OCTETS, 0, 3_000);
    expect(large).toEqual(OCTETS.slice(0, 3_000));
    rooms.free(large);
    expect(rooms.copy(OCTETS, 0, 5).buffer).not.toBe(large.buffer);
    const copies = Array.from({ length: 1_000 }, () => rooms.copy(OCTETS, 0, 5));
    const before = new Set(copies.map(({ buffer }) => buffer));
    for (const copy of copies) rooms.free(copy);
    const again = copies.map(() => rooms.copy(OCTETS, 0, 5)).filter(({ buffer }) => before.has(buffer));
    expect(again).toHaveLength(256);
  });
});
