import { describe, expect, it } from "vitest";
import { timeText } from "../../src/flow/moment.ts";

describe("times", () => {
  it.each([
    [{ time: 1_733_212_800_123_456, nanos: 0, digits: 6 }, "2024-12-03T08:00:00.123456Z"],
    [{ time: 1_733_212_800_123_456, nanos: 789, digits: 9 }, "2024-12-03T08:00:00.123456789Z"],
    [{ time: 1_733_212_800_000_001, nanos: 0, digits: 6 }, "2024-12-03T08:00:00.000001Z"],
    [{ time: 1_733_212_800_900_000, nanos: 0, digits: 0 }, "2024-12-03T08:00:00Z"],
    [{ time: 0, nanos: 5, digits: 9 }, "1970-01-01T00:00:00.000000005Z"],
    [{ time: Number.MAX_SAFE_INTEGER * 1000, nanos: 0, digits: 6 }, /^1970-01-01T00:00:00/],
  ])("have the capture's own resolution", (moment, text) => {
    expect(timeText({ number: 1, ...moment })).toMatch(text);
  });
});
