/**
 * Handshake messages out of record bodies (RFC 9846 §5.1): one message may spread over many records,
 * and one record may hold many messages. Each message keeps the numbers of the packets that carry it.
 */
import { copyOf } from "../bytes/copies.ts";
import { LIMITS } from "../fault/limits.ts";
import type { Hold } from "../flow/budget.ts";
import { type Moment, momentOf } from "../flow/moment.ts";
import { maybeHandshake } from "./tls-record.ts";

/** Octets of a handshake message's header. */
const HEADER = 4;
/** The greatest length that a header can state. */
const LONGEST = 0xff_ffff;

const NOTHING = new Uint8Array(0);
/** Shared by all defragmenters with nothing in progress; never changed. */
const NO_SPANS: Span[] = [];

/** The body of a message that is complete, but whose contents nobody asked for. */
export const UNREAD = new Uint8Array(0);

/** A handshake message that is still octets. */
export interface HandshakeOctets {
  readonly handshakeType: number;
  /** The body, without its header; shorter than `length` if the capture lacks the rest, or {@link UNREAD}. */
  readonly body: Uint8Array;
  /** Octets that the header announces. */
  readonly length: number;
  readonly packets: readonly number[];
  /** How many records carry it, if more than one. */
  readonly records?: number;
  readonly moment: Moment;
  /** Absent in QUIC, which has no records. */
  readonly recordVersion?: number;
}

/** The packet that carries the octets up to an offset. */
export interface Span {
  /** Octet offset after the last octet of this packet. */
  readonly end: number;
  readonly carrier: number;
}

/** Which handshake messages are read: up to which length, with a count of those that were longer, and of which types. */
export interface MessageBound {
  readonly octets: number;
  /** Handshake types whose bodies are wanted; absent: all. */
  readonly types?: ReadonlySet<number>;
  exceeded: number;
}

/** Puts together the handshake messages of one direction. */
export class Defragmenter {
  readonly #emit: (message: HandshakeOctets) => void;
  readonly #hold: Hold;
  readonly #bound: MessageBound;
  #held: Uint8Array = NOTHING;
  #length = 0;
  #spans = NO_SPANS;
  #recordVersion = 0;
  /** Records so far that carry the message in progress. */
  #records = 0;
  #moment: Moment | null = null;

  /** Messages outside `bound` are not read; `hold` counts the memory for what is collected. */
  constructor(
    emit: (message: HandshakeOctets) => void,
    bound: MessageBound = { octets: LIMITS.messageOctets, exceeded: 0 },
    hold: Hold = () => undefined,
  ) {
    this.#emit = emit;
    this.#bound = bound;
    this.#hold = hold;
  }

  /** Is a message in progress? */
  get pending(): boolean {
    return this.#length > 0;
  }

  /**
   * Takes the body `[start, end)` of a handshake record; `spans` are the packets that carry it, by offsets in `bytes`.
   * Returns false, having taken nothing, if what begins here is not a handshake message.
   */
  record(bytes: Uint8Array, start: number, end: number, spans: readonly Span[], version: number, moment: Moment): boolean {
    if (this.#length === 0) {
      if (start === end) return false;
      if (!maybeHandshake(bytes, start, end, this.#bound.octets)) {
        if (maybeHandshake(bytes, start, end, LONGEST)) this.#bound.exceeded++;
        return false;
      }
      this.#recordVersion = version;
    }
    const first = this.#length === 0 ? this.#whole(bytes, start, end, spans, moment) : start;
    if (first === end) return true;
    this.#append(bytes, first, end, spans, moment);
    this.#extract(version, moment);
    return true;
  }

  /** Takes the messages that lie completely in the record, without copying it; returns where the first other one begins. */
  #whole(bytes: Uint8Array, start: number, end: number, spans: readonly Span[], moment: Moment): number {
    let at = start;
    while (end - at >= HEADER) {
      // Only another message may follow a message; anything else is damage.
      if (!maybeHandshake(bytes, at, end, this.#bound.octets)) return end;
      const length = lengthAt(bytes, at);
      const after = at + HEADER + length;
      if (after > end) break;
      this.#emit({
        handshakeType: bytes[at] as number,
        body: this.#body(bytes, at, after),
        length,
        packets: carriersOf(spans, at, after),
        moment: momentOf(moment),
        recordVersion: this.#recordVersion,
      });
      at = after;
    }
    return at;
  }

