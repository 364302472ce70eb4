/** `tls-diff list FILE...`: a line for each handshake. */
import type { Capture, Handshake } from "../../index.ts";
import type { TextStyle } from "../../report/layout/text.ts";
import type { ListCounts } from "../../report/list-stream.ts";
import { EXIT } from "../exit-status.ts";
import type { ExitStatus } from "../exit-status.ts";
import type { Io } from "../io.ts";
import { formatOf, limitsOf, READING, reportsOf } from "../options.ts";
import type { Typed } from "../options.ts";
import { checkOutput, printReport } from "../output.ts";
import { Pieces } from "../pieces.ts";
import { CAPTURE_WELL, checkInputs, noHandshakeIn, readInputs, tellErrors, tellInconclusive, tellParts } from "../reading.ts";
import { styleOf } from "../style.ts";
import type { Command } from "./contract.ts";

export const list: Command = {
  words: ["list <files..>"],
  about: "a line for each handshake: who, whom, how it ended",
  positionals: { files: "captures, saved reports, directories, or - for standard input" },
  options: { ...READING, all: { type: "boolean", describe: "also attempts that never reached a TLS hello" } },
  examples: [
    ["$0 list trace.pcapng", "what is in there?"],
    ["$0 list captures/ --format ndjson", "a JSON line for each handshake, as it completes"],
  ],
  async execute(typed, io) {
    const inputs = typed["files"] as string[];
    checkOutput(typed, inputs, io);
    const format = formatOf(typed);
    // Other reports on the same captures need every handshake completely.
    const isAlone = reportsOf(typed).length === 0;
    if (format === "ndjson" && isAlone) return listLines(inputs, typed, io);
    if (format === "text" && isAlone) return listText(inputs, typed, io);
    const [{ KeptOctets }, { boundsOf }] = await Promise.all([import("../../node.ts"), import("../../fault/limits.ts")]);
    const kept = new KeptOctets(boundsOf(limitsOf(typed)).keptOctets);
    const captures = (await readInputs(inputs, typed, { kept }, io)).flat();
    if (captures.length > 0) await printReport({ kind: "list", captures, all: typed["all"] === true }, typed, io);
    const { isListed } = await import("../../report/report.ts");
    const count = ({ handshakes }: Capture): ListCounts => {
      const listed = handshakes.filter((handshake) => isListed(handshake, typed["all"] === true)).length;
      return { listed, hidden: handshakes.length - listed };
    };
    return statusOf(captures, count, typed, io);
  },
};

/** Prints text for all inputs while they are read: a long capture's handshakes, and even its lines, would not fit in memory. */
async function listText(inputs: readonly string[], typed: Typed, io: Io): Promise<ExitStatus> {
  checkInputs(inputs);
  const { listLine } = await import("../../report/compose-list.ts");
  const { ListStream } = await import("../../report/list-stream.ts");
  const { isListed } = await import("../../report/report.ts");
  const style = await listStyle(typed, io);
  const out = await piecesOf(typed, io);
  const streams = new Map<string, InstanceType<typeof ListStream>>();
  const counts = new Map<string, ListCounts>();
  /** Names of the input's captures that are printed already. */
  const told = new Set<string>();
  let isFirst = true;
  let waiting: Promise<void> | undefined;
  const write = (text: string): void => {
    if (typed["quiet"] !== true) waiting = out.write(text) ?? waiting;
  };
  const streamOf = (file: string): InstanceType<typeof ListStream> => {
    let stream = streams.get(file);
    if (stream !== undefined) return stream;
    let isBegun = false;
    stream = new ListStream(file, style, (text) => {
      if (!isBegun && !isFirst) write("\n");
      isBegun = true;
      isFirst = false;
      write(text);
    });
    streams.set(file, stream);
    return stream;
  };
  const onHandshake = (handshake: Handshake, file: string): Promise<void> | undefined => {
    waiting = undefined;
    const stream = streamOf(file);
    const isShown = isListed(handshake, typed["all"] === true);
    if (isShown) stream.troubles.see(handshake);
    stream.add(handshake.id, isShown ? listLine(handshake) : null);
    return waiting;
  };
  const onCapture = (capture: Capture): void => {
    for (const handshake of capture.handshakes) void onHandshake(handshake, capture.file);
    const isEmpty = !streams.has(capture.file);
    // What could not be read at all is only reported on standard error.
    if (!isEmpty || capture.error === undefined) counts.set(capture.file, streamOf(capture.file).end(capture));
    streams.delete(capture.file);
    told.add(capture.file);
  };
  const read: Capture[] = [];
  try {
    for (const input of inputs) {
      if (io.signal.aborted && read.length > 0) break;
      const [captures = []] = await readInputs([input], typed, { certificates: false, summary: "line", onHandshake, onCapture }, io);
      for (const capture of captures) if (!told.has(capture.file)) onCapture(capture);
      told.clear();
      read.push(...captures);
      await waiting;
    }
    await out.end();
  } catch (error) {
    out.discard();
    throw error;
  }
  return statusOf(read, ({ file }) => counts.get(file) ?? { listed: 0, hidden: 0 }, typed, io);
}

