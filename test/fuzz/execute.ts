/** Runs a target on one input within its bound of steps; and, for the fuzzer, on one after the other while the heap does not grow. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type Target, Violation } from "./contract.ts";
import { beginComparisons } from "./comparisons.ts";
import { begin, countCopies, end } from "./work.ts";

/** Executions after which the heap has its size, and between two looks at it. */
const WARM_UP = 20_000;
const BETWEEN = 100_000;
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

/** Sees that the heap does not grow with the executions. */
class Heap {
  readonly #collect: () => void;
  #executions = 0;
  #first = 0;

  constructor() {
    setFlagsFromString("--expose-gc");
    this.#collect = runInNewContext("gc") as () => void;
  }

  look(): void {
    const executions = this.#executions++;
    if (executions !== WARM_UP && executions % BETWEEN !== 0) return;
    this.#collect();
    const { heapUsed, external } = process.memoryUsage();
    if (executions <= WARM_UP) this.#first = heapUsed + external;
    const grown = heapUsed + external - this.#first;
    if (executions > WARM_UP && grown > GROWTH) throw new Violation(`the heap has grown by ${grown} octets in ${executions} executions`);
  }
}