  /** The body of the complete message `[at, end)`. */
  #body(bytes: Uint8Array, at: number, end: number): Uint8Array {
    const { types } = this.#bound;
    return types === undefined || types.has(bytes[at] as number) ? copyOf(bytes, at + HEADER, end) : UNREAD;
  }

  /** The rest of the message in progress is lost: emits what there is of it. */
  lose(): void {
    if (this.#length >= HEADER && this.#moment !== null) {
      this.#emit({
        handshakeType: this.#held[0] as number,
        body: this.#held.slice(HEADER, this.#length),
        length: lengthAt(this.#held, 0),
        packets: carriersOf(this.#spans, 0, this.#length),
        moment: this.#moment,
        recordVersion: this.#recordVersion,
      });
    }
    this.#length = 0;
    this.#records = 0;
    this.#spans = NO_SPANS;
  }

  #append(bytes: Uint8Array, start: number, end: number, spans: readonly Span[], moment: Moment): void {
    const length = this.#length + end - start;
    if (length > this.#held.length) {
      const grown = new Uint8Array(Math.max(length, 2 * this.#held.length));
      this.#hold(grown.length - this.#held.length);
      grown.set(this.#held.subarray(0, this.#length));
      this.#held = grown;
    }
    this.#held.set(bytes.subarray(start, end), this.#length);
    for (const span of spans) {
      const until = Math.min(span.end, end);
      if (until > start) this.#extend(this.#length + until - start, span.carrier);
      if (span.end >= end) break;
    }
    this.#length = length;
    this.#records++;
    this.#moment = momentOf(moment);
  }

  /** Octets from the same packet as the ones before extend its span, instead of adding one for each record: a record may be as short as an octet. */
  #extend(end: number, carrier: number): void {
    if (this.#spans === NO_SPANS) this.#spans = [];
    const last = this.#spans.at(-1);
    if (last?.carrier === carrier) this.#spans.pop();
    this.#spans.push({ end, carrier });
  }

  #extract(version: number, moment: Moment): void {
    let at = 0;
    while (this.#length - at >= HEADER) {
      const length = lengthAt(this.#held, at);
      const end = at + HEADER + length;
      if (end > this.#length) break;
      this.#emit({
        handshakeType: this.#held[at] as number,
        body: this.#body(this.#held, at, end),
        length,
        packets: carriersOf(this.#spans, at, end),
        ...(this.#records > 1 ? { records: this.#records } : {}),
        moment: momentOf(moment),
        recordVersion: this.#recordVersion,
      });
      this.#records = 1;
      this.#recordVersion = version;
      at = end;
    }
    if (at > 0) this.#consume(at);
    if (this.#length === 0) this.#records = 0;
    if (this.#length >= HEADER && lengthAt(this.#held, 0) > this.#bound.octets) {
      this.#bound.exceeded++;
      this.lose();
    }
  }

  #consume(octets: number): void {
    this.#held.copyWithin(0, octets, this.#length);
    this.#length -= octets;
    this.#spans = this.#spans.filter((span) => span.end > octets).map((span) => ({ end: span.end - octets, carrier: span.carrier }));
  }
}

/** Numbers of the packets that carry `[start, end)`, ascending; messages of one packet share the list. */
export function carriersOf(spans: readonly Span[], start: number, end: number): readonly number[] {
  if (spans.length === 1) return onlyCarrier((spans[0] as Span).carrier);
  const carriers = new Set<number>();
  let from = 0;
  for (const span of spans) {
    if (from < end && span.end > start) carriers.add(span.carrier);
    from = span.end;
  }
  return [...carriers].sort((a, b) => a - b);
}

let only: readonly number[] = [0];

function onlyCarrier(carrier: number): readonly number[] {
  if (only[0] !== carrier) only = [carrier];
  return only;
}

function lengthAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
}
