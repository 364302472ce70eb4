/**
 * The capture format of Wireshark: blocks, each with its length before and after it. A section header
 * sets the byte order and forgets the interfaces; an interface has a link type, a snapshot length and a
 * clock; packets point to an interface; secrets are handed on; other blocks are passed over. A block
 * whose two lengths differ is damaged; reading goes on at the next block whose lengths agree.
 */
import { CaptureError } from "../fault/errors.ts";
import { LIMITS } from "../fault/limits.ts";
import { counted } from "../fault/note.ts";
import { Clock } from "./clock.ts";
import type { CaptureFormat, FormatReader, FrameSink } from "./contract.ts";
import { Damage, tellCut, type Judgement } from "./damage.ts";
import { FILE_START, newFrame } from "./frame.ts";

/** Block types, draft-ietf-opsawg-pcapng §4. */
const BLOCK = {
  interface: 1,
  obsoletePacket: 2,
  simplePacket: 3,
  nameResolution: 4,
  interfaceStatistics: 5,
  enhancedPacket: 6,
  journal: 9,
  secrets: 10,
  custom: 0xbad,
  customNotCopied: 0x40000bad,
  /** The same in both byte orders. */
  section: 0x0a0d0d0a,
} as const;

const KNOWN: ReadonlySet<number> = new Set(Object.values(BLOCK));

/** Octets of a block without a body: type, length, length. */
const FRAMING = 12;

/** Octets of a packet block before its data: type, length, interface, time, two lengths. */
const PACKET_HEADER = 28;

const MICROSECONDS = 6;

/** What an interface description says of its packets. */
interface CaptureInterface {
  readonly linkType: number;
  /** The greatest number of octets captured of a packet. */
  readonly snapshot: number;
  readonly clock: Clock;
}

/** draft-ietf-opsawg-pcapng. */
export const pcapng: CaptureFormat = {
  name: "pcapng",
  recognises: (head) => head[0] === 0x0a && head[1] === 0x0d && head[2] === 0x0d && head[3] === 0x0a,
  create: () => new PcapngReader(),
};

class PcapngReader implements FormatReader {
  readonly name = "pcapng";
  readonly #frame = newFrame();
  readonly #damage = new Damage();
  readonly #interfaces: CaptureInterface[] = [];
  /** Has the first section header been read? */
  #begun = false;
  #little = false;
  /** Blocks of a section in a version that we do not know are passed over. */
  #foreign = false;
  /** Octet of the file at which `bytes` would begin, and octets consumed so far. */
  #base = FILE_START;
  #offset = FILE_START;
  /** The number that was given last. */
  #numbers = 0;

  read(bytes: Uint8Array, start: number, end: number, sink: FrameSink): number {
    return this.#advance(bytes, start, end, sink, false);
  }

