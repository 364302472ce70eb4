/**
 * One direction of a TCP connection: segments in, octets in sequence order out (RFC 9293 §3.10).
 * Where two segments carry different octets for the same place, the first one wins. What never
 * arrives is reported as a gap once waiting for it has become pointless.
 */
import { LIMITS } from "../fault/limits.ts";
import type { Budget, Waiting } from "./budget.ts";
import { FirstOctets } from "./first-octets.ts";
import { momentOf, type Moment } from "./moment.ts";
import type { SideIndex } from "./pair.ts";

/** Who receives the ordered octets of both directions. */
export interface OctetReceiver {
  /**
   * Octets `[start, end)` of `bytes` from `side`, valid only during the call. `carrier` is the number of the packet that carried
   * them, `moment` the packet whose arrival made them readable in order.
   */
  octets(side: SideIndex, bytes: Uint8Array, start: number, end: number, carrier: number, moment: Moment): void;
  /** `length` octets of `side` are missing here; lost if the peer shows that they did not reach it either, else only the capture lacks them. */
  gap(side: SideIndex, length: number, moment: Moment, isLost: boolean): void;
}

interface Queued {
  sequence: number;
  readonly bytes: Uint8Array;
  readonly missing: number;
  readonly moment: Moment;
}

/** What a segment was, as its connection's history should know it. */
export type SegmentKind = "new" | "retransmission";

const ACKED_SEGMENTS = 64;
/** Octets of overhead that a queued segment takes besides its data. */
const SEGMENT_COST = 256;
/** Octets of the longest segment: one that covers a place begins at most this far before it. */
const LONGEST = 65_535;
/** Sequence numbers that repeated SYNs may propose: no honest peer changes its mind more often. */
const PROPOSALS = 8;
/** A sequence number further away than this does not belong to the same connection. */
const FAR = 1 << 24;

/** The queue of most halves: shared, so that a half costs little, and never changed. */
const EMPTY: Queued[] = [];
const NONE: readonly number[] = [];

/** One direction of one connection. */
export class TcpHalf implements Waiting {
  /** Segments that repeated octets with contents other than those that came first. */
  rewritten = 0;
  readonly #receiver: OctetReceiver;
  readonly #side: SideIndex;
  readonly #budget: Budget;
  #first: FirstOctets | null = null;
  #queue: Queued[] = EMPTY;
  #queuedOctets = 0;
  #known = false;
  #started = false;
  /** Sequence numbers of the first octet, and of the next one that is expected. */
  #start = 0;
  #next = 0;
  /** The peer has acknowledged up to here, beyond all that was delivered, and when it said so. */
  #claimed: { readonly next: number; readonly moment: Moment } | null = null;
  /** What the peer acknowledged last, and in which packet; 0 before it has. */
  #acknowledgment = 0;
  #acknowledgedIn = 0;
  /** Other sequence numbers that a repeated SYN proposed before any data came. */
  #others: readonly number[] = NONE;

  constructor(receiver: OctetReceiver, side: SideIndex, budget: Budget) {
    this.#receiver = receiver;
    this.#side = side;
    this.#budget = budget;
  }

  /** Has data been delivered? */
  get started(): boolean {
    return this.#started;
  }

