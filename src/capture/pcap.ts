/**
 * The classic capture format of tcpdump: a file header, then packets, each after a header of its own,
 * all in the byte order of the writer. It comes with microseconds or nanoseconds, with the modified record
 * headers of the Linux patches of 1999 (told apart by trying, as two kinds share the plain magic
 * number), and as written by Nokia, AIX and Ixia. After an impossible length, reading goes on at the next record.
 */
import { CaptureError } from "../fault/errors.ts";
import { LIMITS } from "../fault/limits.ts";
import type { CaptureFormat, FormatReader, FrameSink } from "./contract.ts";
import { Damage, tellCut, type Judgement } from "./damage.ts";
import { FILE_START, newFrame } from "./frame.ts";

/** What a magic number says, once read in the writer's byte order. */
interface Dialect {
  readonly magic: number;
  readonly nanoseconds: boolean;
  /** Octets of the file header. */
  readonly headerOctets: number;
  /** Octets that a record header may have, the likeliest first. */
  readonly recordOctets: readonly number[];
}

/** Octets of a record header: plain, Nokia's, and those of the patches of 1999 (with interface, protocol and packet type). */
const PLAIN = 16;
const NOKIA = 20;
const MODIFIED = 24;
const MODIFIED_SMP = 28;

const DIALECTS: readonly Dialect[] = [
  { magic: 0xa1b2c3d4, nanoseconds: false, headerOctets: 24, recordOctets: [PLAIN, MODIFIED, NOKIA] },
  { magic: 0xa1b23c4d, nanoseconds: true, headerOctets: 24, recordOctets: [PLAIN] },
  { magic: 0xa1b2cd34, nanoseconds: false, headerOctets: 24, recordOctets: [MODIFIED, MODIFIED_SMP, PLAIN] },
  { magic: 0x1c0001ac, nanoseconds: true, headerOctets: 28, recordOctets: [PLAIN] },
  { magic: 0x1c0001ab, nanoseconds: false, headerOctets: 28, recordOctets: [PLAIN] },
];

/** AIX writes version 2.2, interface types of RFC 1573 for link types, and nanoseconds. */
const AIX_LINK_TYPES: Readonly<Record<number, number>> = { 6: 1, 9: 6, 15: 10, 24: 0 };

/** Records that are tried, to tell the kinds of record headers apart. */
const TRIED_RECORDS = 3;

/** Used where the reader has to guess: seconds that may lie between two packets, and octets that a packet may have had on the wire. */
const PLAUSIBLE_GAP = 86_400;
const PLAUSIBLE_WIRE = 4 * LIMITS.packetOctets;

/** The classic format, draft-ietf-opsawg-pcap. */
export const pcap: CaptureFormat = {
  name: "pcap",
  recognises: (head) => findDialect(new DataView(head.buffer, head.byteOffset, head.byteLength)) !== undefined,
  create: () => new PcapReader(),
};

class PcapReader implements FormatReader {
  readonly name = "pcap";
  readonly #frame = newFrame();
  readonly #damage = new Damage();
  #dialect: Dialect | undefined;
  #little = false;
  #nanoseconds = false;
  #snapshot = 0;
  /** Before version 2.3 the two lengths of a record are in the opposite order; in 2.3 they may be. */
  #swapped: "no" | "maybe" | "yes" = "no";
  /** Octets of a record header; 0 until it is known. */
  #recordOctets = 0;
  /** Octet of the file at which `bytes` would begin, and octets consumed so far. */
  #base = FILE_START;
  #offset = FILE_START;
  #packets = 0;

  read(bytes: Uint8Array, start: number, end: number, sink: FrameSink): number {
    return this.#advance(bytes, start, end, sink, false);
  }

