/** Runs a target on one input within its bound of steps; and, for the fuzzer, on one after the other while the heap does not grow. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type Target, Violation } from "./contract.ts";
import { beginComparisons } from "./comparisons.ts";
import { begin, countCopies, end } from "./work.ts";

/** After so many executions, or so many milliseconds of a slow target, the heap has its size. */
const WARM_UP = { executions: 20_000, time: 8_000 };
/** The same between two looks at it. */
const BETWEEN = { executions: 100_000, time: 4_000 };
/** Octets by which the heap may differ: tables that are kept on purpose, compiled code. */
const GROWTH = 48 * 1024 * 1024;

countCopies();

/** Runs the target once; returns the steps that it took. Throws whatever it throws, and `HangError` beyond its bound. */
export function execute(target: Target, octets: Uint8Array): number | Promise<number> {
  begin(target.bound(octets.length));
  let running: void | Promise<void>;
  try {
    running = target.run(octets);
  } catch (error) {
    end();
    throw error;
  }
  return running === undefined ? end() : running.finally(end).then(end);
}

/** The function that a fuzzer calls with input after input. */
export function fuzzer(targets: readonly Target[], name: string): (data: Uint8Array) => undefined | Promise<number> {
  const target = targets.find((each) => each.name === name);
  const heap = new Heap();
  return (data) => {
    if (target === undefined) throw new RangeError(`no target ${name}`);
    heap.look();
    beginComparisons();
    const running = execute(target, new Uint8Array(data));
    return typeof running === "number" ? undefined : running;
  };
}

/** Sees that the heap does not grow with the executions, and tells of each look at it. */
class Heap {
  readonly #collect: () => void;
  #executions = 0;
  #first: number | null = null;
  /** When it was looked at last, or the first execution began. */
  #last = { executions: 0, time: performance.now() };

  constructor() {
    setFlagsFromString("--expose-gc");
    this.#collect = runInNewContext("gc") as () => void;
  }

  look(): void {
    const executions = this.#executions++;
    const wait = this.#first === null ? WARM_UP : BETWEEN;
    if (executions - this.#last.executions < wait.executions && performance.now() - this.#last.time < wait.time) return;
    // The memory of buffers that a first collection finds unused is given back while the program goes on, and by the next one at the latest.
    this.#collect();
    this.#collect();
    const { heapUsed, external } = process.memoryUsage();
    this.#first ??= heapUsed + external;
    const grown = heapUsed + external - this.#first;
    process.stderr.write(`heap: ${grown} octets more after ${executions} executions\n`);
    if (grown > GROWTH) throw new Violation(`the heap has grown by ${grown} octets in ${executions} executions`);
    this.#last = { executions, time: performance.now() };
  }
}
