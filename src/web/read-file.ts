/** Files that a browser holds to captures: read in chunks, decompressed by the browser itself, never sent anywhere. */
import { Decompress } from "fzstd";
import { safeText } from "../bytes/text.ts";
import { sniffCompression } from "../capture/compression.ts";
import { Inflation } from "../capture/inflation.ts";
import { CaptureError, Decryptor, HandshakeReader, KeyLog } from "../index.ts";
import type { Capture, Handshake } from "../index.ts";
import { describeCertificate, describeName } from "../x509/certificate.ts";

/** Octets of one read: the page answers between two of them. */
const CHUNK = 1 << 20;
/** Octets of the largest key log that is read. */
const MAX_KEY_LOG = 1 << 26;

/** What a reading is given besides the file. */
export interface FileReading {
  readonly keyLog: KeyLog;
  /** Told the share of the file that has been read, from 0 to 1. */
  readonly onProgress: (share: number) => void;
  /** Stops the reading; the result is of no use then. */
  readonly signal: AbortSignal;
}

/** The capture in a file. What cannot be read becomes its `error`. */
export async function readFile(file: File, { keyLog, onProgress, signal }: FileReading): Promise<Capture> {
  const name = safeText(file.name);
  const handshakes: Handshake[] = [];
  const reader = new HandshakeReader((handshake) => handshakes.push(handshake), {
    describe: { certificate: describeCertificate, name: describeName },
    decryptor: new Decryptor({ keyLog }),
  });
  const compression = sniffCompression(new Uint8Array(await file.slice(0, 4).arrayBuffer()));
  const notes: Capture["notes"][number][] = [];
  try {
    for await (const octets of decompressed(storedChunks(file, onProgress), compression)) {
      if (signal.aborted) break;
      reader.push(octets);
    }
  } catch (error) {
    if (error instanceof CaptureError)
      return { file: name, notes: [], handshakes: [], error: { code: error.code, message: error.message } };
    const damage = compression === undefined ? "could not be read" : `holds ${compression} data that is damaged or cut`;
    const message = error instanceof Inflated ? error.message : damage;
    if (reader.packets === 0) return { file: name, notes: [], handshakes: [], error: { code: "unreadable", message } };
    notes.push({ code: error instanceof Inflated ? "inflated" : "cut-compression", count: 1, message: `the file ${message}` });
  }
  return ended(name, reader, handshakes, compression, notes);
}

/** Adds the secrets of a file to `keyLog`; false, and nothing added, if it is no key log. */
export async function readKeyLog(file: File, keyLog: KeyLog): Promise<boolean> {
  if (file.size > MAX_KEY_LOG) return false;
  const head = new TextDecoder("latin1").decode(await file.slice(0, 4096).arrayBuffer());
  if (!/^[A-Z][A-Z0-9_]* [0-9a-fA-F]+ [0-9a-fA-F]+\s*$/m.test(head)) return false;
  keyLog.add(new Uint8Array(await file.arrayBuffer()));
  return true;
}

function ended(
  file: string,
  reader: HandshakeReader,
  handshakes: Handshake[],
  compression: string | undefined,
  notes: Capture["notes"],
): Capture {
  try {
    const summary = reader.end();
    return {
      file,
      format: summary.format,
      ...(compression === undefined ? {} : { compression }),
      packets: summary.packets,
      bytes: summary.bytes,
      linkTypes: summary.linkTypes,
      notes: [...summary.notes, ...notes],
      handshakes: handshakes.sort((one, other) => one.id - other.id),
    };
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return { file, notes: [], handshakes: [], error: { code: error.code, message: error.message } };
  }
}

type Chunks = AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>;

async function* storedChunks(file: File, tell: (share: number) => void): Chunks {
  for (let at = 0; at < file.size; at += CHUNK) {
    yield new Uint8Array(await file.slice(at, at + CHUNK).arrayBuffer());
    tell(Math.min(1, (at + CHUNK) / file.size));
  }
}

/** The file is larger inside than it may be. */
class Inflated extends Error {}

/** Octets that zstd is given at once: they may become 32,768 times as many before anybody can say stop. */
const PIECE = 4_096;

async function* decompressed(chunks: Chunks, compression: "gzip" | "zstd" | undefined): Chunks {
  if (compression === undefined) {
    yield* chunks;
    return;
  }
  const inflation = new Inflation(compression);
  const pieces = piecesOf(chunks, compression === "zstd" ? PIECE : CHUNK, inflation);
  for await (const octets of compression === "gzip" ? gunzip(pieces) : unzstd(pieces)) {
    inflation.give(octets.length);
    if (inflation.excess !== undefined) throw new Inflated(inflation.excess);
    yield octets;
  }
}

async function* piecesOf(chunks: Chunks, length: number, inflation: Inflation): Chunks {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += length) {
      const piece = chunk.slice(at, at + length);
      inflation.store(piece);
      if (inflation.excess !== undefined) throw new Inflated(inflation.excess);
      yield piece;
    }
  }
}

/** What lies before damage is given before the error is thrown. */
async function* gunzip(chunks: Chunks): Chunks {
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
  });
  const reader = source.pipeThrough(new DecompressionStream("gzip")).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function* unzstd(chunks: Chunks): Chunks {
  let out: Uint8Array<ArrayBuffer>[] = [];
  const stream = new Decompress((octets) => out.push(octets as Uint8Array<ArrayBuffer>));
  try {
    for await (const chunk of chunks) {
      stream.push(chunk);
      yield* out;
      out = [];
    }
    stream.push(new Uint8Array(0), true);
  } finally {
    yield* out;
  }
}
