/** Reads files in the browser: in chunks, decompressed by the browser itself, never sent anywhere. */
import { safeText } from "../bytes/text.ts";
import { isJson, sniffCompression } from "../capture/compression.ts";
import {
  type Capture,
  CaptureError,
  captureOf,
  Decryptor,
  HandshakeReader,
  identifyClient,
  KeptHandshakes,
  KeptOctets,
  KeyLog,
  type Note,
} from "../index.ts";
import { LIMITS } from "../fault/limits.ts";
import { readSaved, type SchemaCheck } from "../report/saved.ts";
import { describeCertificate, describeName } from "../x509/certificate.ts";
import { CompressedCertificates } from "./certificates.ts";
import { chunksOf, Inflated } from "./chunks.ts";

/** Octets of the largest key log, and of the largest saved report, that are read. */
const MAX_KEY_LOG = 1 << 26;
const MAX_SAVED = 1 << 26;

/** What is needed besides the file. */
export interface FileReading {
  readonly keyLog: KeyLog;
  /** Validates a saved report. */
  readonly check: SchemaCheck;
  /** Called with the share of the file read so far, from 0 to 1. */
  readonly onProgress: (share: number) => void;
  /** Stops reading; the result is then useless. */
  readonly signal: AbortSignal;
}

/** The capture in a file, or those in a saved report. If it cannot be read, a capture with an `error`. */
export async function readFile(file: File, reading: FileReading): Promise<Capture[]> {
  const name = safeText(file.name);
  try {
    const head = new Uint8Array(await file.slice(0, 64).arrayBuffer());
    if (isJson(head)) return await readReport(file, name, reading.check);
    return [await readCapture(file, name, sniffCompression(head), reading)];
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return [{ file: name, notes: [], handshakes: [], error: { code: error.code, message: error.message } }];
  }
}

/** Adds the secrets of a file to `keyLog`; false, and nothing added, if it is not a key log. */
export async function readKeyLog(file: File, keyLog: KeyLog): Promise<boolean> {
  if (file.size > MAX_KEY_LOG) return false;
  const head = new TextDecoder("latin1").decode(await file.slice(0, 4096).arrayBuffer());
  if (!/^[A-Z][A-Z0-9_]* [0-9a-fA-F]+ [0-9a-fA-F]+\s*$/m.test(head)) return false;
  keyLog.add(new Uint8Array(await file.arrayBuffer()));
  return true;
}

async function readReport(file: File, name: string, check: SchemaCheck): Promise<Capture[]> {
  if (file.size > MAX_SAVED) throw new CaptureError("unsupported", `is a saved report of more than ${MAX_SAVED >> 20} MiB`);
  return readSaved(await file.text(), name, check);
}

/** A capture with compressed certificates is read twice: see `certificates.ts`. */
async function readCapture(file: File, name: string, compression: "gzip" | "zstd" | undefined, reading: FileReading): Promise<Capture> {
  const certificates = new CompressedCertificates();
  let capture = await readOnce(file, name, compression, certificates, reading);
  if (await certificates.undo()) capture = await readOnce(file, name, compression, certificates, reading);
  const { shut } = certificates;
  if (shut === 0) return capture;
  const what = shut === 1 ? "compressed certificate message was" : "compressed certificate messages were";
  const message = `${shut} ${what} not decoded: this browser cannot undo the compression, but the command line can`;
  return { ...capture, notes: [...capture.notes, { code: "compressed-certificates", count: shut, message }] };
}

async function readOnce(
  file: File,
  name: string,
  compression: "gzip" | "zstd" | undefined,
  { decompress }: CompressedCertificates,
  { keyLog, onProgress, signal }: FileReading,
): Promise<Capture> {
  const kept = new KeptHandshakes(new KeptOctets(LIMITS.keptOctets));
  const notes: Note[] = [];
  const reader = new HandshakeReader((handshake) => kept.take(handshake), {
    describe: { certificate: describeCertificate, name: describeName },
    identify: identifyClient,
    decryptor: new Decryptor({ keyLog }),
    decompress,
  });
  try {
    for await (const octets of chunksOf(file, compression, onProgress)) {
      if (signal.aborted) break;
      reader.push(octets);
    }
  } catch (error) {
    if (error instanceof CaptureError) throw error;
    const damage = compression === undefined ? "could not be read" : `holds ${compression} data that is damaged or cut`;
    const message = error instanceof Inflated ? error.message : damage;
    if (reader.packets === 0) throw new CaptureError("unreadable", message);
    notes.push({ code: error instanceof Inflated ? "inflated" : "cut-compression", count: 1, message: `the file ${message}` });
  }
  const summary = reader.end();
  return captureOf(name, summary, kept.list, { compression, notes: [...notes, ...kept.notes] });
}
