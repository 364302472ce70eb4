/**
 * The octets of a capture file, in chunks of any size, to its packets. The format is recognised by the first
 * four octets; a packet that straddles two chunks is put together in a window. An input that is empty,
 * not a capture, or cut inside its header is a `CaptureError`; everything else is read as far as possible.
 */
import { toHex } from "../bytes/hex.ts";
import { CaptureError } from "../fault/errors.ts";
import type { Notes } from "../fault/note.ts";
import { sniffCompression } from "./compression.ts";
import type { CaptureSecrets, FormatReader, FrameSink } from "./contract.ts";
import { FORMATS } from "./formats.ts";
import { FILE_START, type Frame } from "./frame.ts";
import { Window } from "./window.ts";

/** Octets that tell the format. */
const HEAD = 4;

/** Octets of a chunk that are first added to the window to complete a packet; doubled until they suffice. */
const FIRST_PIECE = 4096;

/** Reads one capture file: `push` its octets, then `end`. What it finds goes to the sink, during those calls. */
export class CaptureReader {
  /** Octets pushed so far. */
  octets = FILE_START;
  /** Packets given so far. */
  packets = 0;
  /** LINKTYPE_ values of the packets, in the order of their first packets. */
  readonly linkTypes = new Set<number>();
  readonly #sink: CountingSink;
  readonly #window = new Window();
  #reader: FormatReader | undefined;

  constructor(sink: FrameSink) {
    this.#sink = new CountingSink(this, sink);
  }

  /** `pcap`, `pcapng` or `snoop`, once it is known. */
  get format(): string | undefined {
    return this.#reader?.name;
  }

  /** Takes the next octets of the file; the caller may reuse them afterwards. Throws `CaptureError`. */
  push(octets: Uint8Array): void {
    this.octets += octets.length;
    const window = this.#window;
    let at = 0;
    if (this.#reader === undefined) {
      at = Math.min(octets.length, HEAD - window.length);
      window.append(octets, 0, at);
      if (window.length < HEAD) return;
      this.#reader = recognise(window.bytes.subarray(window.start, window.end));
    }
    if (window.length > 0) at = this.#complete(this.#reader, octets, at);
    if (at === octets.length) return;
    at += this.#reader.read(octets, at, octets.length, this.#sink);
    window.append(octets, at, octets.length);
  }

  /** The file has ended. Throws `CaptureError` if it was not a capture, or was cut inside its header. */
  end(): void {
    const window = this.#window;
    if (this.octets === 0) throw new CaptureError("empty", "is empty");
    this.#reader ??= recognise(window.bytes.subarray(window.start, window.end));
    this.#reader.end(window.bytes, window.start, window.end, this.#sink);
    window.clear();
  }

  /**
   * Joins `[at, …)` of a chunk to what waits in the window, piece by piece, until that is consumed.
   * Returns the offset in the chunk from which reading can go on without the window.
   */
  #complete(reader: FormatReader, octets: Uint8Array, at: number): number {
    const window = this.#window;
    let waiting = window.length;
    let piece = FIRST_PIECE;
    while (waiting > 0 && at < octets.length) {
      const joined = Math.min(octets.length, at + piece);
      window.append(octets, at, joined);
      at = joined;
      piece *= 2;
      const consumed = reader.read(window.bytes, window.start, window.end, this.#sink);
      if (consumed >= waiting) {
        at -= window.length - consumed;
        window.clear();
        return at;
      }
      window.drop(consumed);
      waiting -= consumed;
    }
    return at;
  }
}

/** Passes everything on, counting packets and collecting link types. */
class CountingSink implements FrameSink {
  readonly notes: Notes;
  readonly #reader: CaptureReader;
  readonly #sink: FrameSink;
  #linkType = -1;

  constructor(reader: CaptureReader, sink: FrameSink) {
    this.notes = sink.notes;
    this.#reader = reader;
    this.#sink = sink;
  }

  frame(frame: Frame): void {
    this.#reader.packets++;
    if (frame.linkType !== this.#linkType) {
      this.#linkType = frame.linkType;
      this.#reader.linkTypes.add(frame.linkType);
    }
    this.#sink.frame(frame);
  }

  secrets(secrets: CaptureSecrets): void {
    this.#sink.secrets(secrets);
  }
}

function recognise(head: Uint8Array): FormatReader {
  const format = head.length < HEAD ? undefined : FORMATS.find((candidate) => candidate.recognises(head));
  if (format !== undefined) return format.create();
  const compression = sniffCompression(head);
  if (compression !== undefined) throw new CaptureError("compression", `is still compressed with ${compression}`);
  throw new CaptureError("not-a-capture", `is not a capture: it begins with ${beginning(head)}`);
}

/** How the file begins, and what was expected instead. Text is often what a tool printed in place of a capture. */
function beginning(head: Uint8Array): string {
  const isText =
    head.length === HEAD && head.every((octet) => octet === 0x09 || octet === 0x0a || octet === 0x0d || (octet >= 0x20 && octet < 0x7f));
  if (isText) return `the text ${JSON.stringify(String.fromCharCode(...head))}; captures are written by tcpdump -w or saved by Wireshark`;
  return `the octets ${toHex(head)}, unlike ${FORMATS.map(({ name }) => name).join(", ")}`;
}
