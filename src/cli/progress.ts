/** Shows on standard error how far reading has come, to a person who has waited a second. */
import type { Progress } from "../node.ts";
import type { Io } from "./io.ts";

const PATIENCE = 1000;
const INTERVAL = 100;

/** Updated while reading; `done` removes the line before anything else is printed. */
export interface ProgressLine {
  tell(progress: Progress): void;
  done(): void;
}

/** A line that is redrawn in place, or nothing if standard error is not a terminal. */
export function progressLine(io: Io, quiet: boolean): ProgressLine {
  const start = io.now();
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    tell(progress) {
      const now = io.now();
      if (quiet || now - start < PATIENCE || now - drawn < INTERVAL || !io.err.isTerminal) return;
      drawn = now;
      void io.err.write(`\r\u001b[K${words(progress).slice(0, (io.err.columns ?? 80) - 1)}`);
    },
    done() {
      if (drawn > Number.NEGATIVE_INFINITY) void io.err.write("\r\u001b[K");
      drawn = Number.NEGATIVE_INFINITY;
    },
  };
}

function words({ file, octets, total, packets, handshakes }: Progress): string {
  const part = total === undefined || total === 0 ? "" : ` ${Math.floor((100 * octets) / total)} %`;
  return `${file}:${part} ${Math.round(octets / 1_048_576)} MiB, ${packets} packets, ${handshakes} handshakes`;
}
