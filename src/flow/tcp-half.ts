/**
 * One direction of a TCP connection: segments in, octets in sequence order out (RFC 9293 §3.10).
 * Where two segments carry different octets for the same place, the first one wins. What never
 * arrives is told as a gap once waiting for it has become pointless.
 */
import { type Bounds, LIMITS } from "../fault/limits.ts";
import { momentOf, type Moment } from "./moment.ts";
import type { SideIndex } from "./pair.ts";

/** Who receives the ordered octets of both directions. */
export interface OctetReceiver {
  /**
   * Octets `[start, end)` of `bytes` from `side`, valid only during the call. `carrier` is the number of the packet that carried
   * them, `moment` the packet whose arrival made them readable in order.
   */
  octets(side: SideIndex, bytes: Uint8Array, start: number, end: number, carrier: number, moment: Moment): void;
  /** `length` octets of `side` are missing here. */
  gap(side: SideIndex, length: number, moment: Moment): void;
}

interface Queued {
  sequence: number;
  readonly bytes: Uint8Array;
  readonly missing: number;
  readonly moment: Moment;
}

/** What a segment was, as its connection's history should know it. */
export type SegmentKind = "new" | "retransmission";

/** What may be queued out of order; the table owns it, and each half of its connections counts into it. */
export interface QueueBudget extends Pick<Bounds, "queuedOctets" | "queuedOctetsInAll"> {
  /** Octets that are queued in all connections together. */
  octets: number;
  /** How often too much was queued, so that a hole was no longer waited for. */
  exceeded: number;
}

const ACKED_SEGMENTS = 64;
/** A sequence number further away than this does not belong to the same connection. */
const FAR = 1 << 24;

/** What most halves have: shared, so that a half costs little; never changed. */
const EMPTY: Queued[] = [];
const NONE: readonly number[] = [];

export class TcpHalf {
  readonly #receiver: OctetReceiver;
  readonly #side: SideIndex;
  readonly #budget: QueueBudget;
  #queue: Queued[] = EMPTY;
  #queuedOctets = 0;
  #known = false;
  #started = false;
  #next = 0;
  /** The peer has acknowledged up to here, beyond all that was delivered, and when it said so. */
  #claimed: { readonly next: number; readonly moment: Moment } | null = null;
  /** Other sequence numbers that a repeated SYN proposed before any data came. */
  #others: readonly number[] = NONE;

  constructor(receiver: OctetReceiver, side: SideIndex, budget: QueueBudget) {
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
    if (this.#known && this.#next !== next) this.#others = [...this.#others, this.#next];
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
    this.#receiver.gap(this.#side, length, moment);
  }

  /** Forgets what is queued. */
  drop(): void {
    this.#budget.octets -= this.#queuedOctets;
    this.#queuedOctets = 0;
    this.#queue = EMPTY;
    this.#claimed = null;
  }

  #settle(sequence: number): void {
    const distance = (next: number): number => Math.abs((sequence - next) | 0);
    for (const other of this.#others) if (distance(other) < distance(this.#next)) this.#next = other;
    this.#others = NONE;
  }

  #deliver(bytes: Uint8Array, start: number, end: number, missing: number, carrier: number, moment: Moment): void {
    this.#started = true;
    this.#next = (this.#next + (end - start) + missing) | 0;
    if (end > start) this.#receiver.octets(this.#side, bytes, start, end, carrier, moment);
    if (missing > 0) this.#receiver.gap(this.#side, missing, moment);
  }

  #enqueue(sequence: number, bytes: Uint8Array, start: number, end: number, missing: number, moment: Moment): void {
    if (this.#queue === EMPTY) this.#queue = [];
    const queue = this.#queue;
    let place = queue.length;
    while (place > 0 && (((queue[place - 1] as Queued).sequence - sequence) | 0) > 0) place--;
    queue.splice(place, 0, { sequence: sequence | 0, bytes: bytes.slice(start, end), missing, moment: momentOf(moment) });
    this.#queuedOctets += end - start;
    this.#budget.octets += end - start;
    if (
      queue.length > LIMITS.queuedSegments ||
      this.#queuedOctets > this.#budget.queuedOctets ||
      this.#budget.octets > this.#budget.queuedOctetsInAll
    ) {
      this.#budget.exceeded++;
      this.#skipGap();
    }
  }

  #skipGap(moment?: Moment): void {
    const first = this.#queue[0];
    if (first === undefined) return;
    const length = (first.sequence - this.#next) | 0;
    if (length > 0) {
      this.#next = first.sequence;
      this.#started = true;
      this.#receiver.gap(this.#side, length, moment ?? first.moment);
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
    if (taken === queue.length) this.#queue = EMPTY;
    else if (taken > 0) queue.splice(0, taken);
  }
}
