/**
 * Reads one input: a file, a pipe or standard input comes in, the capture that it holds goes out, or those of a saved report. What cannot
 * be read becomes an `error` of its capture, never an exception.
 */
import { closeSync, openSync, statSync } from "node:fs";
import { safeText } from "../bytes/text.ts";
import { isJson, isPcapng, sniffCompression } from "../capture/compression.ts";
import { CaptureError } from "../fault/errors.ts";
import type { Note } from "../fault/note.ts";
import type { CertificateReader } from "../handshake/assemble.ts";
import type { Capture, Handshake } from "../handshake/handshake.ts";
import { KeptHandshakes, type KeptOctets } from "../handshake/kept-handshakes.ts";
import type { CertificateDecompressor } from "../message/message.ts";
import { captureOf, HandshakeReader } from "../pipeline.ts";
import type { Decryptor } from "../secrets/decryptor.ts";
import type { KeyLog } from "../secrets/key-log.ts";
import { type Chunks, decompress, DecompressionError } from "./decompress.ts";
import { eachRead, fileChunks, firstChunk, joined, openPipe, pipeChunks, prepend, tally } from "./file-chunks.ts";
import { describeError } from "./file-errors.ts";
import { orInterrupted, untilInterrupted, wakeReader } from "./interruptible.ts";
import type { ReadOptions } from "./read-options.ts";

/** Octets of the largest saved report that is read. */
const MAX_SAVED = 1 << 28;

/** The options with their counter always set. */
export type Reading = ReadOptions & { readonly kept: KeptOctets };

/** The captures of a file or of standard input; `directory` if the input is one. */
export async function readInput(input: string, options: Reading): Promise<Capture[] | "directory"> {
  let captures: Capture[];
  try {
    const status = input === "-" ? undefined : statSync(input);
    if (status?.isDirectory() === true) return "directory";
    captures =
      status === undefined
        ? await readOne(input, stdinChunks(options), undefined, options)
        : await (status.isFile() ? readFile(input, status.size, options) : readPipe(input, options));
  } catch (error) {
    captures = [failed(input, error)];
  }
  for (const capture of captures) options.onCapture?.(capture);
  return captures;
}

/** Reads a file that has `total` octets. */
async function readFile(input: string, total: number, options: Reading): Promise<Capture[]> {
  const descriptor = openSync(input, "r");
  try {
    return await readOne(input, fileChunks(descriptor), { total, descriptor }, options);
  } finally {
    closeSync(descriptor);
  }
}

/** Reads a named pipe or the like, which has no size. */
async function readPipe(input: string, options: Reading): Promise<Capture[]> {
  const { signal } = options;
  signal?.addEventListener("abort", () => wakeReader(input), { once: true });
  const opening = openPipe(input);
  const handle = await orInterrupted(opening, signal);
  if (handle === undefined) {
    void opening.then((late) => late.close());
    throw notRead();
  }
  try {
    return await readOne(input, pipeChunks(handle, signal), undefined, options);
  } finally {
    // Closing waits for the read in progress, which may never end.
    const closing = handle.close();
    if (signal?.aborted !== true) await closing;
  }
}

/** The interruption came before anything was read. */
function notRead(): CaptureError {
  return new CaptureError("interrupted", "was not read: interrupted");
}

/** A regular file: all of its octets are there already. */
interface Regular {
  /** Octets, as stored. */
  readonly total: number;
  /** What `source` reads from as well, one chunk at a time when asked. */
  readonly descriptor: number;
}

/** Reads one input whose octets come from `source`, and closes that whatever happens. */
async function readOne(input: string, source: Chunks, regular: Regular | undefined, options: Reading): Promise<Capture[]> {
  try {
    const first = await firstChunk(source);
    if (first.length === 0 && options.signal?.aborted === true) throw notRead();
    if (isJson(first)) return await readSavedChunks(input, prepend(first, source));
    const compression = sniffCompression(first);
    const maySecrets = options.keyLog !== undefined || compression !== undefined || isPcapng(first);
    const decryptor = maySecrets ? await newDecryptor(options.keyLog) : undefined;
    return [await readCaptureFrom(safeText(input), { first, source, regular, compression, decryptor }, options)];
  } finally {
    await source.return();
  }
}

/** What is known of a capture before it is read. */
interface Prepared {
  readonly first: Uint8Array;
  /** What follows `first`. */
  readonly source: Chunks;
  readonly regular: Regular | undefined;
  readonly compression: "gzip" | "zstd" | undefined;
  readonly decryptor: Decryptor | undefined;
}

