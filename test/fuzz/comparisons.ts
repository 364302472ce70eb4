/**
 * Comparisons as the fuzzer's instrumentation makes them: it tells libFuzzer of each, so that the next input can have what was
 * asked for. That is a call out of JavaScript and costs more than all else, so libFuzzer is told in one execution of a few.
 */

/** Executions of which one is told. */
const AMONG = 8;

interface Tracer {
  traceNumberCmp: (one: number, other: number, operator: string, id: number) => boolean;
  traceStrCmp: (one: unknown, other: unknown, operator: string, id: number) => boolean;
  traceAndReturn: (current: unknown, target: unknown, id: number) => unknown;
}

let executions = 0;
let isTold = true;

/** An execution begins. */
export function beginComparisons(): void {
  if (executions === 0) replace((globalThis as { Fuzzer?: { tracer: Tracer } }).Fuzzer?.tracer);
  isTold = executions++ % AMONG === 0;
}

function replace(tracer: Tracer | undefined): void {
  if (tracer === undefined) return;
  const { traceNumberCmp, traceStrCmp, traceAndReturn } = tracer;
  tracer.traceNumberCmp = (one, other, operator, id) =>
    isTold ? traceNumberCmp(one, other, operator, id) : compared(one, other, operator);
  tracer.traceStrCmp = (one, other, operator, id) => {
    if (isTold) return traceStrCmp(one, other, operator, id);
    return operator.startsWith("=") === (one === other);
  };
  tracer.traceAndReturn = (current, target, id) => (isTold ? traceAndReturn(current, target, id) : target);
}

function compared(one: number, other: number, operator: string): boolean {
  switch (operator) {
    case "===":
      return one === other;
    case "!==":
      return one !== other;
    // Libraries ask so, of what need not be a number.
    case "==":
      // eslint-disable-next-line eqeqeq
      return one == other;
    case "!=":
      // eslint-disable-next-line eqeqeq
      return one != other;
    case "<":
      return one < other;
    case "<=":
      return one <= other;
    case ">":
      return one > other;
    default:
      return one >= other;
  }
}
