/**
 * Frames of QUIC packets (RFC 9000 §12.4, §19): a payload comes in, the two kinds that matter to a
 * handshake go out. The walk ends at the first frame that is not allowed or does not fit.
 */
import { varint, varintOctets } from "./quic-packet.ts";

/** Receives frames. Offsets are in the payload. */
export interface FrameVisitor {
  /** CRYPTO (§19.6): octets `[start, end)`, which belong at `offset` of the handshake. */
  crypto(offset: number, start: number, end: number): void;
  /** CONNECTION_CLOSE (§19.19) with its error code. */
  close(code: number, reasonStart: number, reasonEnd: number): void;
}

const FRAME = { padding: 0x00, ping: 0x01, ack: 0x02, ackEcn: 0x03, crypto: 0x06, close: 0x1c, applicationClose: 0x1d } as const;
/** Frames that only occur in 1-RTT packets, by the fields after their type: integers, or octets preceded by their length. */
const OTHER_FRAMES: ReadonlyMap<number, readonly ("integer" | "octets")[]> = new Map([
  [0x04, ["integer", "integer", "integer"]],
  [0x05, ["integer", "integer"]],
  [0x07, ["octets"]],
  [0x10, ["integer"]],
  [0x11, ["integer", "integer"]],
  [0x12, ["integer"]],
  [0x13, ["integer"]],
  [0x14, ["integer"]],
  [0x15, ["integer", "integer"]],
  [0x16, ["integer"]],
  [0x17, ["integer"]],
  [0x19, ["integer"]],
  [0x1e, []],
  // Acknowledgement frequency (draft-ietf-quic-ack-frequency), datagrams (RFC 9221).
  [0x1f, []],
  [0xaf, ["integer", "integer", "integer", "integer"]],
  [0x31, ["octets"]],
]);
const NEW_CONNECTION_ID = 0x18;
const PATH_CHALLENGE = 0x1a;
const PATH_RESPONSE = 0x1b;
const DATAGRAM_TO_END = 0x30;
const STREAM = { first: 0x08, last: 0x0f, offset: 0x04, length: 0x02 } as const;
/** Octets of a Stateless Reset Token (§19.15), and of the data in a PATH_CHALLENGE (§19.17). */
const RESET_TOKEN = 16;
const CHALLENGE = 8;

/** Which frames a packet may have: an Initial packet of RFC 9000 (`initial`) or of Google's versions before it (`google`), or one with negotiated keys (`all`). */
export type FrameSet = "initial" | "google" | "all";

/** Google's frames before RFC 9000: CRYPTO has the RFC's fields, the others do not. */
const GOOGLE_FRAME = { padding: 0x00, close: 0x02, ping: 0x07, crypto: 0x08, ack: 0x40, several: 0x20, bits: 0xc0 } as const;
/** The possible sizes, in octets, of a number whose size is given by the type of a Google ACK frame. */
const GOOGLE_SIZES = [1, 2, 4, 6] as const;

/** Walks the frames of a payload; returns the offset of the first one that could not be read, or the payload's end. */
export function walkFrames(payload: Uint8Array, set: FrameSet, visitor: FrameVisitor): number {
  const fields = new Fields(payload);
  const take = { initial: takeFrame, google: takeGoogleFrame, all: takeAnyFrame }[set];
  while (fields.at < payload.length) {
    const start = fields.at;
    if (!take(fields, visitor) || fields.isDamaged) return start;
  }
  return payload.length;
}

/** Takes one frame of any kind; returns false for one that is not known. */
function takeAnyFrame(fields: Fields, visitor: FrameVisitor): boolean {
  const start = fields.at;
  if (takeFrame(fields, visitor)) return true;
  fields.at = start;
  const type = fields.next();
  const shape = OTHER_FRAMES.get(type);
  for (const part of shape ?? []) {
    if (part === "integer") fields.next();
    else fields.skip(fields.next());
  }
  if (shape !== undefined) return true;
  if (type >= STREAM.first && type <= STREAM.last) {
    fields.next();
    if ((type & STREAM.offset) !== 0) fields.next();
    fields.skip((type & STREAM.length) === 0 ? fields.left : fields.next());
  } else if (type === NEW_CONNECTION_ID) {
    fields.next();
    fields.next();
    fields.skip(fields.uint(1) + RESET_TOKEN);
  } else if (type === PATH_CHALLENGE || type === PATH_RESPONSE) {
    fields.skip(CHALLENGE);
  } else if (type === DATAGRAM_TO_END) {
    fields.skip(fields.left);
  } else {
    return false;
  }
  return true;
}

