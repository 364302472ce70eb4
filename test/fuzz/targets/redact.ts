/** Redaction of any capture: refused in a sentence, or one that can be read, without the name that stood in it. */
import { CaptureError } from "../../../src/fault/errors.ts";
import type { Capture } from "../../../src/handshake/handshake.ts";
import { redact as redactOctets } from "../../../src/redaction/redact.ts";
import { demand, type Target } from "../contract.ts";
import { captureFrom } from "../grammar.ts";
import { Input } from "../input.ts";
import { captures, isPrintable } from "../material.ts";
import { readFile } from "./pipeline.ts";

/** No capture begins so: the grammar makes one of what follows. */
const MADE = 0x47;
const KEY = Uint8Array.from({ length: 16 }, (_, index) => index);

export const redact: Target = {
  name: "redact",
  isAsync: true,
  longest: 6_000,
  bound: (length) => 3_000 * length + 500_000,
  seeds: () => [
    ...captures(5_000, 5),
    ...[0, 1, 2, 3, 4, 12].map((kind) =>
      Uint8Array.from({ length: 400 }, (_, index) => (index === 0 ? MADE : index === 1 ? kind : (index * 37 + kind) % 251)),
    ),
  ],
  async run(octets) {
    const file = octets[0] === MADE ? captureFrom(new Input(octets.slice(1))) : octets;
    try {
      const result = await redactOctets(file, { key: KEY, read });
      demand(result.packets <= result.of && result.handshakes > 0, `${result.packets} packets of ${result.of}`);
      demand(!Buffer.from(result.octets).includes("planted-name"), "the name is still there");
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
