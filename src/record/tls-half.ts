/**
 * One direction of a TLS connection: ordered octets in, records out (RFC 9846 §5.1). Bodies are
 * copied only when they can hold plaintext; encrypted ones are skipped by their length. After a
 * hole in the capture, reading resumes at the next packet that begins with a record header.
 */
import { joinOctets } from "../bytes/join.ts";
import type { Hold } from "../flow/budget.ts";
import { type Moment, momentOf } from "../flow/moment.ts";
import { carriersOf, Defragmenter, type HandshakeOctets, type MessageBound, type Span } from "./defragment.ts";
import type { Sealed } from "./sealed.ts";
import { beginsTls, findClientHello, isPlainHello, unfinishedHead } from "./recognise.ts";
import { beginsSslv2, SSLV2_HEADER, sslv2Length } from "./sslv2.ts";
import { CONTENT, isOversized, maybeRecord, mayFollow, RECORD_HEADER, recordLength, recordVersion } from "./tls-record.ts";

/** Receives what one direction says. */
export interface RecordSink {
  handshake(message: HandshakeOctets): void;
  /** A record with one plaintext alert: `[start, end)` is its two octets. */
  alert(bytes: Uint8Array, start: number, end: number, packets: readonly number[], version: number, moment: Moment): void;
  /** A hello in the form of SSL 2.0, its type octet first. */
  sslv2(body: Uint8Array, packets: readonly number[], moment: Moment): void;
  changeCipherSpec(packets: readonly number[], version: number, moment: Moment): void;
  /** A record whose body cannot be read; `length` octets of it. Returns where to keep the record, or `null`. */
  encrypted(content: number, length: number, moment: Moment): Sealed | null;
  /** Octets before the first record, or instead of one. */
  plaintext(bytes: Uint8Array, start: number, end: number, moment: Moment): void;
}

const NOTHING = new Uint8Array(0);
/** What most halves have: shared, so that a half costs little; never changed. */
const NO_SPANS: Span[] = [];
const NO_PIECES: readonly Piece[] = [];
/** Octets of plaintext in which a hello is looked for at every offset; after that, only where packets begin. */
const SEARCHED = 16_384;

/** One direction. */
export class TlsHalf {
  readonly #sink: RecordSink;
  readonly #messages: Defragmenter;
  #mode: "searching" | "sslv2" | "records" | "lost" = "searching";
  #searched = 0;
  /** The last octets of the plaintext so far, if they may be the beginning of a record. */
  #tail: readonly Piece[] = NO_PIECES;
  /** Octets of an encrypted body still to be skipped. */
  #skip = 0;
  /** Where that body is kept. */
  #sealed: Sealed | null = null;
  /** After change_cipher_spec, handshake records are encrypted (RFC 5246 §7.1). */
  #encrypted = false;
  #held: Uint8Array = NOTHING;
  #length = 0;
  #spans = NO_SPANS;
  readonly #charge: Hold;
  /** Octets of the longest record that was collected. */
  #longest = 0;

  /** Messages outside `bound` are not read; `hold` counts the memory for what is collected. */
  constructor(sink: RecordSink, bound?: MessageBound, hold: Hold = () => undefined) {
    this.#sink = sink;
    this.#charge = hold;
    this.#messages = new Defragmenter((message) => sink.handshake(message), bound, hold);
  }

  /** Has a record been seen? */
  get isTls(): boolean {
    return this.#mode !== "searching";
  }

