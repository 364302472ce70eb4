/** `tls-diff show FILE`: one handshake, every field of every message. */
import type { Capture, Handshake } from "../../index.ts";
import { EXIT } from "../exit-status.ts";
import type { ExitStatus } from "../exit-status.ts";
import type { Io } from "../io.ts";
import { NUMBER, READING, selectionOf, SELECTION, wholeNumber } from "../options.ts";
import type { Typed } from "../options.ts";
import { checkOutput, printReport } from "../output.ts";
import { CAPTURE_WELL, LIST_SHOWS, noHandshakeIn, readInputs, selected, tellErrors, tellInconclusive, tellParts } from "../reading.ts";
import { UsageError } from "../usage-error.ts";
import type { Command } from "./contract.ts";

export const show: Command = {
  words: ["show <file>"],
  about: "one handshake, every field of every message",
  positionals: { file: "capture, saved report, or - for standard input" },
  options: {
    ...READING,
    ...SELECTION,
    id: { ...NUMBER, describe: "the handshake of this number, as list shows it" },
    hex: { type: "boolean", describe: "include the octets of each message" },
    text: { type: "boolean", describe: "every handshake, without what differs each time: for git's textconv" },
  },
  examples: [
    ["$0 show go.pcap", "the first handshake that failed, or else the first"],
    ["$0 show trace.pcapng --id 3 --hex", "the third, with its octets"],
  ],
  async execute(typed, io) {
    const input = typed["file"] as string;
    checkOutput(typed, [input], io);
    const id = wholeNumber(typed, "id", 1);
    if (typed["text"] === true && typed["output"] !== undefined) throw new UsageError("show --text only prints to standard output");
    if (typed["text"] === true) return showText(input, id, typed, io);
    const select = await selector(typed, id);
    const found: Found = { count: 0, matching: 0 };
    const see = (handshake: Handshake, file: string): void => {
      found.count += 1;
      if (!select(handshake)) return;
      found.matching += 1;
      if (found.chosen === undefined || (found.chosen.handshake.outcome !== "failed" && handshake.outcome === "failed")) {
        found.chosen = { handshake, file };
      }
    };
    const [captures = []] = await readInputs([input], typed, { certificates: true, octets: typed["hex"] === true, onHandshake: see }, io);
    for (const { file, handshakes } of captures) for (const handshake of handshakes) see(handshake, file);
    const unread = await tellErrors(captures, io);
    if (found.chosen === undefined) {
      if (unread) return EXIT.unusable;
      await tellInconclusive(whyNothing(found, captures, input), found.count > 0 ? LIST_SHOWS : CAPTURE_WELL, io);
      return EXIT.inconclusive;
    }
    const { handshake, file } = found.chosen;
    const capture = captures.find((one) => one.file === file) ?? captures[0];
    if (capture === undefined) throw new Error(`no capture ${file}`);
    await printReport({ kind: "show", capture, handshake }, typed, io);
    if (found.matching > 1) await tellChoice(found, handshake, typed, io);
    return unread ? EXIT.unusable : EXIT.same;
  },
};

/** Prints all handshakes as a snapshot keeps them: the same text for two recordings of one client, whatever their file names. */
async function showText(input: string, id: number | undefined, typed: Typed, io: Io): Promise<ExitStatus> {
  const [captures = []] = await readInputs([input], typed, { certificates: false }, io);
  const unread = await tellErrors(captures, io);
  await tellParts(captures, io);
  const [{ snapshotHandshakes }, { snapshotCapture }] = await Promise.all([
    import("../../diff/snapshot.ts"),
    import("../../report/snapshot.ts"),
  ]);
  const all = captures.flatMap(({ handshakes }) => handshakes).filter((handshake) => id === undefined || handshake.id === id);
  const kept = snapshotCapture({ handshakes: snapshotHandshakes(await selected(all, selectionOf(typed))) }, captures[0]?.file ?? input);
  const plain = { width: TEXT_WIDTH, color: "never", ...typed, quiet: typed["quiet"] === true };
  for (const [index, handshake] of kept.handshakes.entries()) {
    if (index > 0) await io.out.write("\n");
    await printReport({ kind: "show", capture: kept, handshake }, plain, io);
  }
  if (unread) return EXIT.unusable;
  return kept.handshakes.length > 0 ? EXIT.same : EXIT.inconclusive;
}

const TEXT_WIDTH = 100;

/** What was found while reading the file. */
interface Found {
  count: number;
  matching: number;
  chosen?: { readonly handshake: Handshake; readonly file: string };
}

async function selector(typed: Typed, id: number | undefined): Promise<(handshake: Handshake) => boolean> {
  const { selectHandshakes } = await import("../../diff/selection.ts");
  const selection = selectionOf(typed);
  try {
    selectHandshakes([], selection, "left");
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
  return (handshake) => (id === undefined || handshake.id === id) && selectHandshakes([handshake], selection, "left").length > 0;
}

function whyNothing({ count }: Found, captures: readonly Capture[], input: string): string {
  const file = captures[0]?.file ?? input;
  if (count > 0) return `${file} has ${count === 1 ? "one handshake, which does not match" : `${count} handshakes, none of which matches`}`;
  return noHandshakeIn(
    captures.reduce((sum, { packets = 0 }) => sum + packets, 0),
    file,
  );
}

async function tellChoice({ matching }: Found, { id, outcome }: Handshake, typed: Typed, io: Io): Promise<void> {
  if (typed["quiet"] === true) return;
  const why = outcome === "failed" ? "the first of them that failed" : "the first of them";
  await io.err.write(`${matching} handshakes; this is number ${id}, ${why}. Choose another with --id, --stream, --sni or --server.\n`);
}
