/**
 * TDS wraps the records of a TLS handshake in its own packets (MS-TDS §2.2.6.5, §3.2.5.2); after Finished, records are sent without them.
 * This removes the packets, so that the next stage sees records one after another, with their packet numbers. Any other
 * stream passes unchanged.
 */
import { type Moment, momentOf } from "../flow/moment.ts";
import type { TlsHalf } from "./tls-half.ts";
import { CONTENT } from "./tls-record.ts";

/** Octets of a packet's header. */
export const TDS_HEADER = 8;
const PRELOGIN = 0x12;
const TABULAR_RESULT = 0x04;
/** Types of packets (MS-TDS §2.2.3.1.1): SQL batch, old login, RPC, result, attention, bulk load, federated token, transaction manager, login, SSPI. */
const TYPES: ReadonlySet<number> = new Set([1, 2, 3, TABULAR_RESULT, 6, 7, 8, 0x0e, 0x10, 0x11, PRELOGIN]);
/** All bits of the status field that have a meaning. */
const STATUS_BITS = 0x1f;
/** Octets of the longest packet that can be negotiated. */
const LONGEST = 32_767;
/** The header of directions that are not inside one; shared, and never changed. */
const NO_HEADER: number[] = [];

/** Octets of the packet that begins at `at`, header included; 0 if none does. */
export function tdsLength(bytes: Uint8Array, at: number): number {
  if (bytes.length - at < TDS_HEADER || !TYPES.has(bytes[at] as number)) return 0;
  const length = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
  return isHeader(bytes[at + 1] as number, length, bytes[at + 7] as number) ? length : 0;
}

/** Is this the first packet of a TDS connection, a client's PRELOGIN? */
export function beginsTds(bytes: Uint8Array): boolean {
  return bytes[0] === PRELOGIN && tdsLength(bytes, 0) > 0;
}

function isHeader(status: number, length: number, window: number): boolean {
  return status <= STATUS_BITS && length > TDS_HEADER && length <= LONGEST && window === 0;
}

/** One direction of a connection. */
export class TdsUnwrapper {
  readonly #half: TlsHalf;
  #peer: TdsUnwrapper | null = null;
  /** `open` until the first octets decide; `off` where the octets are not wrapped. */
  #mode: "open" | "packets" | "off" = "open";
  /** The header of the packet, as far as it has come, and where it began. */
  #header = NO_HEADER;
  #began: { readonly carrier: number; readonly moment: Moment } | null = null;
  /** Octets of the packet's payload still to come. */
  #left = 0;
  #isStart = false;
  #isTls = false;

  constructor(half: TlsHalf) {
    this.#half = half;
  }

  /** Both directions of one connection: a server's first packet is only recognised after its client's. */
  static pair(first: TlsHalf, second: TlsHalf): readonly [TdsUnwrapper, TdsUnwrapper] {
    const [one, other] = [new TdsUnwrapper(first), new TdsUnwrapper(second)];
    one.#peer = other;
    other.#peer = one;
    return [one, other];
  }

  octets(bytes: Uint8Array, start: number, end: number, carrier: number, moment: Moment): void {
    for (let at = start; at < end;) {
      if (this.#mode === "off") {
        this.#half.octets(bytes, at, end, carrier, moment);
        return;
      }
      at = this.#left > 0 ? this.#payload(bytes, at, end, carrier, moment) : this.#head(bytes, at, end, carrier, moment);
    }
  }

  /** `length` octets are missing from the capture. */
  gap(length: number): void {
    if (this.#mode !== "packets") this.#mode = "off";
    else if (this.#left >= length) this.#left -= length;
    else {
      this.#left = 0;
      this.#header = NO_HEADER;
      this.#mode = "open";
    }
    this.#half.gap(length);
  }

  /** Nothing more will come. */
  end(): void {
    this.#release();
    this.#half.end();
  }

  /** Takes octets of a header; if they cannot be one, they and all that follows pass unchanged. */
  #head(bytes: Uint8Array, start: number, end: number, carrier: number, moment: Moment): number {
    let at = start;
    // Hardly any connection begins with such a packet.
    if (this.#header.length === 0 && !this.#mayBegin(bytes[at] as number)) {
      this.#mode = "off";
      return at;
    }
    if (this.#header === NO_HEADER) this.#header = [];
    this.#began ??= { carrier, moment };
    while (at < end && this.#header.length < TDS_HEADER) this.#header.push(bytes[at++] as number);
    const [, status = 0, high = 0, low = 0xff, , , , window = 0] = this.#header;
    const length = (high << 8) | low;
    if (!isHeader(status, length, window)) {
      this.#mode = "off";
      this.#release();
    } else if (this.#header.length === TDS_HEADER) {
      this.#mode = "packets";
      this.#left = length - TDS_HEADER;
      this.#isStart = true;
    } else {
      this.#began = { carrier: this.#began.carrier, moment: momentOf(this.#began.moment) };
    }
    return at;
  }

  #mayBegin(type: number): boolean {
    if (this.#mode === "packets") return TYPES.has(type);
    return type === PRELOGIN || (type === TABULAR_RESULT && this.#peer !== null && this.#peer.#mode === "packets");
  }

  #payload(bytes: Uint8Array, at: number, end: number, carrier: number, moment: Moment): number {
    if (this.#isStart) {
      const first = bytes[at] as number;
      const isRecord = first >= CONTENT.changeCipherSpec && first <= CONTENT.applicationData;
      this.#isTls = isRecord || (this.#half.isTls && this.#header[0] === PRELOGIN);
      if (this.#isTls) this.#header = NO_HEADER;
      else this.#release();
      this.#began = null;
      this.#isStart = false;
    }
    const until = Math.min(end, at + this.#left);
    this.#left -= until - at;
    this.#half.octets(bytes, at, until, carrier, moment);
    return until;
  }

  /** Passes on a header that belongs to the plaintext, or was not one. */
  #release(): void {
    if (this.#header.length > 0 && this.#began !== null) {
      const octets = Uint8Array.from(this.#header);
      this.#half.octets(octets, 0, octets.length, this.#began.carrier, this.#began.moment);
    }
    this.#header = NO_HEADER;
    this.#began = null;
  }
}