  /** A SYN was seen: the next octet has `next` as its number. */
  synchronize(next: number): void {
    if (this.#started) return;
    if (this.#known && this.#next !== next && this.#others.length < PROPOSALS) this.#others = [...this.#others, this.#next];
    this.#known = true;
    this.#start = this.#next = next | 0;
  }

  /** A segment without data shows where the next octet will be. */
  observe(sequence: number): void {
    if (this.#known) return;
    this.#known = true;
    this.#start = this.#next = sequence | 0;
  }

  /** Does the stream begin with this sequence number? */
  beginsWith(sequence: number): boolean {
    return this.#known && this.#start === (sequence | 0);
  }

  /** Is `sequence` too far away to belong to this connection? */
  isFar(sequence: number): boolean {
    return this.#known && Math.abs((sequence - this.#next) | 0) > FAR;
  }

  /** Takes a segment's payload: `[start, end)` captured, `missing` more on the wire. */
  segment(sequence: number, bytes: Uint8Array, start: number, end: number, missing: number, moment: Moment): SegmentKind {
    if (!this.#known) this.observe(sequence);
    if (!this.#started && this.#others.length > 0) this.#settle(sequence);
    const ahead = (sequence - this.#next) | 0;
    if (ahead > 0) {
      this.#enqueue(sequence, bytes, start, end, missing, moment);
      return "new";
    }
    if (ahead < 0) this.#compare(sequence, bytes, start, Math.min(end, start - ahead));
    if (end - start + missing + ahead <= 0) return "retransmission";
    this.#deliver(bytes, Math.min(start - ahead, end), end, missing + Math.min(0, end - start + ahead), moment.number, moment);
    if (this.#queue.length > 0) this.#drain(moment);
    return "new";
  }

  /** The peer acknowledged up to `acknowledgment`: what it has received will not be sent again, so it need not be waited for much longer. */
  acknowledged(acknowledgment: number, moment: Moment): void {
    this.#acknowledgment = acknowledgment | 0;
    this.#acknowledgedIn = moment.number;
    const ahead = (acknowledgment - this.#next) | 0;
    if (ahead <= 0) return;
    if (this.#queue.length > ACKED_SEGMENTS) this.#skipGap(moment);
    // One octet more is the FIN.
    if (!this.#known || ahead === 1 || ahead > FAR || this.#others.length > 0) return;
    if (this.#claimed === null || ((acknowledgment - this.#claimed.next) | 0) > 0)
      this.#claimed = { next: acknowledgment | 0, moment: momentOf(moment) };
  }

  /** No more segments will come: delivers what is queued and reports the gaps, including one at the end for what the peer acknowledged. */
  flush(): void {
    while (this.#queue.length > 0) this.#skipGap();
    if (this.#claimed === null) return;
    const { next, moment } = this.#claimed;
    const length = (next - this.#next) | 0;
    this.#claimed = null;
    if (length <= 1) return;
    this.#next = next;
    this.#receiver.gap(this.#side, length, moment, false);
  }

  /** Forgets what is queued. */
  drop(): void {
    if (this.#queue.length > 0) {
      this.#budget.octets -= this.#queuedOctets + SEGMENT_COST * this.#queue.length;
      this.#budget.leave(this);
      for (const { bytes } of this.#queue) this.#budget.rooms.free(bytes);
    }
    this.#queuedOctets = 0;
    this.#queue = EMPTY;
    this.#claimed = null;
  }

  giveUp(): void {
    this.#budget.abandoned++;
    this.#skipGap();
  }

  #settle(sequence: number): void {
    const distance = (next: number): number => Math.abs((sequence - next) | 0);
    for (const other of this.#others) if (distance(other) < distance(this.#next)) this.#start = this.#next = other;
    this.#others = NONE;
  }

  #deliver(bytes: Uint8Array, start: number, end: number, missing: number, carrier: number, moment: Moment): void {
    this.#started = true;
    if (end > start) (this.#first ??= new FirstOctets(this.#budget.ring)).keep(this.#next, bytes, start, end);
    this.#next = (this.#next + (end - start) + missing) | 0;
    if (end > start) this.#receiver.octets(this.#side, bytes, start, end, carrier, moment);
    if (missing > 0) this.#receiver.gap(this.#side, missing, moment, false);
  }

  #enqueue(sequence: number, bytes: Uint8Array, start: number, end: number, missing: number, moment: Moment): void {
    if (this.#queue === EMPTY) this.#queue = [];
    const queue = this.#queue;
    let place = queue.length;
    while (place > 0 && (((queue[place - 1] as Queued).sequence - sequence) | 0) > 0) place--;
    const octets = this.#budget.rooms.copy(bytes, start, end);
    this.#defer(sequence, octets, place);
    if (queue.length === 0) this.#budget.join(this);
    queue.splice(place, 0, { sequence: sequence | 0, bytes: octets, missing, moment: momentOf(moment) });
    this.#queuedOctets += octets.length;
    this.#budget.octets += octets.length + SEGMENT_COST;
    if (queue.length > LIMITS.queuedSegments || this.#queuedOctets > this.#budget.bounds.queuedOctets) this.giveUp();
    else this.#budget.relieve();
  }

  /** Where queued segments overlap the one that is to stand at `place`, it takes over their octets: they came first. */
  #defer(sequence: number, octets: Uint8Array, place: number): void {
    let differs = false;
    const take = (other: Queued): void => {
      const ahead = (other.sequence - sequence) | 0;
      const until = Math.min(octets.length, ahead + other.bytes.length);
      for (let at = Math.max(0, ahead); at < until; at++) {
        const octet = other.bytes[at - ahead] as number;
        if (octets[at] !== octet) differs = true;
        octets[at] = octet;
      }
    };
    const queue = this.#queue;
    for (let at = place - 1; at >= 0 && ((sequence - (queue[at] as Queued).sequence) | 0) < LONGEST; at--) take(queue[at] as Queued);
    for (let at = place; at < queue.length && (((queue[at] as Queued).sequence - sequence) | 0) < octets.length; at++)
      take(queue[at] as Queued);
    if (differs) this.rewritten++;
  }

  /** A single octet may be a keep-alive probe (RFC 9293 §3.8.4), which may have any value. */
  #compare(sequence: number, bytes: Uint8Array, start: number, end: number): void {
    if (end - start > 1 && this.#first?.differs(sequence, bytes, start, end) === true) this.rewritten++;
  }

  #skipGap(moment?: Moment): void {
    const first = this.#queue[0];
    if (first === undefined) return;
    const length = (first.sequence - this.#next) | 0;
    if (length > 0) {
      const isLost = this.#acknowledgedIn > first.moment.number && ((this.#acknowledgment - this.#next) | 0) <= 0;
      this.#next = first.sequence;
      this.#started = true;
      this.#receiver.gap(this.#side, length, moment ?? first.moment, isLost);
    }
    this.#drain(moment);
  }

  /** Delivers what has become contiguous; `moment` is the arrival that made it so, each segment's own if absent. */
  #drain(moment?: Moment): void {
    const queue = this.#queue;
    let taken = 0;
    for (; taken < queue.length; taken++) {
      const { sequence, bytes, missing, moment: own } = queue[taken] as Queued;
      const ahead = (sequence - this.#next) | 0;
      if (ahead > 0) break;
      this.#queuedOctets -= bytes.length;
      this.#budget.octets -= bytes.length + SEGMENT_COST;
      if (ahead < 0) this.#compare(sequence, bytes, 0, Math.min(bytes.length, -ahead));
      if (bytes.length + missing + ahead > 0)
        this.#deliver(
          bytes,
          Math.min(-ahead, bytes.length),
          bytes.length,
          missing + Math.min(0, bytes.length + ahead),
          own.number,
          moment ?? own,
        );
      this.#budget.rooms.free(bytes);
    }
    if (taken === queue.length) {
      if (taken > 0) this.#budget.leave(this);
      this.#queue = EMPTY;
    } else if (taken > 0) queue.splice(0, taken);
  }
}