  octets(bytes: Uint8Array, start: number, end: number, carrier: number, moment: Moment): void {
    let at = start;
    if (this.#mode === "searching") at = this.#search(bytes, start, end, carrier, moment);
    else if (this.#mode === "lost") at = this.#recover(bytes, start, end);
    this.#consume(bytes, at, end, carrier, moment);
  }

  /** Takes octets in which a record begins at `start`, or goes on. */
  #consume(bytes: Uint8Array, start: number, end: number, carrier: number, moment: Moment): void {
    let at = start;
    if (this.#mode === "sslv2") at = this.#sslv2(bytes, at, end, carrier, moment);
    while (at < end && this.#mode === "records") {
      if (this.#skip > 0) {
        const passed = Math.min(this.#skip, end - at);
        this.#sealed?.append(bytes, at, at + passed, carrier, moment);
        this.#skip -= passed;
        at += passed;
      } else if (this.#length > 0 || end - at < RECORD_HEADER) {
        at = this.#hold(bytes, at, end, carrier, moment);
      } else {
        at = this.#take(bytes, at, end, carrier, moment);
      }
    }
  }

  /** `length` octets are missing from the capture. */
  gap(length: number): void {
    if (this.#mode !== "records") return;
    const wasHeader = this.#length < RECORD_HEADER;
    const left = this.#skip > 0 ? this.#skip : wasHeader ? 0 : RECORD_HEADER + recordLength(this.#held, 0) - this.#length;
    this.#salvage();
    if (left >= length) this.#skip = left - length;
    else this.#mode = "lost";
  }

  /** Nothing more will come. */
  end(): void {
    if (this.#mode === "records") this.#salvage();
    if (this.#mode !== "searching") return;
    for (const { octets, moment } of this.#tail) this.#sink.plaintext(octets, 0, octets.length, moment);
    this.#tail = NO_PIECES;
  }

  /** Emits what there is of a message whose rest is missing. */
  #salvage(): void {
    if (this.#length > RECORD_HEADER && this.#held[0] === CONTENT.handshake && !this.#encrypted) {
      const moment = this.#heldMoment as Moment;
      this.#messages.record(this.#held, RECORD_HEADER, this.#length, this.#spans, recordVersion(this.#held, 0), moment);
    }
    this.#messages.lose();
    this.#release();
    this.#skip = 0;
    this.#sealed = null;
  }

  /** Where records begin in `[start, end)`, or `end`; considers octets that were held because they may be a beginning. */
  #search(bytes: Uint8Array, start: number, end: number, carrier: number, moment: Moment): number {
    // Long plaintext is another protocol's: from here on, only packets that begin like a record are looked at.
    if (this.#searched >= SEARCHED && this.#tail.length === 0 && !maybeRecord(bytes, start, end)) return end;
    if (this.#tail.length > 0) return this.#searchOn(bytes, start, end, carrier, moment);
    const found = this.#find(bytes, start, end);
    const known = found < 0 ? unfinishedHead(bytes, start, end) : found;
    if (known > start) this.#sink.plaintext(bytes, start, known, moment);
    this.#searched += known - start;
    if (found >= 0) return found;
    if (known < end) this.#tail = [{ octets: bytes.slice(known, end), carrier, moment: momentOf(moment) }];
    return end;
  }

  /** The same with octets that were held. */
  #searchOn(bytes: Uint8Array, start: number, end: number, carrier: number, moment: Moment): number {
    const pieces = [...this.#tail, { octets: bytes.subarray(start, end), carrier, moment }];
    const joined = joinOctets(...pieces.map(({ octets }) => octets));
    const found = this.#findInPieces(joined, pieces);
    const known = found < 0 ? unfinishedHead(joined, 0, joined.length) : found;
    if (known > 0) this.#sink.plaintext(joined, 0, known, moment);
    this.#searched += known;
    const tail: Piece[] = [];
    this.#tail = tail;
    let passed = known;
    for (const piece of pieces) {
      const from = Math.min(passed, piece.octets.length);
      passed -= from;
      const isLast = piece === pieces.at(-1);
      if (found < 0 && from < piece.octets.length)
        tail.push({ ...piece, octets: piece.octets.slice(from), moment: momentOf(piece.moment) });
      else if (found >= 0 && isLast) return start + from;
      else if (found >= 0) this.#consume(piece.octets, from, piece.octets.length, piece.carrier, piece.moment);
    }
    return end;
  }

  /** Like {@link #find}, in joined pieces: what was held may turn out to be the end of a dialogue, and TLS may begin with a later packet. */
  #findInPieces(joined: Uint8Array, pieces: readonly Piece[]): number {
    let start = 0;
    for (const { octets } of pieces) {
      const found = this.#find(joined, start, joined.length);
      if (found >= 0) return found;
      start += octets.length;
    }
    return -1;
  }

  /** Where TLS begins in `[start, end)`; -1 if it does not. */
  #find(octets: Uint8Array, start: number, end: number): number {
    // Also after a dialogue, since all of its lengths must add up.
    const isSslv2 = this.#searched < SEARCHED && beginsSslv2(octets, start, end);
    const within = this.#searched < SEARCHED ? start + 1 : end;
    const at = isSslv2 || beginsTls(octets, start, end) ? start : findClientHello(octets, within, end);
    if (at >= 0) this.#mode = isSslv2 ? "sslv2" : "records";
    return at;
  }

  /** After a hole in the capture: `start` if a record begins there, otherwise `end`. */
  #recover(bytes: Uint8Array, start: number, end: number): number {
    if (end - start < RECORD_HEADER || !maybeRecord(bytes, start, end)) return end;
    this.#mode = "records";
    return start;
  }

  /** Collects a hello of SSL 2.0; it is followed by records, or by the ciphertext of SSL 2.0. */
  #sslv2(bytes: Uint8Array, at: number, end: number, carrier: number, moment: Moment): number {
    let from = this.#append(bytes, at, end, SSLV2_HEADER, carrier);
    const whole = SSLV2_HEADER + sslv2Length(this.#held, 0);
    from = this.#append(bytes, from, end, whole, carrier);
    if (this.#length < whole) return end;
    const body = this.#held.slice(SSLV2_HEADER, whole);
    const packets = this.#spans.map((span) => span.carrier);
    this.#release();
    this.#mode = "records";
    this.#sink.sslv2(body, [...new Set(packets)], moment);
    return from;
  }

  /** Takes a record whose header lies completely in `[at, end)`. */
  #take(bytes: Uint8Array, at: number, end: number, carrier: number, moment: Moment): number {
    if (!maybeRecord(bytes, at, end) && !this.#mayFollow(bytes, at, end)) {
      if (!isOversized(bytes, at, end)) return this.#derail(end);
      // Its length is reported, because the other side will end the connection over it.
      this.#sink.encrypted(bytes[at] as number, recordLength(bytes, at), moment);
      this.#skip = recordLength(bytes, at);
      return at + RECORD_HEADER;
    }
    const length = recordLength(bytes, at);
    const type = bytes[at] as number;
    if (!mayBePlaintext(type, length)) {
      this.#passOver(bytes, at, spanOf(RECORD_HEADER, carrier), moment);
      return at + RECORD_HEADER;
    }
    const after = at + RECORD_HEADER + length;
    if (after > end) return this.#hold(bytes, at, end, carrier, moment);
    this.#record(bytes, at, after, spanOf(after, carrier), moment);
    return after;
  }

  #mayFollow(bytes: Uint8Array, at: number, end: number): boolean {
    return !this.#encrypted && mayFollow(bytes, at, end);
  }

  #heldMoment: Moment | null = null;

  /** Collects a record that ends in a later packet, or whose header does. */
  #hold(bytes: Uint8Array, at: number, end: number, carrier: number, moment: Moment): number {
    let from = at;
    this.#heldMoment = momentOf(moment);
    if (this.#length < RECORD_HEADER) {
      from = this.#append(bytes, from, end, RECORD_HEADER, carrier);
      if (!maybeRecord(this.#held, 0, this.#length) && !this.#mayFollow(this.#held, 0, this.#length)) return this.#derail(end);
      if (this.#length < RECORD_HEADER) return from;
      const type = this.#held[0] as number;
      const length = recordLength(this.#held, 0);
      if (!mayBePlaintext(type, length)) {
        this.#passOver(this.#held, 0, this.#spans, moment);
        this.#release();
        return from;
      }
    }
    const whole = RECORD_HEADER + recordLength(this.#held, 0);
    from = this.#append(bytes, from, end, whole, carrier);
    if (this.#length === whole) {
      this.#record(this.#held, 0, whole, this.#spans, moment);
      this.#release();
    }
    return from;
  }

  /** Takes the header of an encrypted record at `at`: its body will be skipped. */
  #passOver(bytes: Uint8Array, at: number, spans: readonly Span[], moment: Moment): void {
    const length = recordLength(bytes, at);
    this.#sealed = this.#sink.encrypted(bytes[at] as number, length, moment);
    if (this.#sealed !== null) keep(this.#sealed, bytes, at, at + RECORD_HEADER, spans, moment);
    this.#skip = length;
  }

  /** Collects octets until there are `wanted`; returns the offset where it stopped. */
  #append(bytes: Uint8Array, at: number, end: number, wanted: number, carrier: number): number {
    const until = Math.min(end, at + wanted - this.#length);
    if (until <= at) return at;
    if (wanted > this.#held.length) {
      if (wanted > this.#longest) {
        this.#charge(wanted - this.#longest);
        this.#longest = wanted;
      }
      const grown = new Uint8Array(wanted);
      grown.set(this.#held.subarray(0, this.#length));
      this.#held = grown;
    }
    this.#held.set(bytes.subarray(at, until), this.#length);
    this.#length += until - at;
    if (this.#spans === NO_SPANS) this.#spans = [];
    this.#spans.push({ end: this.#length, carrier });
    return until;
  }

  #release(): void {
    this.#length = 0;
    this.#spans = NO_SPANS;
    this.#held = NOTHING;
  }

  /** What is here is not a record: looks for the next one where a packet begins. */
  #derail(end: number): number {
    this.#messages.lose();
    this.#release();
    this.#mode = "lost";
    return end;
  }

  /** Takes the record `[at, after)`, header included. */
  #record(bytes: Uint8Array, at: number, after: number, spans: readonly Span[], moment: Moment): void {
    const body = at + RECORD_HEADER;
    const version = recordVersion(bytes, at);
    switch (bytes[at]) {
      case CONTENT.alert:
        this.#sink.alert(bytes, body, after, carriersOf(spans, at, after), version, moment);
        return;
      case CONTENT.changeCipherSpec:
        this.#encrypted = true;
        this.#sink.changeCipherSpec(carriersOf(spans, at, after), version, moment);
        return;
      default:
        const isHidden = this.#encrypted && !this.#messages.pending && !isPlainHello(bytes, body, after, after - body);
        if (isHidden || !this.#messages.record(bytes, body, after, spans, version, moment)) {
          const sealed = this.#sink.encrypted(CONTENT.handshake, after - body, moment);
          if (sealed !== null) keep(sealed, bytes, at, after, spans, moment);
        }
    }
  }
}

/** The span of what came in a single packet, like most records: one list that is reused, so nobody may keep it. */
function spanOf(end: number, carrier: number): readonly Span[] {
  alone[0].end = end;
  alone[0].carrier = carrier;
  return alone;
}

const alone: [{ end: number; carrier: number }] = [{ end: 0, carrier: 0 }];

/** Keeps `[at, end)`; the `spans` of a whole record count from where its octets begin in `bytes`. */
function keep(sealed: Sealed, bytes: Uint8Array, at: number, end: number, spans: readonly Span[], moment: Moment): void {
  let from = at;
  for (const span of spans) {
    const until = spans.length === 1 ? end : Math.min(span.end, end);
    if (until > from) sealed.append(bytes, from, until, span.carrier, moment);
    from = Math.max(from, until);
  }
}

interface Piece {
  readonly octets: Uint8Array;
  readonly carrier: number;
  readonly moment: Moment;
}

/** Application data, and anything longer than one alert or change_cipher_spec, is never plaintext that we read. */
function mayBePlaintext(type: number, length: number): boolean {
  if (type === CONTENT.handshake) return true;
  return (type === CONTENT.alert && length === 2) || (type === CONTENT.changeCipherSpec && length === 1);
}
