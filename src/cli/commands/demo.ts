/** `tls-diff demo`: the comparison of the bundled pair, so that a stranger sees what to expect. */
import { EXIT } from "../exit-status.ts";
import { checkOutput } from "../output.ts";
import { readInputs } from "../reading.ts";
import type { Command } from "./contract.ts";
import { compareCaptures } from "./diff.ts";

export const demo: Command = {
  words: ["demo"],
  about: "compare the bundled captures: Go fails where openssl works",
  options: { all: { type: "boolean", describe: "include noise and long lists" } },
  async execute(typed, io) {
    const { demo: pair } = io;
    const paths = pair.map(({ path }) => path);
    checkOutput(typed, paths, io);
    const read = await readInputs(paths, typed, { certificates: true }, io);
    const captures = read.flat().map((capture, index) => Object.assign({}, capture, { file: pair[index]?.name }));
    if (typed["quiet"] !== true) await io.err.write(`$ tls-diff ${pair.map(({ name }) => name).join(" ")}\n\n`);
    const status = await compareCaptures(captures, typed, io);
    return status === EXIT.different ? EXIT.same : status;
  },
};
