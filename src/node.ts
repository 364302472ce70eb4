/**
 * The Node face: captures from files, directories and standard input, plain or compressed, and saved
 * JSON reports in their place. What cannot be read becomes an `error` of its capture, never an exception.
 */
import { constants, readSync } from "node:fs";
import { open, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { joinOctets } from "./bytes/join.ts";
import { safeText } from "./bytes/text.ts";
import { sniffCompression } from "./capture/compression.ts";
import { CaptureError } from "./fault/errors.ts";
import type { Configuration } from "./expectation/expectation.ts";
import type { Note } from "./fault/note.ts";
import type { CertificateReader } from "./handshake/assemble.ts";
import type { CertificateDecompressor } from "./message/message.ts";
import type { Capture, Handshake } from "./handshake/handshake.ts";
import { type Chunks, decompress, DecompressionError } from "./node/decompress.ts";
import { captureOf, HandshakeReader } from "./pipeline.ts";
import type { Decryptor } from "./secrets/decryptor.ts";
import type { KeyLog } from "./secrets/key-log.ts";

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
  /** Where `-` reads from; the process's standard input by default. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /**
   * Called for each handshake as its connection ends. When given, handshakes are not collected in the result. No more is
   * read until what it returns is fulfilled.
   */
  readonly onHandshake?: (handshake: Handshake, file: string) => Promise<void> | undefined | void;
  readonly onProgress?: (progress: Progress) => void;
  /** Stops reading; what was read until then is given, with a note. */
  readonly signal?: AbortSignal;
}

/** Octets of one read: few enough to stay in the processor's cache until they are decoded. */
const CHUNK = 1 << 17;
/** Octets of the largest saved report that is read. */
const MAX_SAVED = 1 << 28;
/** Octets of the largest key log that is read. */
const MAX_KEY_LOG = 1 << 26;

/**
 * Reads the captures that `input` names: a file, `-` for standard input, or a directory, of which the
 * captures directly in it are read in the order of their names. A saved report may hold several.
 */
export async function readCaptures(input: string, options: ReadOptions = {}): Promise<Capture[]> {
  try {
    if (input === "-") return await readOne(input, stdinChunks(options), undefined, options);
    const status = await stat(input);
    if (status.isDirectory()) return await readDirectory(input, options);
    return await readOne(input, fileChunks(input, status.isFile()), status.isFile() ? status.size : undefined, options);
  } catch (error) {
    return [failed(input, error)];
  }
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
    const source = fileChunks(path, true);
    const first = await firstChunk(source);
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const octets of decompress(prepend(first, source), sniffCompression(first))) {
      length += octets.length;
      if (length > limit) throw new CaptureError("unsupported", `is larger than ${limit >> 20} MiB`);
      parts.push(octets.slice());
    }
    return joinOctets(...parts);
  } catch (error) {
    throw new CaptureError("unreadable", `${name} ${describeError(error).message}`, { cause: error });
  }
}

async function readDirectory(directory: string, options: ReadOptions): Promise<Capture[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const captures: Capture[] = [];
  for (const { name } of entries.filter((entry) => entry.isFile()).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const read = await readCaptures(join(directory, name), options);
    captures.push(...read.filter((capture) => capture.error?.code !== "not-a-capture"));
  }
  if (captures.length > 0) return captures;
  return [failed(directory, new CaptureError("not-a-capture", "is a directory without captures"))];
}

/** Reads one input whose octets come from `source`, and closes that whatever happens. */
async function readOne(input: string, source: Chunks, total: number | undefined, options: ReadOptions): Promise<Capture[]> {
  try {
    const first = await firstChunk(source);
    const chunks = prepend(first, source);
    if (isJson(first)) return await readSavedChunks(input, chunks);
    const compression = sniffCompression(first);
    const maySecrets = options.keyLog !== undefined || compression !== undefined || isPcapng(first);
    const decryptor = maySecrets ? await newDecryptor(options.keyLog) : undefined;
    return [await readChunks(safeText(input), chunks, { total, compression, decryptor }, options)];
  } finally {
    await source.return();
  }
}

/** What is known of a capture before it is read. */
interface Prepared {
  /** Octets, as stored. */
  readonly total: number | undefined;
  readonly compression: "gzip" | "zstd" | undefined;
  readonly decryptor: Decryptor | undefined;
}

