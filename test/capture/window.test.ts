import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Window } from "../../src/capture/window.ts";

/** What is done to a window: octets appended behind one that is not, or a share of what is there dropped. */
const step = fc.oneof(
  fc.record({ append: fc.uint8Array({ maxLength: 6000, size: "max" }), skip: fc.nat(3) }),
  fc.record({ drop: fc.nat(100) }),
  fc.constant({ clear: true } as const),
);

describe("a window", () => {
  it("is a queue: what was appended and not dropped is there, in order", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const window = new Window();
        let model: number[] = [];
        for (const each of steps) {
          if ("append" in each) {
            const skip = Math.min(each.skip, each.append.length);
            window.append(each.append, skip, each.append.length);
            model.push(...each.append.subarray(skip));
          } else if ("drop" in each) {
            const count = Math.floor((window.length * each.drop) / 100);
            window.drop(count);
            model = model.slice(count);
          } else {
            window.clear();
            model = [];
          }
          expect(window.length).toBe(model.length);
        }
        expect([...window.bytes.subarray(window.start, window.end)]).toEqual(model);
      }),
      { numRuns: 60 },
    );
  });

  it("does not grow as long as what it holds does not", () => {
    const window = new Window();
    const chunk = new Uint8Array(1000);
    for (let count = 0; count < 10_000; count++) {
      window.append(chunk, 0, 1000);
      if (window.length > 3000) window.drop(1000);
    }
    expect(window.bytes.length).toBeLessThanOrEqual(16_000);
  });
});
