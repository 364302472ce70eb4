/**
 * Certificate messages that were compressed (RFC 8879): the browser undoes zlib, and Brotli where it can, but not at once; so
 * what a first reading of a capture asks for is undone behind it, and a second one is given it.
 */
import { decompress as unzstd } from "fzstd";
import { LIMITS } from "../fault/limits.ts";
import type { CertificateDecompressor } from "../index.ts";
import { type Chunks, inflated } from "./chunks.ts";

/** The browser's words for algorithms (IANA, TLS Certificate Compression Algorithm IDs); what has none is a library's. */
const FORMATS: { readonly [algorithm: number]: string | undefined } = { 1: "deflate", 2: "brotli" };
const ZSTD = 3;

/** One message that was asked for. */
interface Wanted {
  readonly algorithm: number;
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly length: number;
}

export class CompressedCertificates {
  readonly #wanted = new Map<string, Wanted>();
  /** `null` for what is damaged, `undefined` for what this browser cannot undo. */
  readonly #done = new Map<string, Uint8Array | null | undefined>();
  /** Messages that stay shut because this browser knows no Brotli. */
  shut = 0;

  /** Gives what has been undone, and notes what has not. */
  readonly decompress: CertificateDecompressor = (algorithm, octets, length) => {
    if (length === 0 || length > LIMITS.certificateOctets) return null;
    const key = `${algorithm} ${length} ${octets.join(".")}`;
    if (this.#done.has(key)) return this.#done.get(key);
    this.#wanted.set(key, { algorithm, octets: octets.slice(), length });
    return undefined;
  };

  /** Undoes what was asked for since; false if that was nothing. */
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

/** The constructor throws for a format that the browser does not know. */
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
