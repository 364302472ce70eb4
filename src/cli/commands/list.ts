/** `tls-diff list FILE...`: a line for each handshake. */
import type { Capture, Handshake } from "../../index.ts";
import type { ListedCapture, ListLine } from "../../report/compose-list.ts";
import { EXIT } from "../exit-status.ts";
import type { ExitStatus } from "../exit-status.ts";
import type { Io } from "../io.ts";
import { formatOf, READING, reportsOf } from "../options.ts";
import type { Typed } from "../options.ts";
import { checkOutput, printReport } from "../output.ts";
import { CAPTURE_WELL, checkInputs, noHandshakeIn, readInputs, tellErrors, tellInconclusive } from "../reading.ts";
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
    if (format === "ndjson" && reportsOf(typed).length === 0) return listLines(inputs, typed, io);
    if (format === "text" || format === "markdown") return listText(inputs, typed, io);
    const captures = (await readInputs(inputs, typed, {}, io)).flat();
    if (captures.length > 0) await printReport({ kind: "list", captures, all: typed["all"] === true }, typed, io);
    const { isListed } = await import("../../report/report.ts");
    const count = ({ handshakes }: Capture): number => handshakes.filter((handshake) => isListed(handshake, typed["all"] === true)).length;
    return statusOf(captures, count, typed, io);
  },
};

/** Text of all inputs. A handshake is reduced to its line as it comes: a long capture's would not fit in memory. */
async function listText(inputs: readonly string[], typed: Typed, io: Io): Promise<ExitStatus> {
  checkInputs(inputs);
  const { listLine } = await import("../../report/compose-list.ts");
  const { isListed } = await import("../../report/report.ts");
  const listed: ListedCapture[] = [];
  for (const input of inputs) {
    const found = new Map<string, { id: number; line: ListLine | null }[]>();
    const add = (handshake: Handshake, file: string): void => {
      const line = isListed(handshake, typed["all"] === true) ? listLine(handshake) : null;
      const lines = found.get(file);
      if (lines === undefined) found.set(file, [{ id: handshake.id, line }]);
      else lines.push({ id: handshake.id, line });
    };
    const [captures = []] = await readInputs([input], typed, { certificates: false, onHandshake: add }, io);
    for (const capture of captures) {
      for (const handshake of capture.handshakes) add(handshake, capture.file);
      const all = (found.get(capture.file) ?? []).sort((a, b) => a.id - b.id);
      const lines = all.flatMap(({ line }) => (line === null ? [] : [line]));
      listed.push({ capture, lines, hidden: all.length - lines.length });
    }
  }
  const readable = listed.filter(({ capture, lines, hidden }) => capture.error === undefined || lines.length + hidden > 0);
  if (readable.length > 0) await printReport({ kind: "list", captures: [], listed: readable }, typed, io);
  const counts = new Map(listed.map(({ capture, lines }) => [capture, lines.length]));
  return statusOf([...counts.keys()], (capture) => counts.get(capture) ?? 0, typed, io);
}

/** Lines as handshakes complete; none is kept. */
async function listLines(inputs: readonly string[], typed: Typed, io: Io): Promise<ExitStatus> {
  const { handshakeLine } = await import("../../report/json-shape.ts");
  const { isListed } = await import("../../report/report.ts");
  const output = typed["output"] as string | undefined;
  const file = output === undefined || output === "-" ? null : await io.openFile(output);
  const out = typed["quiet"] === true ? null : (file ?? io.out);
  let count = 0;
  const tell = (handshake: Handshake, from: string): Promise<void> | undefined => {
    if (!isListed(handshake, typed["all"] === true)) return undefined;
    count += 1;
    return out?.write(`${JSON.stringify(handshakeLine(from, handshake))}\n`);
  };
  try {
    const captures = (await readInputs(inputs, typed, { certificates: true, onHandshake: tell }, io)).flat();
    for (const { file: from, handshakes } of captures) for (const handshake of handshakes) await tell(handshake, from);
    return await statusOf(captures, () => count, typed, io);
  } finally {
    await file?.close();
  }
}

async function statusOf(
  captures: readonly Capture[],
  handshakesOf: (capture: Capture) => number,
  typed: Typed,
  io: Io,
): Promise<ExitStatus> {
  const unread = await tellErrors(captures, io);
  if (unread) return EXIT.unusable;
  if (captures.some((capture) => handshakesOf(capture) > 0)) return EXIT.same;
  const packets = captures.reduce((sum, capture) => sum + (capture.packets ?? 0), 0);
  const where = captures.length === 1 ? (captures[0]?.file ?? "") : `the ${captures.length} inputs`;
  if (typed["quiet"] !== true) await tellInconclusive(noHandshakeIn(packets, where), CAPTURE_WELL, io);
  return EXIT.inconclusive;
}
