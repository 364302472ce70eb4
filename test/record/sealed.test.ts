import { describe, expect, it } from "vitest";
import { LIMITS } from "../../src/fault/limits.ts";
import { SealedShare, SealedStore } from "../../src/record/sealed.ts";

/** Octets of memory that a record takes besides its own. */
const COST = 256;

describe("what is kept of a connection for a key log", () => {
  it("is nothing where nobody asks", () => {
    expect(new SealedShare(null).open(10, 5, 0)).toBeNull();
  });

  it("has a limit of its own", () => {
    const share = new SealedShare(new SealedStore());
    let kept = 0;
    while (share.open(16_384, 5, 0) !== null) kept++;
    expect(kept).toBe(Math.floor(LIMITS.sealedOctets / (16_384 + COST)));
  });

  it("shares one limit with all others, and gives its part back", () => {
    const store = new SealedStore();
    const shares = Array.from({ length: LIMITS.sealedOctetsInAll / LIMITS.sealedOctets + 1 }, () => new SealedShare(store));
    const kept = shares.map((share) => share.open(LIMITS.sealedOctets - COST, 5, 0) !== null);
    expect(kept.filter((one) => !one)).toHaveLength(1);
    expect(store.refused).toBe(1);
    shares[0]?.release();
    expect(new SealedShare(store).open(LIMITS.sealedOctets - COST, 5, 0)).not.toBeNull();
  });

  it("is whole once all its octets came, whatever comes behind them", () => {
    const sealed = new SealedShare(new SealedStore()).open(6, 5, 0);
    const moment = { number: 1, time: 0, nanos: 0, digits: 6 };
    sealed?.append(new Uint8Array([1, 2, 3, 4]), 0, 4, 1, moment);
    expect(sealed?.isWhole).toBe(false);
    sealed?.append(new Uint8Array([5, 6, 7, 8]), 0, 4, 2, moment);
    expect(sealed?.isWhole).toBe(true);
    expect([...(sealed?.octets ?? [])]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(sealed?.spans).toEqual([
      { end: 4, carrier: 1 },
      { end: 6, carrier: 2 },
    ]);
  });
});
