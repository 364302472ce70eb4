/**
 * The frames and blocks of zstd data (RFC 8878 §3.1), by their headers alone, so that the cost of decompressing them
 * is known beforehand: the octets of the compressed file come in, numbers go out.
 */

/** Octets of the largest window: what RFC 8878 §3.1.1.1.2 recommends that every decoder support, and zstd needs up to level 19. */
export const ZSTD_WINDOW = 8_388_608;

/** Octets of the largest block (RFC 8878 §3.1.1.2.4). */
export const ZSTD_BLOCK = 131_072;

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
/** Octets of the longest frame header, its magic number included. */
const LONGEST_HEADER = 18;
const BLOCK_HEADER = 3;
const RLE = 1;

/** Walks the frames of one file. */
export class ZstdFrames {
  /** The sum of the window sizes of all blocks, in octets: what a decoder moves that keeps its window in one piece. */
  moved = 0;
  /** Octets of the largest window so far. */
  window = 0;
  /** Octets of the largest block so far: decompressed for an RLE block, compressed for others. */
  block = 0;
  #state: "frame" | "block" = "frame";
  #head = new Uint8Array(LONGEST_HEADER);
  #length = 0;
  /** Octets to pass over. */
  #skip = 0;
  #frameWindow = 0;
  #hasChecksum = false;
  /** The data is not zstd: the decompressor will say so. */
  #isLost = false;

  /** Takes the next octets of the file. */
  push(octets: Uint8Array): void {
    for (let at = 0; at < octets.length && !this.#isLost;) {
      if (this.#skip > 0) {
        const passed = Math.min(this.#skip, octets.length - at);
        this.#skip -= passed;
        at += passed;
      } else {
        this.#head[this.#length++] = octets[at++] as number;
        if (this.#state === "frame") this.#frame();
        else if (this.#length === BLOCK_HEADER) this.#block();
      }
    }
  }

  #frame(): void {
    if (this.#length < 5) return;
    const view = new DataView(this.#head.buffer);
    const magic = view.getUint32(0, true);
    if ((magic & ~0xf) >>> 0 === SKIPPABLE) {
      if (this.#length < 8) return;
      this.#skip = view.getUint32(4, true);
      this.#length = 0;
      return;
    }
    if (magic !== MAGIC) {
      this.#isLost = true;
      return;
    }
    const descriptor = this.#head[4] as number;
    const isSingle = (descriptor & 0x20) !== 0;
    const sizeOctets = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6] as number;
    const sizeAt = 5 + (isSingle ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] as number);
    if (this.#length < sizeAt + sizeOctets) return;
    this.#hasChecksum = (descriptor & 4) !== 0;
    this.#frameWindow = isSingle ? this.#contentSize(view, sizeAt, sizeOctets) : windowOf(this.#head[5] as number);
    this.window = Math.max(this.window, this.#frameWindow);
    this.#state = "block";
    this.#length = 0;
  }

  #contentSize(view: DataView, at: number, octets: number): number {
    if (octets === 1) return view.getUint8(at);
    if (octets === 2) return view.getUint16(at, true) + 256;
    return view.getUint32(at, true) + (octets === 8 ? view.getUint32(at + 4, true) * 0x1_0000_0000 : 0);
  }

  #block(): void {
    const [low = 0, middle = 0, high = 0] = this.#head;
    const header = low | (middle << 8) | (high << 16);
    this.#length = 0;
    this.moved += this.#frameWindow;
    this.block = Math.max(this.block, header >> 3);
    this.#skip = ((header >> 1) & 3) === RLE ? 1 : header >> 3;
    if ((header & 1) === 0) return;
    this.#state = "frame";
    if (this.#hasChecksum) this.#skip += 4;
  }
}

/** Window_Size from its descriptor (RFC 8878 §3.1.1.1.2). */
function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}
