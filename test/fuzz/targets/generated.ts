/** Captures by the grammar, with lengths that lie at every level: read like any other capture. */
import { demandSame, type Target } from "../contract.ts";
import { captureFrom } from "../grammar.ts";
import { inChunks, Input } from "../input.ts";
import { demandSound, readFile } from "./pipeline.ts";

export const generated: Target = {
  name: "generated",
  longest: 1_000,
  bound: (length) => 20_000 * length + 500_000,
  seeds: () =>
    [0, 1, 2, 3, 4, 12].map((kind) => Uint8Array.from({ length: 300 }, (_, index) => (index === 0 ? kind : (index * 37 + kind) % 251))),
  run(octets) {
    const file = captureFrom(new Input(octets));
    const whole = readFile([file]);
    demandSame(readFile(inChunks(file, [97, 3])), whole, "chunks make a difference");
    demandSound(whole);
  },
};
