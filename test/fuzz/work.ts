/** Counts the steps of one execution: the bundle of the targets calls `step` in every function and every turn of a loop. */

/** More steps than an input of this length may take. */
class HangError extends Error {
  override readonly name = "HangError";
}

let steps = 0;
let bound = Number.POSITIVE_INFINITY;

/**
 * Counts a step, or as many octets as were copied at once.
 * @public
 */
export function step(count = 1): void {
  steps += count;
  if (steps > bound) stop();
}

function stop(): never {
  const reached = bound;
  bound = Number.POSITIVE_INFINITY;
  throw new HangError(`more than ${reached} steps`);
}

/** Begins an execution that may take so many steps. */
export function begin(limit: number): void {
  steps = 0;
  bound = limit;
}

/** Ends it, and says how many steps it took. */
export function end(): number {
  bound = Number.POSITIVE_INFINITY;
  return steps;
}

/** Counts the octets that Uint8Array's own methods copy, too. */
export function countCopies(): void {
  // eslint-disable-next-line typescript/unbound-method
  const { set, slice, fill, copyWithin } = Uint8Array.prototype;
  Object.assign(Uint8Array.prototype, {
    set(this: Uint8Array, ...args: Parameters<typeof set>): void {
      step(args[0].length);
      set.apply(this, args);
    },
    slice(this: Uint8Array, ...args: Parameters<typeof slice>): Uint8Array {
      const copy = slice.apply(this, args);
      step(copy.length);
      return copy;
    },
    fill(this: Uint8Array, ...args: Parameters<typeof fill>): Uint8Array {
      step(this.length);
      return fill.apply(this, args);
    },
    copyWithin(this: Uint8Array, ...args: Parameters<typeof copyWithin>): Uint8Array {
      step(this.length);
      return copyWithin.apply(this, args);
    },
  });
}