  end(bytes: Uint8Array, start: number, end: number, sink: FrameSink): void {
    const at = start + this.#advance(bytes, start, end, sink, true);
    const offset = this.#offset + end - at;
    if (this.#damage.lost) this.#damage.tell(offset, sink.notes);
    else if (!this.#begun) throw new CaptureError("cut-header", `is cut inside its header, after ${end - start} octets`);
    else if (at < end) this.#tellCut(bytes, at, end, offset, sink);
  }

  #advance(bytes: Uint8Array, start: number, end: number, sink: FrameSink, final: boolean): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#base = this.#offset - start;
    this.#frame.bytes = bytes;
    this.#frame.view = view;
    const read = (from: number): number => this.#readBlocks(view, from, end, sink);
    const at = this.#damage.readOn(start, end, this.#base, sink.notes, read, (candidate) => this.#judge(view, candidate, end, final));
    this.#offset += at - start;
    return at - start;
  }

  /** The block loop: from `start` to the first block that is incomplete or implausible. */
  #readBlocks(view: DataView, start: number, end: number, sink: FrameSink): number {
    let at = start;
    while (end - at >= FRAMING) {
      const type = view.getUint32(at, this.#little);
      const little = type === BLOCK.section ? this.#orderOf(view, at) : this.#little;
      const length = view.getUint32(at + 4, little);
      if (length < FRAMING || length > LIMITS.blockOctets) {
        if (type === BLOCK.section) this.#open(little);
        return this.#lose(at, `a block claims to have ${length} octets`);
      }
      if (end - at < length) break;
      const next = at + length;
      if (view.getUint32(next - 4, little) !== length) return this.#lose(at, "the two lengths of a block differ");
      if (type === BLOCK.enhancedPacket || type === BLOCK.obsoletePacket) this.#readPacket(view, type, at, next, sink);
      else if (type === BLOCK.section) this.#readSection(view, little, at, next, sink);
      else if (!this.#foreign) this.#readOther(view, type, at, next, sink);
      at = next;
    }
    return at;
  }

  #lose(at: number, why: string): number {
    this.#damage.begin(this.#base + at, this.#numbers, why);
    return at + 1;
  }

  /** Does a section header state little-endian byte order? If the first one states none, the file is not a capture. */
  #orderOf(view: DataView, at: number): boolean {
    const magic = view.getUint32(at + 8, false);
    if (magic === 0x4d3c2b1a) return true;
    if (magic === 0x1a2b3c4d) return false;
    if (!this.#begun) throw new CaptureError("not-a-capture", "is not a capture: it begins like a pcapng file, but states no byte order");
    return this.#little;
  }

  #readSection(view: DataView, little: boolean, at: number, next: number, sink: FrameSink): void {
    const major = next - at >= 28 ? view.getUint16(at + 12, little) : 0;
    this.#foreign = major !== 1;
    if (this.#foreign && !this.#begun)
      throw new CaptureError("unsupported", `is of version ${major} of the pcapng format, which cannot be read`);
    if (this.#foreign)
      sink.notes.add("unread-sections", (count) => `${counted(count, "section")} in an unknown version of pcapng not read`);
    this.#open(little);
  }

  #open(little: boolean): void {
    this.#begun = true;
    this.#little = little;
    this.#interfaces.length = 0;
  }

  /** An enhanced packet, or the obsolete packet block, which differs in its interface field alone. */
  #readPacket(view: DataView, type: number, at: number, next: number, sink: FrameSink): void {
    if (this.#foreign) return;
    const little = this.#little;
    const room = next - at - PACKET_HEADER - 4;
    if (room < 0) return tellBadPacket(sink);
    const id = type === BLOCK.enhancedPacket ? view.getUint32(at + 8, little) : view.getUint16(at + 8, little);
    const source = this.#interfaces[id];
    const captured = view.getUint32(at + 20, little);
    if (source === undefined || captured > room || captured > LIMITS.packetOctets) return tellBadPacket(sink);
    const frame = this.#frame;
    if (!source.clock.stamp(frame, view, at + 12, little)) tellOddTime(sink);
    this.#give(at + PACKET_HEADER, captured, view.getUint32(at + 24, little), source, sink);
  }

  /** A simple packet has neither a time nor an interface: it takes the last packet's time, and belongs to the first interface. */
  #readSimplePacket(view: DataView, at: number, next: number, sink: FrameSink): void {
    const source = this.#interfaces[0];
    const room = next - at - 12 - 4;
    if (source === undefined || room < 0) return tellBadPacket(sink);
    const original = view.getUint32(at + 8, this.#little);
    const captured = Math.min(original, source.snapshot, room);
    if (captured > LIMITS.packetOctets) return tellBadPacket(sink);
    sink.notes.add(
      "no-time",
      (count) => `${counted(count, "packet")} without a time of ${count === 1 ? "its" : "their"} own (simple packets)`,
    );
    this.#give(at + 12, captured, original, source, sink);
  }

  #give(start: number, captured: number, original: number, source: CaptureInterface, sink: FrameSink): void {
    const frame = this.#frame;
    frame.start = start;
    frame.end = start + captured;
    frame.wireLength = original > captured ? original : captured;
    frame.linkType = source.linkType;
    frame.number = ++this.#numbers;
    sink.frame(frame);
  }

