/** Redaction of any capture: refused in a sentence, or one that can be read, with no more packets than before. */
import { CaptureError } from "../../../src/fault/errors.ts";
import type { Capture } from "../../../src/handshake/handshake.ts";
import { redact as redactOctets } from "../../../src/redaction/redact.ts";
import { demand, type Target } from "../contract.ts";
import { captures, isPrintable } from "../material.ts";
import { readFile } from "./pipeline.ts";

const KEY = Uint8Array.from({ length: 16 }, (_, index) => index);

export const redact: Target = {
  name: "redact",
  isAsync: true,
  longest: 6_000,
  bound: (length) => 3_000 * length + 500_000,
  seeds: () => captures(5_000, 5),
  async run(octets) {
    try {
      const result = await redactOctets(octets, { key: KEY, read });
      demand(result.packets <= result.of && result.handshakes > 0, `${result.packets} packets of ${result.of}`);
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error;
      demand(isPrintable(error.message), "an error is not printable");
    }
  },
};

function read(octets: Uint8Array): Promise<Capture> {
  const { handshakes, summary } = readFile([octets]);
  if (summary === null) return Promise.reject(new CaptureError("not-a-capture", "is not a capture"));
  return Promise.resolve({ file: "", ...summary, handshakes: [...handshakes] });
}
