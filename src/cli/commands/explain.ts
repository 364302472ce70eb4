/** `tls-diff explain CAPTURE`: why its handshakes failed, from one capture alone; `explain RULE`: the page of a cause. */
import type { Capture } from "../../index.ts";
import { EXIT } from "../exit-status.ts";
import type { ExitStatus } from "../exit-status.ts";
import type { Io } from "../io.ts";
import { NUMBER, READING, selectionOf, SELECTION, wholeNumber } from "../options.ts";
import type { Typed } from "../options.ts";
import { checkOutput, printReport } from "../output.ts";
import { CAPTURE_WELL, LIST_SHOWS, noHandshakeIn, readInputs, tellErrors, tellInconclusive, tellParts } from "../reading.ts";
import { suggest } from "../suggest.ts";
import { UsageError } from "../usage-error.ts";
import type { Command } from "./contract.ts";

export const explain: Command = {
  words: ["explain [what]"],
  about: "why a handshake failed, from one capture; or the page of a cause",
  positionals: { what: "capture, saved report, - for standard input, or the name of a cause" },
  options: {
    ...READING,
    ...SELECTION,
    list: { type: "boolean", describe: "list every known cause" },
    id: { ...NUMBER, describe: "only the handshake of this number, as list shows it" },
    all: { type: "boolean", describe: "every finding, and the fixes for every stack" },
  },
  examples: [
    ["$0 explain fail.pcap", "what can be said without a working capture?"],
    ["$0 explain no-common-cipher-rsa-kex", "a cause: symptoms, proof, fixes"],
  ],
  async execute(typed, io) {
    const what = typed["what"] as string | undefined;
    if (typed["list"] === true || what === undefined) {
      if (what !== undefined) throw new UsageError("explain --list takes no other argument");
      if (typed["list"] !== true) throw new UsageError("explain needs a capture or the name of a cause; --list names them all");
      checkOutput(typed, [], io);
      const { RULES } = await import("../../diagnosis/rules/index.ts");
      await printReport({ kind: "rules", rules: RULES }, typed, io);
      return EXIT.same;
    }
    checkOutput(typed, [what], io);
    const { RULES } = await import("../../diagnosis/rules/index.ts");
    const rule = RULES.find(({ id }) => id === what);
    if (rule === undefined) return explainCapture(what, typed, io);
    await printReport({ kind: "rules", rules: [rule] }, typed, io);
    return EXIT.same;
  },
};

async function explainCapture(input: string, typed: Typed, io: Io): Promise<ExitStatus> {
  const id = wholeNumber(typed, "id", 1);
  const selection = selectionOf(typed);
  const [captures = []] = await readInputs([input], typed, { certificates: true }, io);
  const unread = await tellErrors(captures, io);
  await tellParts(captures, io);
  if (captures.some(({ error }) => error?.code === "missing-file")) await tellMeantRule(input, io);
  const [{ diagnoseHandshake }, { selectHandshakes }] = await Promise.all([
    import("../../diagnosis/diagnose.ts"),
    import("../../diff/selection.ts"),
  ]);
  const options = { all: typed["all"] === true };
  const chosen = (capture: Capture): Capture["handshakes"] => {
    try {
      return selectHandshakes(capture.handshakes, selection).filter((handshake) => id === undefined || handshake.id === id);
    } catch (error) {
      if (error instanceof RangeError) throw new UsageError(error.message, { cause: error });
      throw error;
    }
  };
  const explained = captures.map((capture) => ({
    ...capture,
    handshakes: chosen(capture).map((handshake) =>
      Object.assign({}, handshake, { diagnosis: diagnoseHandshake(handshake, { ...options, beside: capture.handshakes }) }),
    ),
  }));
  const count = explained.reduce((sum, { handshakes }) => sum + handshakes.length, 0);
  if (count > 0) await printReport({ kind: "explain", captures: explained, all: options.all }, typed, io);
  if (unread) return EXIT.unusable;
  if (count > 0) return EXIT.same;
  const isThere = captures.some(({ handshakes }) => handshakes.length > 0);
  const packets = captures.reduce((sum, capture) => sum + (capture.packets ?? 0), 0);
  const words = isThere
    ? `${captures[0]?.file ?? input} has no handshake that matches`
    : noHandshakeIn(packets, captures[0]?.file ?? input);
  await tellInconclusive(words, isThere ? LIST_SHOWS : CAPTURE_WELL, io);
  return EXIT.inconclusive;
}

/** A missing file may be a mistyped name of a cause. */
async function tellMeantRule(word: string, io: Io): Promise<void> {
  const { RULES } = await import("../../diagnosis/rules/index.ts");
  const names = RULES.map(({ id }) => id);
  const meant = suggest(word, names) ?? names.find((name) => word.length > 3 && name.includes(word)) ?? null;
  const beginning = meant === null ? "" : `Did you mean the cause "${meant}"? `;
  await io.err.write(`${beginning}tls-diff explain --list shows every cause.\n`);
}
