/** Reads the inputs of a command, with progress, and reports problems on standard error. */
import { NOT_KEPT } from "../fault/note.ts";
import type { Capture, Handshake, Selection } from "../index.ts";
import type { ReadOptions } from "../node.ts";
import { countText } from "../report/words.ts";
import type { Io } from "./io.ts";
import { limitsOf, type Typed } from "./options.ts";
import { progressLine } from "./progress.ts";
import { shown } from "./shown.ts";
import { suggest } from "./suggest.ts";
import { UsageError } from "./usage-error.ts";

/** The user interrupted, and an incomplete result would be useless. `message` says what was not done. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Throws `UsageError` for impossible inputs. */
export function checkInputs(inputs: readonly string[]): void {
  if (inputs.filter((input) => input === "-").length > 1) throw new UsageError("standard input (-) can be read only once");
  if (inputs.includes("")) throw new UsageError("the name of an input is empty");
}

/**
 * The captures of all inputs, in order. Throws `UsageError` if `-` is given twice. After an interruption they contain what was
 * read until then; if that is nothing, `Interrupted` is thrown. A command that cannot use a part calls {@link refusePart}.
 */
export async function readInputs(inputs: readonly string[], typed: Typed, options: ReadOptions, io: Io): Promise<Capture[][]> {
  checkInputs(inputs);
  const limits = limitsOf(typed);
  const progress = progressLine(io, typed["quiet"] === true);
  const read: Capture[][] = [];
  const { signal } = io;
  try {
    const keyLogs = typed["keylog"] as readonly string[] | undefined;
    const keyLog = keyLogs === undefined ? {} : { keyLog: await io.readKeyLog(...keyLogs) };
    for (const input of inputs) {
      if (signal.aborted) {
        read.push([unread(input)]);
        continue;
      }
      if (input.startsWith("@")) {
        read.push([await reference(input)]);
        continue;
      }
      const reading = io.readCaptures(input, { ...options, ...keyLog, limits, signal, onProgress: (at) => progress.tell(at) });
      const found = await untilInterrupted(reading, signal);
      read.push(found ?? [unread(input)]);
    }
  } finally {
    progress.done();
  }
  if (signal.aborted && read.flat().every(({ error }) => error !== undefined))
    throw new Interrupted("interrupted before anything was read");
  return read;
}

/** Throws `Interrupted` after an interruption. */
export function refusePart({ signal }: Io): void {
  if (signal.aborted) throw new Interrupted("interrupted; nothing was written");
}

/** Stands for a capture that was not reached before the interruption. */
function unread(input: string): Capture {
  return { file: shown(input), notes: [], handshakes: [], error: { code: "interrupted", message: "was not read: interrupted" } };
}

/** A recorded client in place of a capture. Throws `UsageError` if the library has none of that name. */
async function reference(word: string): Promise<Capture> {
  const { listClients, readReference } = await import("../clients/reference.ts");
  const capture = await readReference(word.slice(1));
  if (capture !== undefined) return capture;
  const meant = suggest(
    word.slice(1),
    listClients().map(({ id }) => id),
  );
  throw new UsageError(`there is no client ${shown(word)}; ${meant === null ? "tls-diff clients lists them" : `did you mean @${meant}?`}`);
}

/** The selected handshakes. Throws `UsageError` for a `--server` that cannot be parsed. */
export async function selected(handshakes: readonly Handshake[], selection: Selection): Promise<Handshake[]> {
  const { selectHandshakes } = await import("../diff/selection.ts");
  try {
    return selectHandshakes(handshakes, selection);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

/** Reports why inputs could not be read; true if there was one. */
export async function tellErrors(captures: readonly Capture[], io: Io): Promise<boolean> {
  const broken = captures.filter(({ error }) => error !== undefined);
  for (const { file, error } of broken) await io.err.write(`tls-diff: ${file === "-" ? "standard input" : file} ${error?.message}.\n`);
  return broken.length > 0;
}

/** If not all handshakes of a capture could be kept: how many are missing, and why. */
export function partOf({ notes }: Capture): string | undefined {
  return notes.find(({ code }) => code === NOT_KEPT)?.message;
}

/** Reports the captures of which only a part was kept; true if there was one. */
export async function tellParts(captures: readonly Capture[], io: Io): Promise<boolean> {
  const parts = captures.filter((capture) => partOf(capture) !== undefined);
  for (const capture of parts) await io.err.write(`tls-diff: ${capture.file}: ${partOf(capture)}.\n`);
  if (parts.length > 0) await io.err.write(KEEP_MORE);
  return parts.length > 0;
}

const KEEP_MORE = `tls-diff list tells every handshake; cut out the connection that is meant, or keep more with --limit kept-octets=NUMBER.
`;

/** Advice on finding what can be selected. */
export const LIST_SHOWS = "tls-diff list shows what is there.\n";

/** Advice on recording a capture that has what is missing here. */
export const CAPTURE_WELL = `A capture helps only if it holds the connection from its first packet, whole packets, and both directions:
  tcpdump -i any -s 0 -U -w out.pcap     (start it before the client, stop it after the failure)
`;

/** `no TLS handshake in the 12 packets of go.pcap`: what an input does not hold. */
export function noHandshakeIn(packets: number, where: string): string {
  return `no TLS handshake in the ${countText(packets, "packet")} of ${where}`;
}

/** Reports on standard error what was missing, and what to do about it. */
export async function tellInconclusive(sentence: string, advice: string, io: Io): Promise<void> {
  await io.err.write(`tls-diff: ${sentence}.\n${advice}`);
}

/** Milliseconds that a reader has to return its results after it was told to stop. */
const GRACE = 500;

/** The result of a reader; `undefined` if it was told to stop and does not return in time. */
async function untilInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  let wait = nothing;
  const interrupted = new Promise<undefined>((resolve) => {
    wait = () => {
      timer = setTimeout(() => resolve(undefined), GRACE);
    };
  });
  signal.addEventListener("abort", wait);
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    signal.removeEventListener("abort", wait);
    clearTimeout(timer);
  }
}

function nothing(): void {}
