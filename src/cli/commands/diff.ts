/** `tls-diff LEFT RIGHT`: what differs between two captures; `tls-diff ONE`: between the failing and the working connections of one. */
import type { Capture, Comparison, DifferenceClass } from "../../index.ts";
import { EXIT } from "../exit-status.ts";
import type { ExitStatus } from "../exit-status.ts";
import type { Io } from "../io.ts";
import { failOnOf, GATE, NUMBER, READING, selectionOf, SELECTION } from "../options.ts";
import type { Typed } from "../options.ts";
import { checkOutput, printReport } from "../output.ts";
import { CAPTURE_WELL, LIST_SHOWS, noHandshakeIn, readInputs, tellErrors, tellInconclusive, tellParts } from "../reading.ts";
import { suggest } from "../suggest.ts";
import { UsageError } from "../usage-error.ts";
import type { Command } from "./contract.ts";

export const diff: Command = {
  words: ["$0 <left> [right]", "diff"],
  about: "compare two captures, or the failing with the working connections of one",
  positionals: {
    left: "capture, saved report, or - for standard input",
    right: "the other, or @client (see clients); if omitted: compare within the first",
  },
  options: {
    ...READING,
    ...SELECTION,
    ...GATE,
    "left-stream": { ...NUMBER, describe: "only this TCP stream on the left" },
    "right-stream": { ...NUMBER, describe: "only this TCP stream on the right" },
    all: { type: "boolean", describe: "include noise and long lists" },
  },
  examples: [
    ["$0 go.pcap openssl.pcap", "why does Go fail where openssl works?"],
    ["$0 trace.pcapng --sni mail.example.test", "failing against working, within one file"],
    ["$0 fail.pcap @openssl-3.0", "with what a recorded client offers; see tls-diff clients"],
    ["tcpdump -r big.pcap -w - port 465 | $0 - ok.pcap", "one side from a pipe"],
  ],
  async execute(typed, io) {
    const inputs = [typed["left"], typed["right"]].filter((word) => word !== undefined) as string[];
    checkOutput(typed, inputs, io);
    if (inputs.length === 1 && inputs[0]?.startsWith("@") === true)
      throw new UsageError("a recorded client is compared with a capture, or with another one");
    failOnOf(typed);
    const read = await readInputs(inputs, typed, { certificates: true }, io);
    const captures = read.map((found, index) => single(found, inputs[index] as string));
    const status = await compareCaptures(captures, typed, io);
    if (captures.some(({ error }) => error?.code === "missing-file")) await tellMeantCommand(inputs[0] as string, io);
    return status;
  },
};

/** Compares one or two captures that were read, and prints what differs. */
export async function compareCaptures(captures: readonly Capture[], typed: Typed, io: Io): Promise<ExitStatus> {
  const unread = await tellErrors(captures, io);
  await tellParts(captures, io);
  if (captures.some(({ error, handshakes }) => error !== undefined && handshakes.length === 0)) return EXIT.unusable;
  const [left, right = left] = captures as [Capture, Capture?];
  const [{ compare, compareWithin, compareWithReference }, { withDiagnosis }] = await Promise.all([
    import("../../diff/compare.ts"),
    import("../../diagnosis/diagnose.ts"),
  ]);
  const options = { ...selectionOf(typed), all: typed["all"] === true };
  let comparison: Comparison;
  try {
    const byReference = captures.length === 2 && captures.some(({ handshakes }) => handshakes[0]?.reference !== undefined);
    const between = byReference ? compareWithReference : compare;
    comparison = captures.length === 1 ? compareWithin(left, options) : between(left, right, options);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
  comparison = withDiagnosis(comparison, left, right, options);
  const failOn = failOnOf(typed);
  await printReport({ kind: "diff", comparison, left, right, all: options.all, ...(failOn === undefined ? {} : { failOn }) }, typed, io);
  if (comparison.pairs.length === 0) {
    const isSelected = Object.keys(selectionOf(typed)).length > 0;
    const advice = isSelected ? LIST_SHOWS : left === right ? adviceWithin(comparison, left) : CAPTURE_WELL;
    await tellInconclusive(whyNothing(comparison, left, right, isSelected), advice, io);
    return unread ? EXIT.unusable : EXIT.inconclusive;
  }
  if (unread) return EXIT.unusable;
  return typed["exit-zero"] === true || isSame(comparison, failOn) ? EXIT.same : EXIT.different;
}

/** Is there no difference that counts? */
function isSame({ identical, pairs, unpaired }: Comparison, failOn: readonly DifferenceClass[] | undefined): boolean {
  if (failOn === undefined) return identical;
  const counts = pairs.some(({ differences }) => differences.some((difference) => failOn.includes(difference.class)));
  return !counts && unpaired.left.length + unpaired.right.length === 0;
}

function whyNothing(comparison: Comparison, left: Capture, right: Capture, isSelected: boolean): string {
  for (const capture of left === right ? [left] : [left, right]) {
    if (capture.handshakes.length === 0) return noHandshakeIn(capture.packets ?? 0, capture.file);
  }
  const chosen = isSelected ? " that matches" : "";
  if (left === right) {
    const among = isSelected ? " among those selected" : "";
    return comparison.left.handshakes === 0
      ? `${left.file} has no failed connection${among}`
      : `${left.file} has no working connection${among} to compare the failed ones with`;
  }
  for (const [side, capture] of [
    ["left", left],
    ["right", right],
  ] as const) {
    if (comparison[side].handshakes === 0) return `${capture.file} has no handshake${chosen}`;
  }
  return "no handshake of one side could be paired with one of the other";
}

/** What to do with one capture in which nothing can be compared. */
function adviceWithin(comparison: Comparison, { file, handshakes }: Capture): string {
  if (handshakes.length === 0) return CAPTURE_WELL;
  const name = file === "-" ? "FILE" : file;
  if (comparison.left.handshakes === 0)
    return `tls-diff list ${name} lists its connections, tls-diff ${name} OTHER compares it with another capture.\n`;
  return `tls-diff explain ${name} explains what it shows by itself; better, compare it with a client that works:
  tls-diff ${name} ok.pcap          a capture of curl or openssl s_client, or
  tls-diff ${name} @openssl-3.0     a recorded client (tls-diff clients lists them)
`;
}

function single(captures: readonly Capture[], input: string): Capture {
  const [first, ...others] = captures;
  if (first !== undefined && others.length === 0) return first;
  throw new UsageError(`${input} holds ${captures.length} captures; a comparison takes one on each side`);
}

/** A missing file may be a mistyped command. */
async function tellMeantCommand(word: string, io: Io): Promise<void> {
  const commands = ["diff", "check", "explain", "list", "show", "snapshot", "redact", "clients", "web", "demo", "completion"];
  const meant = /[./\\]/.test(word) ? null : suggest(word, commands);
  if (meant !== null) await io.err.write(`Did you mean the command "tls-diff ${meant}"?\n`);
}
