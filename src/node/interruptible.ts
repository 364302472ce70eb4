/** Waiting for what may never come: a pipe on which nobody writes. */
import { closeSync, constants, openSync, statSync, writeSync } from "node:fs";

/**
 * Ends the waiting of whoever reads the named pipe at `path`, or opens it: a thread that waits there would keep the process from
 * ending. The octet that it takes goes to that reader.
 */
export function wakeReader(path: string): void {
  try {
    if (!statSync(path).isFIFO()) return;
    const pipe = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    writeSync(pipe, new Uint8Array(1));
    closeSync(pipe);
  } catch {
    // Nobody can be woken then.
  }
}

/** What `work` gives, or `undefined` once the signal is given. */
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

/** What `source` gives until the signal is given. */
export async function* untilInterrupted<T>(source: AsyncIterable<T>, signal: AbortSignal | undefined): AsyncGenerator<T, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  for (;;) {
    let next: IteratorResult<T> | undefined;
    try {
      next = await orInterrupted(iterator.next(), signal);
    } catch (error) {
      // A stream that is closed by the interruption calls it an error.
      if (signal?.aborted !== true) throw error;
    }
    if (next === undefined || next.done === true) return;
    yield next.value;
  }
}

function nothing(): void {}
