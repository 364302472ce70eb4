/** The inputs of a command: read with progress, their troubles told on standard error. */
import type { Capture, Handshake, Selection } from "../index.ts";
import type { ReadOptions } from "../node.ts";
import { countText } from "../report/words.ts";
import type { Io } from "./io.ts";
import type { Typed } from "./options.ts";
import { progressLine } from "./progress.ts";
import { suggest } from "./suggest.ts";
import { UsageError } from "./usage-error.ts";

/** The user interrupted. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Throws `UsageError` where an input cannot be meant. */
export function checkInputs(inputs: readonly string[]): void {
  if (inputs.filter((input) => input === "-").length > 1) throw new UsageError("standard input (-) can be read only once");
  if (inputs.includes("")) throw new UsageError("the name of an input is empty");
}

/** The captures of all inputs, in their order. Throws `Interrupted`, and `UsageError` where `-` is named twice. */
export async function readInputs(inputs: readonly string[], typed: Typed, options: ReadOptions, io: Io): Promise<Capture[][]> {
  checkInputs(inputs);
  const progress = progressLine(io, typed["quiet"] === true);
  const read: Capture[][] = [];
  const { signal } = io;
  try {
    const keyLogs = typed["keylog"] as readonly string[] | undefined;
    const keyLog = keyLogs === undefined ? {} : { keyLog: await io.readKeyLog(...keyLogs) };
    for (const input of inputs) {
      if (input.startsWith("@")) {
        read.push([await reference(input)]);
        continue;
      }
      const reading = io.readCaptures(input, { ...options, ...keyLog, signal, onProgress: (at) => progress.tell(at) });
      read.push(await untilInterrupted(reading, signal));
    }
  } finally {
    progress.done();
  }
  return read;
}

/** A recorded client in place of a capture. Throws `UsageError` where the library has none of that name. */
async function reference(word: string): Promise<Capture> {
  const { listClients, readReference } = await import("../clients/reference.ts");
  const capture = await readReference(word.slice(1));
  if (capture !== undefined) return capture;
  const meant = suggest(
    word.slice(1),
    listClients().map(({ id }) => id),
  );
  throw new UsageError(
    `there is no client ${safeWord(word)}; ${meant === null ? "tls-diff clients lists them" : `did you mean @${meant}?`}`,
  );
}

/** The command line may hold anything; it is shown without control characters. */
function safeWord(text: string): string {
  return text.replaceAll(/[^ -~]/g, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}

/** The handshakes that were asked for. Throws `UsageError` for a server that cannot be read. */
export async function selected(handshakes: readonly Handshake[], selection: Selection): Promise<Handshake[]> {
  const { selectHandshakes } = await import("../diff/selection.ts");
  try {
    return selectHandshakes(handshakes, selection);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

/** Tells why inputs could not be read; true if there was one. */
export async function tellErrors(captures: readonly Capture[], io: Io): Promise<boolean> {
  const broken = captures.filter(({ error }) => error !== undefined);
  for (const { file, error } of broken) await io.err.write(`tls-diff: ${file === "-" ? "standard input" : file} ${error?.message}.\n`);
  return broken.length > 0;
}

/** Where to find what can be asked for. */
export const LIST_SHOWS = "tls-diff list shows what is there.\n";

/** How to record a capture that has what is missing here. */
export const CAPTURE_WELL = `A capture helps only if it holds the connection from its first packet, whole packets, and both directions:
  tcpdump -i any -s 0 -U -w out.pcap     (start it before the client, stop it after the failure)
`;

/** `no TLS handshake in the 12 packets of go.pcap`: what an input does not hold. */
export function noHandshakeIn(packets: number, where: string): string {
  return `no TLS handshake in the ${countText(packets, "packet")} of ${where}`;
}

/** What was missing, on standard error, and what to do: look for it elsewhere in the capture, or capture better. */
export async function tellInconclusive(sentence: string, advice: string, io: Io): Promise<void> {
  await io.err.write(`tls-diff: ${sentence}.\n${advice}`);
}

async function untilInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw new Interrupted();
  const forget = new AbortController();
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new Interrupted()), { signal: forget.signal });
  });
  try {
    const result = await Promise.race([work, interrupted]);
    // A reader that stops for the signal gives what it has: that is no result.
    if (signal.aborted) throw new Interrupted();
    return result;
  } finally {
    forget.abort();
  }
}
