/**
 * One direction of a TCP connection: segments in, octets in sequence order out (RFC 9293 §3.10).
 * Where two segments carry different octets for the same place, the first one wins. What never
 * arrives is told as a gap once waiting for it has become pointless.
 */
import { LIMITS } from "../fault/limits.ts";
import { momentOf, type Moment } from "./moment.ts";

/** Who receives the ordered octets of one direction. */
export interface OctetReceiver {
  /**
   * Octets `[start, end)` of `bytes`, valid only during the call. `carrier` is the number of the packet that carried
   * them, `moment` the packet whose arrival made them readable in order.
   */
  octets(bytes: Uint8Array, start: number, end: number, carrier: number, moment: Moment): void;
  /** `length` octets are missing here; lost if the peer shows that they did not reach it either, else only the capture lacks them. */
  gap(length: number, moment: Moment, isLost: boolean): void;
}

interface Queued {
  sequence: number;
  readonly bytes: Uint8Array;
  readonly missing: number;
  readonly moment: Moment;
}

/** What a segment was, as its connection's history should know it. */
export type SegmentKind = "new" | "retransmission";

/** Octets queued out of order in all connections together; the table owns it, each half counts into it. */
export interface QueueBudget {
  octets: number;
}

const ACKED_SEGMENTS = 64;
/** A sequence number further away than this does not belong to the same connection. */
const FAR = 1 << 24;

export class TcpHalf {
  readonly #receiver: OctetReceiver;
  readonly #budget: QueueBudget;
  #queue: Queued[] = [];
  #queuedOctets = 0;
  #known = false;
  #started = false;
  #next = 0;
  /** The peer has acknowledged up to here, beyond all that was delivered, and when it said so. */
  #claimed: { readonly next: number; readonly moment: Moment } | null = null;
  /** What the peer acknowledged last, and in which packet; 0 before it has. */
  #acknowledgment = 0;
  #acknowledgedIn = 0;
  /** Other sequence numbers that a repeated SYN proposed before any data came. */
  #others: number[] = [];

  constructor(receiver: OctetReceiver, budget: QueueBudget) {
    this.#receiver = receiver;
    this.#budget = budget;
  }

  /** Has data been delivered? */
  get started(): boolean {
    return this.#started;
  }

  /** A SYN was seen: the next octet has `next` as its number. */
  synchronize(next: number): void {
    if (this.#started) return;
    if (this.#known && this.#next !== next) this.#others.push(this.#next);
    this.#known = true;
    this.#next = next | 0;
  }

  /** A segment without data tells where the next octet will be. */
  observe(sequence: number): void {
    if (this.#known) return;
    this.#known = true;
    this.#next = sequence | 0;
  }

  /** Does `sequence` lie where this connection cannot be? */
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
    if (end - start + missing + ahead <= 0) return "retransmission";
    this.#deliver(bytes, Math.min(start - ahead, end), end, missing + Math.min(0, end - start + ahead), moment.number, moment);
    if (this.#queue.length > 0) this.#drain(moment);
    return "new";
  }

  /** The peer acknowledged up to `acknowledgment`: what it has received need not be waited for much longer. */
  acknowledged(acknowledgment: number, moment: Moment): void {
    this.#acknowledgment = acknowledgment;
    this.#acknowledgedIn = moment.number;
    const ahead = (acknowledgment - this.#next) | 0;
    if (ahead <= 0) return;
    if (this.#queue.length > ACKED_SEGMENTS) this.#skipGap(moment);
    // One octet more is the FIN.
    if (!this.#known || ahead === 1 || ahead > FAR || this.#others.length > 0) return;
    if (this.#claimed === null || ((acknowledgment - this.#claimed.next) | 0) > 0)
      this.#claimed = { next: acknowledgment | 0, moment: momentOf(moment) };
  }

  /** No more segments will come: delivers what is queued, gaps told; also one at the end, of what the peer has received. */
  flush(): void {
    while (this.#queue.length > 0) this.#skipGap();
    if (this.#claimed === null) return;
    const { next, moment } = this.#claimed;
    const length = (next - this.#next) | 0;
    this.#claimed = null;
    if (length <= 1) return;
    this.#next = next;
    this.#receiver.gap(length, moment, false);
  }

  /** Forgets what is queued. */
  drop(): void {
    this.#budget.octets -= this.#queuedOctets;
    this.#queuedOctets = 0;
    this.#queue = [];
    this.#claimed = null;
  }

  #settle(sequence: number): void {
    const distance = (next: number): number => Math.abs((sequence - next) | 0);
    for (const other of this.#others) if (distance(other) < distance(this.#next)) this.#next = other;
    this.#others = [];
  }

  #deliver(bytes: Uint8Array, start: number, end: number, missing: number, carrier: number, moment: Moment): void {
    this.#started = true;
    this.#next = (this.#next + (end - start) + missing) | 0;
    if (end > start) this.#receiver.octets(bytes, start, end, carrier, moment);
    if (missing > 0) this.#receiver.gap(missing, moment, false);
  }

  #enqueue(sequence: number, bytes: Uint8Array, start: number, end: number, missing: number, moment: Moment): void {
    const queue = this.#queue;
    let place = queue.length;
    while (place > 0 && (((queue[place - 1] as Queued).sequence - sequence) | 0) > 0) place--;
    queue.splice(place, 0, { sequence: sequence | 0, bytes: bytes.slice(start, end), missing, moment: momentOf(moment) });
    this.#queuedOctets += end - start;
    this.#budget.octets += end - start;
    if (
      queue.length > LIMITS.queuedSegments ||
      this.#queuedOctets > LIMITS.queuedOctets ||
      this.#budget.octets > LIMITS.queuedOctetsInAll
    ) {
      this.#skipGap();
    }
  }

  #skipGap(moment?: Moment): void {
    const first = this.#queue[0];
    if (first === undefined) return;
    const length = (first.sequence - this.#next) | 0;
    if (length > 0) {
      const isLost = this.#acknowledgedIn > first.moment.number && ((this.#acknowledgment - this.#next) | 0) <= 0;
      this.#next = first.sequence;
      this.#started = true;
      this.#receiver.gap(length, moment ?? first.moment, isLost);
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
      this.#budget.octets -= bytes.length;
      if (bytes.length + missing + ahead <= 0) continue;
      this.#deliver(
        bytes,
        Math.min(-ahead, bytes.length),
        bytes.length,
        missing + Math.min(0, bytes.length + ahead),
        own.number,
        moment ?? own,
      );
    }
    if (taken > 0) queue.splice(0, taken);
  }
}
