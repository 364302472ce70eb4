/** Limits what decompressing a file may cost: a file that is a thousand times larger inside is easy to make, and expensive to read. */
import { LIMITS } from "../fault/limits.ts";
import { ZSTD_BLOCK, ZSTD_WINDOW, ZstdFrames } from "./zstd-frames.ts";

/** Octets that may be moved in zstd's windows for each octet of output, once {@link FREE_MOVES} is exceeded. */
const MOVES = 1_024;
const FREE_MOVES = 2_147_483_648;

/** Counts what goes into and comes out of one compressed file. */
export class Inflation {
  #stored = 0;
  #given = 0;
  readonly #frames: ZstdFrames | null;

  constructor(compression: "gzip" | "zstd") {
    this.#frames = compression === "zstd" ? new ZstdFrames() : null;
  }

  /** Counts octets of the file, which will be decompressed next. */
  store(octets: Uint8Array): void {
    this.#stored += octets.length;
    this.#frames?.push(octets);
  }

  /** Counts octets that came out. */
  give(octets: number): void {
    this.#given += octets;
  }

  /** Why decompression has to stop, as a clause about the file; `undefined` while all is well. */
  get excess(): string | undefined {
    if (this.#given > LIMITS.inflatedOctets && this.#given > LIMITS.inflation * this.#stored)
      return `holds more than ${LIMITS.inflation} times its own size, and is read no further; decompress it first if that is intended`;
    const { window = 0, block = 0, moved = 0 } = this.#frames ?? {};
    if (window > ZSTD_WINDOW)
      return `needs a zstd window of ${Math.ceil(window / 1_048_576)} MiB, which exceeds the maximum of ${ZSTD_WINDOW >> 20} MiB; decompress it first`;
    if (block > ZSTD_BLOCK)
      return `holds a zstd block of ${block} octets, which exceeds the maximum of ${ZSTD_BLOCK}, and is read no further`;
    if (moved > FREE_MOVES && moved > MOVES * this.#given)
      return "holds zstd data in more and smaller blocks than any capture, and is read no further; decompress it first if that is intended";
    return undefined;
  }
}
