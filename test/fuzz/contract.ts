/** What a fuzz target is: one reader or decoder, what it is fed with, and what must hold whatever that is. */

export interface Target {
  /** As `--target` takes it, and its corpus is called. */
  readonly name: string;
  /** Octets of the longest input that is tried. */
  readonly longest: number;
  /**
   * Steps that an input of so many octets may take at most: functions entered, turns of loops, and octets copied
   * at once, all counted in the program itself. More is a hang.
   */
  readonly bound: (length: number) => number;
  /** Inputs to begin with, made from the fixtures; what a run finds is kept in `corpus/`. */
  readonly seeds: () => readonly Uint8Array[];
  /** `run` gives promises. */
  readonly isAsync?: true;
  /** Reads the input. Throws where something does not hold. */
  readonly run: (octets: Uint8Array) => void | Promise<void>;
}

/** Something that must hold of any input does not. */
export class Violation extends Error {
  override readonly name = "Violation";
}

/** Demands that something holds. */
export function demand(holds: boolean, words: string): asserts holds {
  if (!holds) throw new Violation(words);
}

/** Demands that two values are the same to the last member. */
export function demandSame(one: unknown, other: unknown, words: string): void {
  const [left, right] = [JSON.stringify(one) ?? "", JSON.stringify(other) ?? ""];
  if (left === right) return;
  let at = 0;
  while (left[at] === right[at]) at++;
  const excerpt = (text: string): string => text.slice(Math.max(0, at - 80), at + 80);
  throw new Violation(`${words}: … ${excerpt(left)} … against … ${excerpt(right)} …`);
}