async function readChunks(file: string, chunks: Chunks, prepared: Prepared, options: ReadOptions): Promise<Capture> {
  const { total, compression, decryptor } = prepared;
  const handshakes: Handshake[] = [];
  const notes: Note[] = [];
  const describe = options.certificates === false ? undefined : await certificateReader();
  const identify = options.clients === false ? undefined : (await import("./clients/identify.ts")).identifyClient;
  const taking: Promise<void>[] = [];
  const emit = (handshake: Handshake): void => {
    if (options.onHandshake === undefined) {
      handshakes.push(handshake);
      return;
    }
    const taken = options.onHandshake(handshake, file);
    if (taken !== undefined) taking.push(taken);
  };
  const reader = new HandshakeReader(emit, {
    octets: options.octets === true,
    ...(describe === undefined ? {} : { describe }),
    ...(identify === undefined ? {} : { identify }),
    ...(decryptor === undefined ? {} : { decryptor, decompress: await certificateDecompressor() }),
  });
  let stored = 0;
  const counted = tally(chunks, (octets) => {
    stored += octets;
    const at = { file, octets: stored, packets: reader.packets, handshakes: reader.handshakes };
    options.onProgress?.(total === undefined ? at : { ...at, total });
  });
  try {
    for await (const octets of decompress(counted, compression)) {
      reader.push(octets);
      if (taking.length > 0) await Promise.all(taking.splice(0));
      if (options.signal?.aborted === true) {
        notes.push({ code: "interrupted", count: 1, message: `reading was interrupted after ${reader.packets} packets` });
        break;
      }
    }
  } catch (error) {
    if (!(error instanceof DecompressionError) || reader.packets === 0) throw error;
    notes.push({ code: "cut-compression", count: 1, message: `the file ${error.message}` });
  }
  const summary = reader.end();
  await Promise.all(taking);
  return captureOf(file, summary, handshakes, { compression, notes });
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
      const { size } = await stat(path);
      if (size > MAX_KEY_LOG) throw new CaptureError("unsupported", `is larger than ${MAX_KEY_LOG >> 20} MiB, as no key log is`);
      log.add(await readFile(path));
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
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > MAX_SAVED) throw new CaptureError("unsupported", `is a saved report of more than ${MAX_SAVED >> 20} MiB`);
    parts.push(chunk.slice());
  }
  const [{ readSaved }, { checkSchema }] = await Promise.all([import("./report/saved.ts"), import("./node/schema-check.ts")]);
  return readSaved(Buffer.concat(parts).toString("utf8"), safeText(input), checkSchema);
}

/**
 * The octets of a file, in a buffer that is reused for the next read. A regular file is read
 * synchronously: a turn of the event loop for each read would cost more than the read itself.
 */
async function* fileChunks(path: string, isRegular: boolean): Chunks {
  const handle = await open(path, constants.O_RDONLY);
  try {
    const buffer = new Uint8Array(CHUNK);
    for (let reads = 1; ; reads++) {
      const octets = isRegular ? readSync(handle.fd, buffer, 0, CHUNK, null) : (await handle.read(buffer, 0, CHUNK, null)).bytesRead;
      if (octets === 0) return;
      yield buffer.subarray(0, octets);
      // Signals and timers want their turn, too.
      if (isRegular && reads % 64 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    await handle.close();
  }
}

async function* stdinChunks(options: ReadOptions): Chunks {
  for await (const chunk of options.stdin ?? process.stdin) yield chunk as Uint8Array;
}

/** The first octets, at least four where there are so many. */
async function firstChunk(source: Chunks): Promise<Uint8Array> {
  let first = new Uint8Array(0);
  while (first.length < 4) {
    const { value, done } = await source.next();
    if (done === true || value === undefined) break;
    if (first.length === 0 && value.length >= 4) return value;
    const joined = new Uint8Array(first.length + value.length);
    joined.set(first);
    joined.set(value, first.length);
    first = joined;
  }
  return first;
}

async function* prepend(first: Uint8Array, source: Chunks): Chunks {
  if (first.length > 0) yield first;
  yield* source;
}

async function* tally(chunks: Chunks, tell: (octets: number) => void): Chunks {
  for await (const chunk of chunks) {
    tell(chunk.length);
    yield chunk;
  }
}

/** Only pcapng files can carry secrets. */
function isPcapng(first: Uint8Array): boolean {
  return [0x0a, 0x0d, 0x0d, 0x0a].every((octet, index) => first[index] === octet);
}

function isJson(first: Uint8Array): boolean {
  const begin = first.find((octet) => octet !== 0x20 && octet !== 0x0a && octet !== 0x0d && octet !== 0x09);
  return begin === 0x7b;
}

/** The capture that could not be read. */
function failed(input: string, error: unknown): Capture {
  return { file: safeText(input), notes: [], handshakes: [], error: describeError(error) };
}

function describeError(error: unknown): { code: string; message: string } {
  if (error instanceof CaptureError) return { code: error.code, message: error.message };
  if (error instanceof DecompressionError) return { code: "compression", message: error.message };
  const code = (error as NodeJS.ErrnoException).code;
  const words = code === undefined ? undefined : FILE_ERRORS[code];
  if (code === undefined || words === undefined) throw error;
  return { code: words[0], message: words[1] };
}

/** What the operating system may say of a file: our code and our words. */
const FILE_ERRORS: Readonly<Record<string, readonly [code: string, message: string]>> = {
  ENOENT: ["missing-file", "does not exist"],
  EACCES: ["no-permission", "may not be read: permission denied"],
  EPERM: ["no-permission", "may not be read: permission denied"],
  EISDIR: ["directory", "is a directory"],
  ENOTDIR: ["missing-file", "does not exist: a part of its path is not a directory"],
  ELOOP: ["missing-file", "cannot be reached: too many symbolic links"],
  ENAMETOOLONG: ["missing-file", "does not exist: its name is too long"],
  EIO: ["unreadable", "could not be read: input/output error"],
};
