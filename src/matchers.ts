/**
 * Matchers for vitest and jest: `expect(await readCapture("x.pcap")).toMatchHandshake("client.tls.json")`. The file may be a
 * snapshot, a saved report or a capture; differences are described as on the command line.
 */
import { compare, FAIL_ON, withDiagnosis } from "./index.ts";
import type { Capture, CompareOptions, DifferenceClass } from "./index.ts";
import { readCapture } from "./node.ts";
import { FORMATS } from "./report/formats/index.ts";

export { readCapture } from "./node.ts";

/** How to compare. */
export interface MatchOptions extends CompareOptions {
  /** Classes of differences that count; `outcome`, `semantic`, `order` and `certificate` by default. */
  readonly failOn?: readonly DifferenceClass[];
}

/** What vitest and jest take from a matcher. */
export interface MatchResult {
  readonly pass: boolean;
  /** Why it failed; after `not`, why it should not have passed. */
  readonly message: () => string;
}

/** The matchers as methods of `expect(…)`; `R` is what they return there. */
export interface HandshakeMatchers<R = unknown> {
  toMatchHandshake(expected: string | Capture, options?: MatchOptions): R;
}

/**
 * Do the handshakes of a capture match those of `expected`, a capture or the path of one (a snapshot, a saved report)?
 * Rejects with a `CaptureError` where the file cannot be read, and with a `TypeError` if `received` is not a capture.
 */
export async function toMatchHandshake(received: unknown, expected: string | Capture, options: MatchOptions = {}): Promise<MatchResult> {
  if (!isCapture(received)) throw new TypeError("toMatchHandshake needs a capture, as readCapture gives it");
  const { failOn = FAIL_ON, ...others } = options;
  const left = typeof expected === "string" ? await readCapture(expected) : expected;
  const comparison = withDiagnosis(compare(left, received, others), left, received, others);
  const alone = comparison.unpaired.left.length + comparison.unpaired.right.length;
  const differs = comparison.pairs.some(({ differences }) => differences.some((difference) => failOn.includes(difference.class)));
  return {
    pass: comparison.pairs.length > 0 && alone === 0 && !differs,
    message: () => [...FORMATS.plain.render({ kind: "diff", comparison, left, right: received, failOn })].join(""),
  };
}

/** For `expect.extend(matchers)`. */
export const matchers = { toMatchHandshake } as const;

function isCapture(value: unknown): value is Capture {
  return typeof value === "object" && value !== null && "handshakes" in value && Array.isArray(value.handshakes);
}
