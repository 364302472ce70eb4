/**
 * The Node face: captures from files, directories and standard input, plain or compressed, and saved
 * JSON reports in their place. What cannot be read becomes an `error` of its capture, never an exception.
 */
import { closeSync, type Dirent, openSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { safeText } from "./bytes/text.ts";
import { isJson, isPcapng, sniffCompression } from "./capture/compression.ts";
import { CaptureError } from "./fault/errors.ts";
import type { Configuration } from "./expectation/expectation.ts";
import { type Bounds, boundsOf } from "./fault/limits.ts";
import type { Note } from "./fault/note.ts";
import type { CertificateReader } from "./handshake/assemble.ts";
import type { CertificateDecompressor } from "./message/message.ts";
import type { Capture, Handshake } from "./handshake/handshake.ts";
import { KeptHandshakes, KeptOctets } from "./handshake/kept-handshakes.ts";
import { type Chunks, decompress, DecompressionError } from "./node/decompress.ts";
import { eachRead, fileChunks, firstChunk, joined, openPipe, pipeChunks, prepend, readLimited, tally } from "./node/file-chunks.ts";
import { describeError } from "./node/file-errors.ts";
import { orInterrupted, untilInterrupted, wakeReader } from "./node/interruptible.ts";
import { captureOf, HandshakeReader } from "./pipeline.ts";
import type { Decryptor } from "./secrets/decryptor.ts";
import type { KeyLog } from "./secrets/key-log.ts";

export { KeptOctets } from "./handshake/kept-handshakes.ts";
export type { KeyLog } from "./secrets/key-log.ts";

/**
 * Reads a configuration of `tls-diff check`, checked against its schema. Throws `CaptureError`, its message beginning with
 * the file's name, for one that cannot be read or does not fit.
 */
export async function readConfig(path: string): Promise<Configuration> {
  const config = await import("./node/read-config.ts");
  return config.readConfig(path);
}

/** How far a reader has come. */
export interface Progress {
  readonly file: string;
  /** Octets of the file read so far, as stored (compressed). */
  readonly octets: number;
  /** Octets of the file, where it has a size. */
  readonly total?: number;
  readonly packets: number;
  readonly handshakes: number;
}

/** What to read, and whom to tell. */
export interface ReadOptions {
  /** Keep the octets of each message in hex. */
  readonly octets?: boolean;
  /** Fill in what certificates say (default true); a list that does not show them is faster without. */
  readonly certificates?: boolean;
  /** Name the client stacks (default true). */
  readonly clients?: boolean;
  /** Secrets with which to decrypt, see {@link readKeyLog}; those in a capture itself are always used. */
  readonly keyLog?: KeyLog;
  /** Caps on what is kept at once, in place of the usual ones; a capture in which one bites has a note of it. */
  readonly limits?: Partial<Bounds>;
  /** What counts the handshakes that are kept, where several readings are to share one cap; else each input has its own. */
  readonly kept?: KeptOctets;
  /** Where `-` reads from; the process's standard input by default. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /**
   * Leave out what a line of a list does not tell: events, chains, and the fields of all messages but hellos and alerts
   * (default false). With it a busy capture is read in half the time. With `line`, fastest of all, nothing else is promised than what
   * such a line tells: hellos lack most of their fields, too, and other messages tell only who sent them.
   */
  readonly summary?: boolean | "line";
  /**
   * Called for each handshake as its connection ends; no more of the file is read before the promise is kept that it may return. When
   * given, handshakes are not collected in the result.
   */
  readonly onHandshake?: (handshake: Handshake, file: string) => void | Promise<void>;
  /** Called for each capture when it has been read, before the next one is. */
  readonly onCapture?: (capture: Capture) => void;
  readonly onProgress?: (progress: Progress) => void;
  /** Stops reading; what was read until then is given, with a note. */
  readonly signal?: AbortSignal;
}

/** Octets of the largest saved report that is read. */
const MAX_SAVED = 1 << 28;
/** Octets of the largest key log that is read. */
const MAX_KEY_LOG = 1 << 26;

/**
 * Reads the captures that `input` names: a file, `-` for standard input, or a directory, of which the
 * captures directly in it are read in the order of their names. A saved report may hold several.
 */
export async function readCaptures(input: string, options: ReadOptions = {}): Promise<Capture[]> {
  const reading = { ...options, kept: options.kept ?? new KeptOctets(boundsOf(options.limits).keptOctets) };
  const captures = await readInput(input, reading);
  return Array.isArray(captures) ? captures : readDirectory(input, reading);
}

/** As the rooms of the house take it: what counts is always there. */
type Reading = ReadOptions & { readonly kept: KeptOctets };

/** The captures of a file or of standard input; of a directory only that it is one. */
async function readInput(input: string, options: Reading): Promise<Capture[] | "directory"> {
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

/** Reads the one capture that a file holds. Throws `CaptureError`, its message beginning with the file's name, where that cannot be done. */
export async function readCapture(input: string, options: ReadOptions = {}): Promise<Capture> {
  const [capture, ...others] = await readCaptures(input, options);
  if (capture === undefined || others.length > 0) throw new CaptureError("unsupported", `${safeText(input)} holds not one capture`);
  if (capture.error !== undefined) throw new CaptureError("unreadable", `${capture.file} ${capture.error.message}`);
  return capture;
}

/**
 * The octets of a capture file, without its compression; `limit` is the most that are read. Throws `CaptureError`, its
 * message beginning with the file's name, for one that cannot be read or is larger.
 */
export async function readOctets(path: string, limit = 1 << 28): Promise<Uint8Array> {
  const name = safeText(path);
  try {
    const handle = await openPipe(path);
    try {
      const source = fileChunks(handle.fd);
      const first = await firstChunk(source);
      return await joined(decompress(prepend(first, source), sniffCompression(first)), limit, (size) => `is larger than ${size}`);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw new CaptureError("unreadable", `${name} ${describeError(error).message}`, { cause: error });
  }
}

/** A file of such a name is missed if it is no capture; others in a directory are not. */
const CAPTURE_NAME = /\.(?:pcap|pcapng|cap|snoop)(?:\.gz|\.zst)?$/i;

async function readDirectory(directory: string, options: Reading): Promise<Capture[]> {
  let entries: Dirent[];
  try {
    entries = readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    return [failed(directory, error)];
  }
  const captures: Capture[] = [];
  for (const { name } of entries.filter((entry) => entry.isFile()).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const read = await readCaptures(join(directory, name), options);
    captures.push(...read.filter((capture) => capture.error?.code !== "not-a-capture" || CAPTURE_NAME.test(name)));
    if (options.signal?.aborted === true) break;
  }
  if (captures.length > 0) return captures;
  return [failed(directory, new CaptureError("not-a-capture", "is a directory without captures; directories in it are not searched"))];
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

/** Reads something like a pipe, which has no size. */
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
    // Closing waits for a read that is under way, which may never end.
    const closing = handle.close();
    if (signal?.aborted !== true) await closing;
  }
}

/** The interruption came before anything was read. */
function notRead(): CaptureError {
  return new CaptureError("interrupted", "was not read: interrupted");
}

/** A file of which every octet is there already. */
interface Regular {
  /** Octets, as stored. */
  readonly total: number;
  /** Where `source` reads, too, whenever it is asked. */
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
    return [await readOctetsOf(safeText(input), { first, source, regular, compression, decryptor }, options)];
  } finally {
    await source.return();
  }
}

/** What is known of a capture before it is read. */
interface Prepared {
  readonly first: Uint8Array;
  /** What comes behind `first`. */
  readonly source: Chunks;
  readonly regular: Regular | undefined;
  readonly compression: "gzip" | "zstd" | undefined;
  readonly decryptor: Decryptor | undefined;
}

async function readOctetsOf(file: string, prepared: Prepared, options: Reading): Promise<Capture> {
  const { first, source, regular, compression, decryptor } = prepared;
  const kept = new KeptHandshakes(options.kept);
  const notes: Note[] = [];
  const describe = options.certificates === false ? undefined : await certificateReader();
  const identify = options.clients === false ? undefined : (await import("./clients/identify.ts")).identifyClient;
  /** What the taker of handshakes asks to wait for. */
  let waiting: Promise<void> | undefined;
  const emit = (handshake: Handshake): void => {
    if (options.onHandshake === undefined) kept.take(handshake);
    else waiting = options.onHandshake(handshake, file) ?? waiting;
  };
  const reader = new HandshakeReader(emit, {
    octets: options.octets === true,
    summary: options.summary ?? false,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(describe === undefined ? {} : { describe }),
    ...(identify === undefined ? {} : { identify }),
    ...(decryptor === undefined ? {} : { decryptor, decompress: await certificateDecompressor() }),
  });
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

async function certificateReader(): Promise<CertificateReader> {
  const { describeCertificate, describeName } = await import("./x509/certificate.ts");
  return { certificate: describeCertificate, name: describeName };
}

/**
 * The secrets of key-log files (SSLKEYLOGFILE, RFC 9850). Throws `CaptureError`, its message beginning with the file's
 * name, for one that cannot be read, has no secret, or is larger than a key log ever is.
 */
export async function readKeyLog(...paths: readonly string[]): Promise<KeyLog> {
  const { KeyLog: Log } = await import("./secrets/key-log.ts");
  const log = new Log();
  for (const path of paths) {
    const name = safeText(path);
    const before = log.lines;
    try {
      log.add(await readLimited(path, MAX_KEY_LOG));
    } catch (error) {
      throw new CaptureError("unreadable", `${name} ${describeError(error).message}`, { cause: error });
    }
    if (log.lines === before) throw new CaptureError("unreadable", `${name} is no key log: no line has a label, a random and a secret`);
  }
  return log;
}

async function newDecryptor(keyLog: KeyLog | undefined): Promise<Decryptor> {
  const [{ Decryptor: Made }, { nodeDecipher }] = await Promise.all([import("./secrets/decryptor.ts"), import("./node/decipher.ts")]);
  return new Made({ decipher: nodeDecipher, ...(keyLog === undefined ? {} : { keyLog }) });
}

async function certificateDecompressor(): Promise<CertificateDecompressor> {
  const { decompressCertificate } = await import("./node/certificate-compression.ts");
  return decompressCertificate;
}

async function readSavedChunks(input: string, chunks: Chunks): Promise<Capture[]> {
  const octets = await joined(chunks, MAX_SAVED, (size) => `is a saved report of more than ${size}`);
  const [{ readSaved }, { checkSchema }] = await Promise.all([import("./report/saved.ts"), import("./node/schema-check.ts")]);
  return readSaved(Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString("utf8"), safeText(input), checkSchema);
}

async function* stdinChunks(options: ReadOptions): Chunks {
  for await (const chunk of untilInterrupted(options.stdin ?? process.stdin, options.signal)) yield chunk as Uint8Array;
}

/** The capture that could not be read. */
function failed(input: string, error: unknown): Capture {
  return { file: safeText(input), notes: [], handshakes: [], error: describeError(error) };
}
