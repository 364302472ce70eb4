/**
 * Decompresses certificate messages (RFC 8879): the browser can do zlib, and perhaps Brotli, but only asynchronously; so
 * the messages that a first reading of a capture asks for are decompressed afterwards, and provided to a second reading.
 */
import { decompress as unzstd } from "fzstd";
import { LIMITS } from "../fault/limits.ts";
import type { CertificateDecompressor } from "../index.ts";
import { type Chunks, inflated } from "./chunks.ts";

/** The browser's names of algorithms (IANA, TLS Certificate Compression Algorithm IDs); others are left to a library. */
const FORMATS: { readonly [algorithm: number]: string | undefined } = { 1: "deflate", 2: "brotli" };
const ZSTD = 3;

/** One message that was asked for. */
interface Wanted {
  readonly algorithm: number;
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly length: number;
}

/** The compressed certificates of one capture. */
export class CompressedCertificates {
  readonly #wanted = new Map<string, Wanted>();
  /** Results: `null` for damaged messages, `undefined` for those that this browser cannot decompress. */
  readonly #done = new Map<string, Uint8Array | null | undefined>();
  /** Messages that are not decoded because this browser lacks Brotli. */
  shut = 0;

  /** Returns what has been decompressed, and records what is still to be. */
  readonly decompress: CertificateDecompressor = (algorithm, octets, length) => {
    if (length === 0 || length > LIMITS.certificateOctets) return null;
    const key = `${algorithm} ${length} ${octets.join(".")}`;
    if (this.#done.has(key)) return this.#done.get(key);
    this.#wanted.set(key, { algorithm, octets: octets.slice(), length });
    return undefined;
  };

  /** Decompresses what has been asked for since; false if nothing was. */
  async undo(): Promise<boolean> {
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    for (const [key, each] of wanted) {
      const message = await undone(each);
      this.#done.set(key, message);
      if (message === undefined) this.shut++;
    }
    return wanted.length > 0;
  }
}

async function undone({ algorithm, octets, length }: Wanted): Promise<Uint8Array | null | undefined> {
  const format = FORMATS[algorithm];
  try {
    if (format === undefined) return algorithm === ZSTD ? fitting(unzstd(octets, new Uint8Array(length)), length) : undefined;
    if (!isKnown(format)) return undefined;
    const message = new Uint8Array(length);
    let at = 0;
    for await (const chunk of inflated(once(octets), format as CompressionFormat)) {
      if (at + chunk.length > length) return null;
      message.set(chunk, at);
      at += chunk.length;
    }
    return at === length ? message : null;
  } catch {
    return null;
  }
}

function fitting(message: Uint8Array, length: number): Uint8Array | null {
  return message.length === length ? message : null;
}

/** Does the browser support the format? The constructor throws if not. */
function isKnown(format: string): boolean {
  try {
    return new DecompressionStream(format as CompressionFormat) instanceof DecompressionStream;
  } catch {
    return false;
  }
}

async function* once(octets: Uint8Array<ArrayBuffer>): Chunks {
  yield await Promise.resolve(octets);
}