/** Takes one frame; returns false for one that an Initial packet may not have. */
function takeFrame(fields: Fields, visitor: FrameVisitor): boolean {
  const type = fields.next();
  switch (type) {
    case FRAME.padding:
    case FRAME.ping:
      return true;
    case FRAME.ack:
    case FRAME.ackEcn:
      skipAck(fields, type === FRAME.ackEcn);
      return true;
    case FRAME.crypto:
      takeCrypto(fields, visitor);
      return true;
    case FRAME.close:
    case FRAME.applicationClose: {
      const code = fields.next();
      if (type === FRAME.close) fields.next();
      takeReason(fields, code, fields.next(), visitor);
      return true;
    }
    default:
      return false;
  }
}

function takeGoogleFrame(fields: Fields, visitor: FrameVisitor): boolean {
  const type = fields.uint(1);
  if ((type & GOOGLE_FRAME.bits) === GOOGLE_FRAME.ack) {
    skipGoogleAck(fields, type);
    return true;
  }
  switch (type) {
    case GOOGLE_FRAME.padding:
    case GOOGLE_FRAME.ping:
      return true;
    case GOOGLE_FRAME.crypto:
      takeCrypto(fields, visitor);
      return true;
    case GOOGLE_FRAME.close: {
      const code = fields.uint(4);
      takeReason(fields, code, fields.uint(2), visitor);
      return true;
    }
    default:
      return false;
  }
}

function takeCrypto(fields: Fields, visitor: FrameVisitor): void {
  const offset = fields.next();
  const start = fields.skip(fields.next());
  if (start >= 0) visitor.crypto(offset, start, fields.at);
}

function takeReason(fields: Fields, code: number, length: number, visitor: FrameVisitor): void {
  const start = fields.skip(length);
  if (start >= 0) visitor.close(code, start, fields.at);
}

/** Largest, delay, count, first range; then gaps and ranges in pairs; perhaps three counters (§19.3). */
function skipAck(fields: Fields, hasCounters: boolean): void {
  fields.next();
  fields.next();
  const ranges = fields.next();
  fields.next();
  for (let range = 0; range < 2 * ranges && !fields.isDamaged; range++) fields.next();
  const counters = hasCounters ? 3 : 0;
  for (let counter = 0; counter < counters; counter++) fields.next();
}

/** Largest and delay, the number of blocks if there are several, the first block, then gaps and blocks in pairs; timestamps. */
function skipGoogleAck(fields: Fields, type: number): void {
  const largest = GOOGLE_SIZES[((type >> 2) & 3) as 0 | 1 | 2 | 3];
  const block = GOOGLE_SIZES[(type & 3) as 0 | 1 | 2 | 3];
  fields.skip(largest + 2);
  const blocks = (type & GOOGLE_FRAME.several) === 0 ? 0 : fields.uint(1);
  fields.skip(block + blocks * (1 + block));
  const stamps = fields.uint(1);
  if (stamps > 0) fields.skip(5 + 3 * (stamps - 1));
}

/** Reads one field after another; once one does not fit, every later read fails as well. */
class Fields {
  at = 0;
  isDamaged = false;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Octets that are left. */
  get left(): number {
    return this.#bytes.length - this.at;
  }

  /** A variable-length integer, or -1. */
  next(): number {
    const value = this.isDamaged ? -1 : varint(this.#bytes, this.at, this.#bytes.length);
    if (value < 0) this.isDamaged = true;
    else this.at += varintOctets(this.#bytes, this.at);
    return value;
  }

  /** An integer of `octets` octets, or -1. */
  uint(octets: number): number {
    const start = this.skip(octets);
    let value = start < 0 ? -1 : 0;
    for (let at = start; at >= 0 && at < this.at; at++) value = value * 256 + (this.#bytes[at] as number);
    return value;
  }

  /** Skips `length` octets; returns where they begin, or -1. */
  skip(length: number): number {
    const start = this.at;
    if (length < 0 || length > this.#bytes.length - start) this.isDamaged = true;
    if (this.isDamaged) return -1;
    this.at += length;
    return start;
  }
}