async function readCaptureFrom(file: string, prepared: Prepared, options: Reading): Promise<Capture> {
  const { first, source, regular, compression, decryptor } = prepared;
  const kept = new KeptHandshakes(options.kept);
  const notes: Note[] = [];
  /** What `onHandshake` returned last, if it asks to be waited for. */
  let waiting: Promise<void> | undefined;
  const emit = (handshake: Handshake): void => {
    if (options.onHandshake === undefined) kept.take(handshake);
    else waiting = options.onHandshake(handshake, file) ?? waiting;
  };
  const reader = await newReader(emit, decryptor, options);
  let stored = 0;
  const tell = (octets: number): void => {
    stored += octets;
    if (options.onProgress === undefined) return;
    const at = { file, octets: stored, packets: reader.packets, handshakes: reader.handshakes };
    options.onProgress(regular === undefined ? at : { ...at, total: regular.total });
  };
  const isInterrupted = (): boolean => options.signal?.aborted === true;
  const push = (octets: Uint8Array): Promise<void> | undefined => {
    waiting = undefined;
    reader.push(octets);
    return waiting;
  };
  try {
    if (compression === undefined && regular !== undefined) {
      const next = (octets: Uint8Array): Promise<void> | undefined => {
        tell(octets.length);
        return push(octets);
      };
      if (first.length > 0) await next(first);
      await eachRead(regular.descriptor, next, isInterrupted);
    } else {
      for await (const octets of decompress(tally(prepend(first, source), tell), compression)) {
        const full = push(octets);
        if (full !== undefined) await full;
        if (isInterrupted()) break;
      }
    }
    if (isInterrupted() && reader.packets === 0) throw notRead();
    if (isInterrupted()) notes.push({ code: "interrupted", count: 1, message: `reading was interrupted after ${reader.packets} packets` });
  } catch (error) {
    if (!(error instanceof DecompressionError) || reader.packets === 0) throw error;
    notes.push({ code: error.code, count: 1, message: `the file ${error.message}` });
  }
  const summary = reader.end();
  await waiting;
  return captureOf(file, summary, kept.list, { compression, notes: [...notes, ...kept.notes] });
}

/** A reader that does what the options ask for; libraries are loaded only if they are needed. */
async function newReader(
  emit: (handshake: Handshake) => void,
  decryptor: Decryptor | undefined,
  options: Reading,
): Promise<HandshakeReader> {
  const describe = options.certificates === false ? undefined : await certificateReader();
  const identify = options.clients === false ? undefined : (await import("../clients/identify.ts")).identifyClient;
  return new HandshakeReader(emit, {
    octets: options.octets === true,
    summary: options.summary ?? false,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(describe === undefined ? {} : { describe }),
    ...(identify === undefined ? {} : { identify }),
    ...(decryptor === undefined ? {} : { decryptor, decompress: await certificateDecompressor() }),
  });
}

async function certificateReader(): Promise<CertificateReader> {
  const { describeCertificate, describeName } = await import("../x509/certificate.ts");
  return { certificate: describeCertificate, name: describeName };
}

async function newDecryptor(keyLog: KeyLog | undefined): Promise<Decryptor> {
  const [{ Decryptor: Made }, { nodeDecipher }] = await Promise.all([import("../secrets/decryptor.ts"), import("./decipher.ts")]);
  return new Made({ decipher: nodeDecipher, ...(keyLog === undefined ? {} : { keyLog }) });
}

async function certificateDecompressor(): Promise<CertificateDecompressor> {
  const { decompressCertificate } = await import("./certificate-compression.ts");
  return decompressCertificate;
}

async function readSavedChunks(input: string, chunks: Chunks): Promise<Capture[]> {
  const octets = await joined(chunks, MAX_SAVED, (size) => `is a saved report of more than ${size}`);
  const [{ readSaved }, { checkSchema }] = await Promise.all([import("../report/saved.ts"), import("./schema-check.ts")]);
  return readSaved(Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString("utf8"), safeText(input), checkSchema);
}

async function* stdinChunks(options: ReadOptions): Chunks {
  for await (const chunk of untilInterrupted(options.stdin ?? process.stdin, options.signal)) yield chunk as Uint8Array;
}

/** The capture that could not be read. */
export function failed(input: string, error: unknown): Capture {
  return { file: safeText(input), notes: [], handshakes: [], error: describeError(error) };
}
