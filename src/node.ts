/**
 * The Node face: captures from files, directories and standard input, plain or compressed, and saved
 * JSON reports in their place. What cannot be read becomes an `error` of its capture, never an exception.
 */
import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import { safeText } from "./bytes/text.ts";
import { sniffCompression } from "./capture/compression.ts";
import { CaptureError } from "./fault/errors.ts";
import type { Configuration } from "./expectation/expectation.ts";
import { boundsOf } from "./fault/limits.ts";
import type { Capture } from "./handshake/handshake.ts";
import { KeptOctets } from "./handshake/kept-handshakes.ts";
import { decompress } from "./node/decompress.ts";
import { fileChunks, firstChunk, joined, openPipe, prepend, readLimited } from "./node/file-chunks.ts";
import { describeError } from "./node/file-errors.ts";
import { failed, readInput, type Reading } from "./node/read-input.ts";
import type { ReadOptions } from "./node/read-options.ts";
import type { KeyLog } from "./secrets/key-log.ts";

export { KeptOctets } from "./handshake/kept-handshakes.ts";
export type { Progress, ReadOptions } from "./node/read-options.ts";
export type { KeyLog } from "./secrets/key-log.ts";

/**
 * Reads a configuration of `tls-diff check`, checked against its schema. Throws `CaptureError`, its message beginning with
 * the file's name, for one that cannot be read or does not fit.
 */
export async function readConfig(path: string): Promise<Configuration> {
  const config = await import("./node/read-config.ts");
  return config.readConfig(path);
}

/** Octets of the largest key log that is read. */
const MAX_KEY_LOG = 1 << 26;

/**
 * Reads the captures that `input` names: a file, `-` for standard input, or a directory, whose captures are read
 * in the order of their names, without its subdirectories. A saved report may hold several.
 */
export async function readCaptures(input: string, options: ReadOptions = {}): Promise<Capture[]> {
  const reading = { ...options, kept: options.kept ?? new KeptOctets(boundsOf(options.limits).keptOctets) };
  const captures = await readInput(input, reading);
  return Array.isArray(captures) ? captures : readDirectory(input, reading);
}

/** Reads the one capture that a file holds. Throws `CaptureError`, its message beginning with the file's name, if it cannot be read or is not one. */
export async function readCapture(input: string, options: ReadOptions = {}): Promise<Capture> {
  const [capture, ...others] = await readCaptures(input, options);
  if (capture === undefined || others.length > 0)
    throw new CaptureError("unsupported", `${safeText(input)} does not hold exactly one capture`);
  if (capture.error !== undefined) throw new CaptureError("unreadable", `${capture.file} ${capture.error.message}`);
  return capture;
}

/**
 * The octets of a capture file, decompressed; `limit` is the greatest number allowed. Throws `CaptureError`, its
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

/** In a directory, files with such a name are reported if they are not captures; others are passed over. */
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
    if (log.lines === before) throw new CaptureError("unreadable", `${name} is not a key log: no line has a label, a random and a secret`);
  }
  return log;
}