/** The file to write to; `-` is standard output. */
function fileOf(typed: Typed): string | undefined {
  return typed["output"] === "-" ? undefined : (typed["output"] as string | undefined);
}

async function piecesOf(typed: Typed, io: Io): Promise<Pieces> {
  const file = fileOf(typed);
  return file === undefined || typed["quiet"] === true ? new Pieces(io.out) : new Pieces(await io.openFile(file));
}

/** The style of a list. It has no tables, so the code that draws them is only loaded for colours. */
async function listStyle(typed: Typed, io: Io): Promise<TextStyle> {
  const { width, color, ascii } = styleOf(typed, io);
  const paint = color && fileOf(typed) === undefined ? (await import("../terminal.ts")).paint : (text: string): string => text;
  const { drawGrid } = await import("../../report/layout/draw-grid.ts");
  return { width, ascii, paint, draw: (grid, line) => drawGrid(grid, line, ascii) };
}

/** Prints a line for each handshake as it completes; none is kept. */
async function listLines(inputs: readonly string[], typed: Typed, io: Io): Promise<ExitStatus> {
  const { writeHandshake } = await import("../../report/write-handshake.ts");
  const { isListed } = await import("../../report/report.ts");
  const out = await piecesOf(typed, io);
  const counts = { listed: 0, hidden: 0 };
  const tell = (handshake: Handshake, file: string): Promise<void> | undefined => {
    const isShown = isListed(handshake, typed["all"] === true);
    counts[isShown ? "listed" : "hidden"] += 1;
    if (!isShown) return undefined;
    if (typed["quiet"] === true) return undefined;
    writeHandshake(out.begin(), file, handshake);
    return out.next();
  };
  let captures: readonly Capture[];
  try {
    captures = (await readInputs(inputs, typed, { certificates: true, onHandshake: tell }, io)).flat();
    for (const { file, handshakes } of captures) for (const handshake of handshakes) await tell(handshake, file);
    await out.end();
  } catch (error) {
    out.discard();
    throw error;
  }
  return statusOf(captures, () => counts, typed, io);
}

async function statusOf(
  captures: readonly Capture[],
  countsOf: (capture: Capture) => ListCounts,
  typed: Typed,
  io: Io,
): Promise<ExitStatus> {
  const unread = await tellErrors(captures, io);
  await tellParts(captures, io);
  if (unread) return EXIT.unusable;
  if (captures.some((capture) => countsOf(capture).listed > 0)) return EXIT.same;
  const packets = captures.reduce((sum, capture) => sum + (capture.packets ?? 0), 0);
  const where = captures.length === 1 ? (captures[0]?.file ?? "") : `the ${captures.length} inputs`;
  if (typed["quiet"] !== true) await tellInconclusive(noHandshakeIn(packets, where), adviceFor(captures, countsOf), io);
  return EXIT.inconclusive;
}

/** Connections that were refused, or never got to TLS, need no better capture: they can be explained. */
function adviceFor(captures: readonly Capture[], countsOf: (capture: Capture) => ListCounts): string {
  const tried = captures.find((capture) => countsOf(capture).hidden > 0);
  if (tried === undefined) return CAPTURE_WELL;
  const name = tried.file === "-" ? "FILE" : tried.file;
  return `Some attempts never reached one: --all lists them, tls-diff explain ${name} says why.\n`;
}