  #readOther(view: DataView, type: number, at: number, next: number, sink: FrameSink): void {
    if (type === BLOCK.simplePacket) this.#readSimplePacket(view, at, next, sink);
    else if (type === BLOCK.interface) this.#readInterface(view, at, next, sink);
    else if (type === BLOCK.secrets) this.#readSecrets(view, at, next, sink);
    else if (type !== BLOCK.nameResolution && type !== BLOCK.interfaceStatistics) {
      // Wireshark lists these among the packets, each with a number of its own.
      if (type === BLOCK.journal || type === BLOCK.custom || type === BLOCK.customNotCopied) this.#numbers++;
      sink.notes.add("passed-blocks", (count) => `${counted(count, "block")} of unknown or private kinds passed over`);
    }
  }

  #readInterface(view: DataView, at: number, next: number, sink: FrameSink): void {
    if (next - at < 20 || this.#interfaces.length >= LIMITS.interfaces) return tellBadBlock(sink);
    const little = this.#little;
    let resolution: number = MICROSECONDS;
    let shift = 0;
    for (let option = at + 16; option + 4 <= next - 4;) {
      const code = view.getUint16(option, little);
      const length = view.getUint16(option + 2, little);
      const value = option + 4;
      if (code === 0 || value + length > next - 4) break;
      if (code === 9 && length >= 1) resolution = view.getUint8(value);
      if (code === 14 && length >= 8) {
        const high = view.getInt32(little ? value + 4 : value, little);
        shift = high * 0x1_0000_0000 + view.getUint32(little ? value : value + 4, little);
      }
      option = value + length + (-length & 3);
    }
    const snapshot = view.getUint32(at + 12, little);
    this.#interfaces.push({
      linkType: view.getUint16(at + 8, little),
      snapshot: snapshot === 0 ? Number.POSITIVE_INFINITY : snapshot,
      clock: new Clock(resolution, shift),
    });
  }

  #readSecrets(view: DataView, at: number, next: number, sink: FrameSink): void {
    const length = next - at >= 20 ? view.getUint32(at + 12, this.#little) : Number.POSITIVE_INFINITY;
    if (length > next - at - 20) return tellBadBlock(sink);
    const octets = this.#frame.bytes.slice(at + 16, at + 16 + length);
    sink.secrets({ type: view.getUint32(at + 8, this.#little), octets });
  }

  /** After damage, a block is believed if its type is known and its two lengths are equal. */
  #judge(view: DataView, at: number, end: number, final: boolean): Judgement {
    const unsure = final ? "no" : "wait";
    if (end - at < FRAMING) return unsure;
    const type = view.getUint32(at, this.#little);
    if (!KNOWN.has(type)) return "no";
    const magic = view.getUint32(at + 8, true);
    const section = type === BLOCK.section;
    if (section && magic !== 0x1a2b3c4d && magic !== 0x4d3c2b1a) return "no";
    const little = section ? magic === 0x1a2b3c4d : this.#little;
    const length = view.getUint32(at + 4, little);
    if (length < FRAMING || length > LIMITS.blockOctets) return "no";
    if (end - at < length) return unsure;
    return view.getUint32(at + length - 4, little) === length ? "yes" : "no";
  }

  #tellCut(bytes: Uint8Array, at: number, end: number, offset: number, sink: FrameSink): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const type = end - at >= 4 ? view.getUint32(at, this.#little) : 0;
    const inPacket = type === BLOCK.enhancedPacket || type === BLOCK.obsoletePacket || type === BLOCK.simplePacket;
    if (inPacket) tellCut(this.#numbers + 1, offset, sink.notes);
    else sink.notes.add("cut-file", () => `the file ends inside a block, at offset ${offset}`);
  }
}

function tellBadPacket(sink: FrameSink): void {
  sink.notes.add(
    "bad-packets",
    (count) => `${counted(count, "packet block")} not read: of an unknown interface, or with an impossible length`,
  );
}

function tellBadBlock(sink: FrameSink): void {
  sink.notes.add("bad-blocks", (count) => `${counted(count, "block")} not read: too short for what it must hold`);
}

function tellOddTime(sink: FrameSink): void {
  sink.notes.add("odd-times", (count) => `${counted(count, "packet")} with a time outside the years 1970 to 2255`);
}
