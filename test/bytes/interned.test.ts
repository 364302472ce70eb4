import { describe, expect, it } from "vitest";
import { Interned } from "../../src/bytes/interned.ts";

/** Finds the value, or makes it, as its users do; tells which. */
function ask(known: Interned<object>, kind: number, octets: readonly number[]): { value: object; isMade: boolean } {
  const bytes = Uint8Array.from([9, ...octets, 9]);
  const found = known.find(kind, bytes, 1, 1 + octets.length);
  const value = found ?? {};
  if (found === undefined) known.keep(kind, bytes, 1, 1 + octets.length, value);
  bytes.fill(0);
  return { value, isMade: found === undefined };
}

describe("values by their octets", () => {
  it("are made once for equal octets, wherever they stand and whatever becomes of their memory", () => {
    const known = new Interned<object>();
    const first = ask(known, 1, [1, 2, 3]);
    expect(ask(known, 1, [1, 2, 3])).toEqual({ value: first.value, isMade: false });
    expect(ask(known, 1, [1, 2, 3]).value).toBe(first.value);
  });

  it.each([
    ["another kind", 2, [1, 2, 3]],
    ["another octet", 1, [1, 2, 4]],
    ["one octet less", 1, [1, 2]],
    ["one octet more", 1, [1, 2, 3, 0]],
  ])("are others for %s", (_, kind, octets) => {
    const known = new Interned<object>();
    ask(known, 1, [1, 2, 3]);
    expect(ask(known, kind, octets).isMade).toBe(true);
  });

  it("are told apart though they share a place", () => {
    const known = new Interned<object>();
    const all = Array.from({ length: 5_000 }, (_, index) => [index >> 8, index & 255, 7]);
    for (const octets of all) ask(known, 1, octets);
    const again = all.map((octets) => ask(known, 1, octets));
    expect(new Set(again.map(({ value }) => value)).size).toBe(all.length);
    // There are a thousand places: what comes back after five thousand others has lost its own.
    expect(again.filter(({ isMade }) => !isMade).length).toBeLessThan(1_025);
  });

  it("are not kept where the octets are many", () => {
    const known = new Interned<object>();
    const long = Array.from({ length: 257 }, () => 1);
    ask(known, 1, long);
    expect(ask(known, 1, long).isMade).toBe(true);
    expect(ask(known, 1, long.slice(1)).isMade).toBe(true);
    expect(ask(known, 1, long.slice(1)).isMade).toBe(false);
  });

  it("stay where they are, whatever comes only once", () => {
    const known = new Interned<object>();
    ask(known, 1, [1, 2, 3]);
    for (let index = 0; index < 5_000; index++) ask(known, 2, [index >> 8, index & 255]);
    expect(ask(known, 1, [1, 2, 3]).isMade).toBe(false);
  });
});
