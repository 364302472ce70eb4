import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Clock } from "../../src/capture/clock.ts";
import { newFrame } from "../../src/capture/frame.ts";

/** Time in nanoseconds as the clock gives it. */
function stamp(resolution: number, offset: number, ticks: bigint): { nanoseconds: bigint; inRange: boolean; digits: number } {
  const frame = newFrame();
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, Number(ticks >> 32n));
  view.setUint32(4, Number(ticks & 0xffff_ffffn));
  const inRange = new Clock(resolution, offset).stamp(frame, view, 0, false);
  return { nanoseconds: BigInt(frame.time) * 1000n + BigInt(frame.nanos), inRange, digits: frame.digits };
}

const MAX_NANOSECONDS = BigInt(Number.MAX_SAFE_INTEGER) * 1000n;

describe("a pcapng clock", () => {
  it.each([
    ["seconds", 0, 1_700_000_000n, 1_700_000_000_000_000_000n, 0],
    ["milliseconds", 3, 1_700_000_000_123n, 1_700_000_000_123_000_000n, 3],
    ["microseconds", 6, 1_700_000_000_123_456n, 1_700_000_000_123_456_000n, 6],
    ["tenths of a microsecond", 7, 17_000_000_001_234_567n, 1_700_000_000_123_456_700n, 7],
    ["nanoseconds", 9, 1_700_000_000_123_456_789n, 1_700_000_000_123_456_789n, 9],
    ["picoseconds", 12, 1_000_000_123_456_789n, 1_000_000_123_456n, 9],
    ["femtoseconds", 15, 1_000_000_123_456_789n, 1_000_000_123n, 9],
    ["2^-10 seconds", 0x8a, 1_740_800_000_512n, 1_700_000_000_500_000_000n, 4],
    ["2^-32 seconds", 0xa0, (1_700_000_000n << 32n) + 0x4000_0000n, 1_700_000_000_250_000_000n, 9],
    ["2^-60 seconds", 0xbc, (5n << 60n) + (1n << 58n), 5_250_000_000n, 9],
  ])("counts %s", (_, resolution, ticks, nanoseconds, digits) => {
    expect(stamp(resolution, 0, ticks)).toEqual({ nanoseconds, inRange: true, digits });
  });

  it.each([3600, -3600, 1_000_000_000])("adds an offset of %d seconds", (offset) => {
    expect(stamp(9, offset, 1_600_000_000_000_000_001n).nanoseconds).toBe(1_600_000_000_000_000_001n + BigInt(offset) * 1_000_000_000n);
  });

  it("is exact to the nanosecond for every power of ten down to a picosecond, and for every power of two down to 2^-32", () => {
    const resolutions = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0x80, max: 0xa0 }));
    fc.assert(
      fc.property(resolutions, fc.bigInt({ min: 0n, max: MAX_NANOSECONDS }), (resolution, wanted) => {
        const inSecond = (resolution & 0x80) === 0 ? 10n ** BigInt(resolution) : 2n ** BigInt(resolution & 0x7f);
        const ticks = (wanted * inSecond) / 1_000_000_000n;
        fc.pre(ticks < 1n << 64n);
        expect(stamp(resolution, 0, ticks).nanoseconds).toBe((ticks * 1_000_000_000n) / inSecond);
      }),
    );
  });

  it("brings every time that a frame cannot carry to the nearest one that it can", () => {
    const ticks = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
    fc.assert(
      fc.property(fc.nat(255), fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }), ticks, (resolution, offset, value) => {
        const { nanoseconds, inRange } = stamp(resolution, Number(offset), value);
        expect(nanoseconds >= 0n && nanoseconds <= MAX_NANOSECONDS + 999n).toBe(true);
        if (!inRange) expect([0n, MAX_NANOSECONDS]).toContain(nanoseconds);
      }),
    );
  });
});
