/** Waiting for what may never come: data from a pipe to which nobody writes. */
import { closeSync, constants, openSync, statSync, writeSync } from "node:fs";

/**
 * Wakes whoever waits to read from, or to open, the named pipe at `path`, by writing one octet to it: a thread that is still
 * waiting there would keep the process from ending.
 */
export function wakeReader(path: string): void {
  try {
    if (!statSync(path).isFIFO()) return;
    const pipe = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    writeSync(pipe, new Uint8Array(1));
    closeSync(pipe);
  } catch {
    // Then nobody can be woken.
  }
}

/** The result of `work`, or `undefined` as soon as the signal is aborted. */
export async function orInterrupted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T | undefined> {
  if (signal === undefined) return work;
  if (signal.aborted) return undefined;
  let stop = nothing;
  const interrupted = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
  });
  signal.addEventListener("abort", stop);
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** The values of `source` until the signal is aborted. */
export async function* untilInterrupted<T>(source: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  for (;;) {
    let next: IteratorResult<T> | undefined;
    try {
      next = await orInterrupted(iterator.next(), signal);
    } catch (error) {
      // A stream that the interruption closes reports that as an error.
      if (signal?.aborted !== true) throw error;
    }
    if (next === undefined || next.done === true) return;
    yield next.value;
  }
}

function nothing(): void {}
