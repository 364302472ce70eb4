/**
 * The capture format of Sun's snoop (RFC 1761): a file header, then big-endian records, each with its
 * own length and padding. Its numbers for data links are mapped to LINKTYPE_ values; a data link that
 * has none is not supported. A record whose lengths contradict each other is passed over.
 */
import { CaptureError } from "../fault/errors.ts";
import { LIMITS } from "../fault/limits.ts";
import type { CaptureFormat, FormatReader, FrameSink } from "./contract.ts";
import { Damage, tellCut, type Judgement } from "./damage.ts";
import { FILE_START, newFrame } from "./frame.ts";

const FILE_HEADER = 16;
const RECORD_HEADER = 24;

/** Octets of padding that a record may have; hardware analysers keep 16 octets of their own there. */
const PADDING = 64;

/** Data links of RFC 1761 and DLPI to LINKTYPE_ values. */
const LINK_TYPES: ReadonlyMap<number, number> = new Map([
  [0, 1], // IEEE 802.3
  [2, 6], // IEEE 802.5
  [4, 1], // Ethernet
  [8, 10], // FDDI
  [9, 0], // other: loopback with an address family
  [14, 0], // software loopback
  [16, 122], // IP over Fibre Channel
  [18, 123], // SunATM
  [25, 1], // 100BaseT
  [0x8000_0005, 226], // ipnet
]);

/** RFC 1761. */
export const snoop: CaptureFormat = {
  name: "snoop",
  recognises: (head) => head[0] === 0x73 && head[1] === 0x6e && head[2] === 0x6f && head[3] === 0x6f,
  create: () => new SnoopReader(),
};

class SnoopReader implements FormatReader {
  readonly name = "snoop";
  readonly #frame = newFrame();
  readonly #damage = new Damage();
  #begun = false;
  /** Octet of the file at which `bytes` would begin, and octets consumed so far. */
  #base = FILE_START;
  #offset = FILE_START;
  #packets = 0;

  read(bytes: Uint8Array, start: number, end: number, sink: FrameSink): number {
    return this.#advance(bytes, start, end, sink, false);
  }

  end(bytes: Uint8Array, start: number, end: number, sink: FrameSink): void {
    const at = start + this.#advance(bytes, start, end, sink, true);
    if (!this.#begun) throw new CaptureError("cut-header", `is cut inside its header, after ${end - start} octets`);
    const offset = this.#offset + end - at;
    if (this.#damage.lost) this.#damage.tell(offset, sink.notes);
    else if (at < end) tellCut(this.#packets + 1, offset, sink.notes);
  }

  #advance(bytes: Uint8Array, start: number, end: number, sink: FrameSink, final: boolean): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = start;
    this.#base = this.#offset - start;
    if (!this.#begun) at += this.#readFileHeader(view, at, end);
    if (this.#begun) {
      const read = (from: number): number => this.#readRecords(bytes, view, from, end, sink);
      at = this.#damage.readOn(at, end, this.#base, sink.notes, read, (candidate) => judge(view, candidate, end, final));
    }
    this.#offset += at - start;
    return at - start;
  }

  #readFileHeader(view: DataView, at: number, end: number): number {
    if (end - at < FILE_HEADER) return 0;
    if (view.getUint32(at) !== 0x736e6f6f || view.getUint32(at + 4) !== 0x70000000)
      throw new CaptureError("not-a-capture", "is not a capture: it begins like a snoop file, but its identification is incomplete");
    const version = view.getUint32(at + 8);
    const link = view.getUint32(at + 12);
    const linkType = LINK_TYPES.get(link);
    if (version < 2 || version > 5)
      throw new CaptureError("unsupported", `is of version ${version} of the snoop format, which cannot be read`);
    if (linkType === undefined) throw new CaptureError("unsupported", `is a snoop file of data link ${link}, which cannot be read`);
    this.#frame.linkType = linkType;
    this.#begun = true;
    return FILE_HEADER;
  }

  #readRecords(bytes: Uint8Array, view: DataView, start: number, end: number, sink: FrameSink): number {
    const frame = this.#frame;
    frame.bytes = bytes;
    frame.view = view;
    let at = start;
    while (end - at >= RECORD_HEADER) {
      const original = view.getUint32(at);
      const captured = view.getUint32(at + 4);
      const length = view.getUint32(at + 8);
      if (!isRecord(captured, length)) {
        this.#damage.begin(this.#base + at, this.#packets, `a record of ${length} octets says that ${captured} octets of a packet follow`);
        return at + 1;
      }
      if (end - at < length) break;
      frame.start = at + RECORD_HEADER;
      frame.end = frame.start + captured;
      frame.wireLength = original > captured ? original : captured;
      frame.time = view.getUint32(at + 16) * 1_000_000 + view.getUint32(at + 20);
      frame.number = ++this.#packets;
      sink.frame(frame);
      at += length;
    }
    return at;
  }
}

/** Do the lengths of a packet and of its record agree? */
function isRecord(captured: number, length: number): boolean {
  const padding = length - RECORD_HEADER - captured;
  return captured <= LIMITS.packetOctets && padding >= 0 && padding <= PADDING;
}

/** After damage, a record is believed if it makes sense and so does the next one, or if the file ends with it. */
function judge(view: DataView, at: number, end: number, final: boolean): Judgement {
  if (end - at < RECORD_HEADER) return final ? "no" : "wait";
  if (!isPlausible(view, at)) return "no";
  const next = at + view.getUint32(at + 8);
  if (end - next < RECORD_HEADER) return final ? (next <= end ? "yes" : "no") : "wait";
  return isPlausible(view, next) ? "yes" : "no";
}

function isPlausible(view: DataView, at: number): boolean {
  const captured = view.getUint32(at + 4);
  return (
    captured > 0 && captured <= view.getUint32(at) && isRecord(captured, view.getUint32(at + 8)) && view.getUint32(at + 20) < 1_000_000
  );
}