  end(bytes: Uint8Array, start: number, end: number, sink: FrameSink): void {
    const at = start + this.#advance(bytes, start, end, sink, true);
    if (this.#dialect === undefined) throw new CaptureError("cut-header", `is cut inside its header, after ${end - start} octets`);
    const offset = this.#offset + end - at;
    if (this.#damage.lost) this.#damage.tell(offset, sink.notes);
    else if (at < end) tellCut(this.#packets + 1, offset, sink.notes);
  }

  /** Reads all records that are whole; `final` if no more octets will come. Returns the octets consumed. */
  #advance(bytes: Uint8Array, start: number, end: number, sink: FrameSink, final: boolean): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = start;
    this.#base = this.#offset - start;
    if (this.#dialect === undefined) at += this.#readFileHeader(view, at, end);
    if (this.#dialect !== undefined && this.#recordOctets === 0) this.#recordOctets = this.#tellRecords(view, at, end, final);
    if (this.#recordOctets !== 0) {
      const read = (from: number): number => this.#readRecords(bytes, view, from, end, sink);
      at = this.#damage.readOn(at, end, this.#base, sink.notes, read, (candidate) => this.#judge(view, candidate, end, final));
    }
    this.#offset += at - start;
    return at - start;
  }

  /** The packet loop: from `start` to the first record that is incomplete or implausible. */
  #readRecords(bytes: Uint8Array, view: DataView, start: number, end: number, sink: FrameSink): number {
    const frame = this.#frame;
    const little = this.#little;
    const nanoseconds = this.#nanoseconds;
    const recordOctets = this.#recordOctets;
    const swapped = this.#swapped;
    frame.bytes = bytes;
    frame.view = view;
    let at = start;
    while (end - at >= recordOctets) {
      let captured = view.getUint32(at + 8, little);
      let original = view.getUint32(at + 12, little);
      if (swapped !== "no" && (swapped === "yes" || captured > original)) {
        const first = captured;
        captured = original;
        original = first;
      }
      if (captured > LIMITS.packetOctets) {
        this.#damage.begin(this.#base + at, this.#packets, `a record claims that ${captured} octets of a packet follow`);
        at += 1;
        break;
      }
      const data = at + recordOctets;
      if (end - data < captured) break;
      const fraction = view.getUint32(at + 4, little);
      const microseconds = nanoseconds ? (fraction / 1000) | 0 : fraction;
      frame.start = data;
      frame.end = data + captured;
      frame.wireLength = original > captured ? original : captured;
      frame.time = view.getUint32(at, little) * 1_000_000 + microseconds;
      frame.nanos = nanoseconds ? fraction % 1000 : 0;
      frame.number = ++this.#packets;
      sink.frame(frame);
      at = data + captured;
    }
    return at;
  }

  #readFileHeader(view: DataView, at: number, end: number): number {
    if (end - at < 4) return 0;
    const dialect = findDialect(view, at);
    if (dialect === undefined) throw new CaptureError("not-a-capture", "is not a capture: it does not begin like a pcap file");
    if (end - at < dialect.headerOctets) return 0;
    const little = view.getUint32(at, true) === dialect.magic;
    const major = view.getUint16(at + 4, little);
    const minor = view.getUint16(at + 6, little);
    if (major < 2) throw new CaptureError("unsupported", `is of version ${major}.${minor} of the pcap format, which cannot be read`);
    const network = view.getUint32(at + 20, little);
    const aixLinkType = dialect.magic === 0xa1b2c3d4 && major === 2 && minor === 2 ? AIX_LINK_TYPES[network] : undefined;
    this.#little = little;
    this.#nanoseconds = dialect.nanoseconds || aixLinkType !== undefined;
    this.#snapshot = view.getUint32(at + 16, little);
    this.#swapped = (major === 2 && minor < 3) || major === 543 ? "yes" : major === 2 && minor === 3 ? "maybe" : "no";
    if (dialect.recordOctets.length === 1 || major !== 2 || minor !== 4) this.#recordOctets = PLAIN;
    // The upper half of the field holds the length of the frame check sequence, and reserved bits.
    this.#frame.linkType = aixLinkType ?? network & 0xffff;
    this.#frame.digits = this.#nanoseconds ? 9 : 6;
    this.#dialect = dialect;
    return dialect.headerOctets;
  }

  /** Octets of the record headers: the first kind with which the first records make sense, or else the likeliest; 0 if more octets are needed. */
  #tellRecords(view: DataView, at: number, end: number, final: boolean): number {
    const kinds = (this.#dialect as Dialect).recordOctets;
    for (const octets of kinds) {
      const judgement = this.#judgeKind(octets, view, at, end, final);
      if (judgement !== "no") return judgement === "yes" ? octets : 0;
    }
    return kinds[0] as number;
  }

  /** Do the first records make sense if their headers have so many octets? */
  #judgeKind(octets: number, view: DataView, start: number, end: number, final: boolean): Judgement {
    const unsure = final ? "no" : "wait";
    const little = this.#little;
    let at = start;
    for (let tried = 0; tried < TRIED_RECORDS; tried++) {
      if (at === end && final) return "yes";
      if (end - at < octets) return unsure;
      const captured = view.getUint32(at + 8, little);
      if (!this.#isPlausible(view, at) || captured > this.#snapshot || !this.#areNear(view, start, at)) return "no";
      if (octets >= MODIFIED && !isModified(view, at + PLAIN, little)) return "no";
      if (octets === NOKIA && !isNokiaMark(view.getUint32(at + PLAIN, little))) return "no";
      at += octets + captured;
      if (at > end) return unsure;
    }
    return "yes";
  }

  /** After damage, a record is believed if it makes sense and so does the next one, or if the file ends with it. */
  #judge(view: DataView, at: number, end: number, final: boolean): Judgement {
    if (end - at < this.#recordOctets) return final ? "no" : "wait";
    if (!this.#isPlausible(view, at)) return "no";
    const next = at + this.#recordOctets + view.getUint32(at + (this.#swapped === "yes" ? 12 : 8), this.#little);
    if (end - next < this.#recordOctets) return final ? (next <= end ? "yes" : "no") : "wait";
    if (!this.#isPlausible(view, next)) return "no";
    return this.#areNear(view, at, next) ? "yes" : "no";
  }

  /** Are the times of two records close enough for one capture? */
  #areNear(view: DataView, at: number, next: number): boolean {
    return Math.abs(view.getUint32(next, this.#little) - view.getUint32(at, this.#little)) <= PLAUSIBLE_GAP;
  }

  #isPlausible(view: DataView, at: number): boolean {
    const captured = view.getUint32(at + (this.#swapped === "yes" ? 12 : 8), this.#little);
    const original = view.getUint32(at + (this.#swapped === "yes" ? 8 : 12), this.#little);
    if (captured === 0 || captured > LIMITS.packetOctets || original < captured || original > PLAUSIBLE_WIRE) return false;
    return view.getUint32(at + 4, this.#little) < (this.#nanoseconds ? 1_000_000_000 : 1_000_000);
  }
}

function findDialect(view: DataView, at = 0): Dialect | undefined {
  const big = view.getUint32(at, false);
  const little = view.getUint32(at, true);
  return DIALECTS.find(({ magic }) => magic === big || magic === little);
}

/** The fields of the patches of 1999: interface index, Ethernet protocol, packet type (0 to 4 then). */
function isModified(view: DataView, at: number, little: boolean): boolean {
  const protocol = view.getUint16(at + 4, little);
  const known = protocol >= 0x600 || protocol <= 0x17 || protocol === 0x60 || protocol === 0x200 || protocol === 0x400;
  return known && view.getUint32(at, little) <= 10_000 && view.getUint8(at + 6) <= 4;
}

/** Nokia's extra field as seen in captures: `0xXfbfYZ0W` with few values of X, Y, Z and W; zero if Wireshark wrote the file. */
function isNokiaMark(field: number): boolean {
  if (field === 0) return true;
  const x = field >>> 28;
  const y = (field >>> 12) & 0xf;
  const z = (field >>> 8) & 0xf;
  const w = field & 0xf;
  return (
    (field & 0x0fff00f0) === 0x0fbf0000 && (x === 9 || x === 11) && (y === 11 || y === 13) && (z === 6 || z === 9) && (w === 1 || w === 2)
  );
}
