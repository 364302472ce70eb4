/**
 * One TCP connection: its two directions, and the transport events on which a diagnosis rests.
 * Side 0 is the sender of the first packet seen; who is the TLS client is decided later.
 */
import { LIMITS } from "../fault/limits.ts";
import { TCP_FLAG, type Layers } from "../packet/layers.ts";
import { type Budget, Share } from "./budget.ts";
import { Endpoints } from "./flow-index.ts";
import { type Moment, momentOf } from "./moment.ts";
import type { Pair, SideIndex } from "./pair.ts";
import { type OctetReceiver, TcpHalf } from "./tcp-half.ts";

/** A transport event, while it is not yet known which side is the client. */
export interface FlowEvent {
  readonly kind:
    | "syn"
    | "syn-ack"
    | "fin"
    | "rst"
    | "retransmission"
    | "gap"
    | "segment"
    | "ack"
    | "retry"
    | "version-negotiation"
    | "connection-close";
  readonly side: SideIndex;
  readonly moment: Moment;
  readonly ttl?: number;
  /** In octets; for `ack`, how many of the other side's first octets have arrived. */
  readonly length?: number;
  /** `gap` only: the octets did not reach the peer either. */
  readonly isLost?: true;
  /** `connection-close` only: QUIC's error code. */
  readonly code?: number;
  /** `connection-close` only: the reason, as sent. */
  readonly octets?: Uint8Array;
}

/** Who reads the ordered octets of a connection. */
export interface StreamListener {
  octets(side: SideIndex, bytes: Uint8Array, start: number, end: number, carrier: number, moment: Moment): void;
  gap(side: SideIndex, length: number, moment: Moment): void;
  /** Everything of interest has been read: later octets need not be put in order any more. */
  readonly done: boolean;
}

/** Acknowledgments kept of a side that has not sent anything yet. */
const ACK_EVENTS = 4;

/** Transport events that may be segments; the rest of the limit is kept free for what comes later. */
const SEGMENT_EVENTS = Math.floor(LIMITS.events / 2);

/** Flags for which a packet must always be looked at. */
const NEWS = TCP_FLAG.syn | TCP_FLAG.fin | TCP_FLAG.rst;

/** Octets of memory that a connection takes by itself, and that each event kept of it takes. */
const FLOW_COST = 2_048;
const EVENT_COST = 160;

/** A connection with its reader. */
export class Flow<L extends StreamListener = StreamListener> extends Endpoints implements OctetReceiver {
  /** Number of the connection within the capture, from 0. */
  readonly stream: number;
  /** When the last packet came, in microseconds since 1970. */
  lastTime = 0;
  listener: L | null = null;
  readonly events: FlowEvent[] = [];
  /** Has a packet of side 1 been seen? One of side 0 has, or the connection would not be known. */
  isAnswered = false;
  /** Side that sent a SYN without ACK, if one was seen. */
  opener: SideIndex | null = null;
  /** Has it ended: with a FIN of both sides, or a reset of one? */
  closed = false;
  /** The memory it takes. */
  readonly share: Share;
  readonly #halves: readonly [TcpHalf, TcpHalf];
  readonly #syn: [number | null, number | null] = [null, null];
  /** Has everything of interest been read? */
  #isDecided = false;
  #fins = 0;
  #segments = 0;
  #acks = 0;
  #acked = 0;

  constructor(pair: Pair, stream: number, budget: Budget) {
    super(pair);
    this.stream = stream;
    this.share = new Share(budget);
    this.share.hold(FLOW_COST);
    this.#halves = [new TcpHalf(this, 0, budget), new TcpHalf(this, 1, budget)];
  }

  /** Segments that repeated octets with contents other than those that came first, which are the ones that count. */
  get rewritten(): number {
    return this.#halves[0].rewritten + this.#halves[1].rewritten;
  }

  /** Does this packet begin another connection between the same ports? */
  isSuccessor(side: SideIndex, layers: Layers): boolean {
    const { flags, sequence } = layers;
    if ((flags & TCP_FLAG.syn) === 0 && !this.closed) return false;
    if (flags & TCP_FLAG.rst) return false;
    const half = this.#halves[side];
    if (flags & TCP_FLAG.syn) {
      if (this.#syn[side] === sequence) return false;
      // A SYN that was captured after the data that follows it: a new connection would not begin with the same number.
      if (this.#syn[side] === null && half.beginsWith(sequence + 1)) return false;
      return (flags & TCP_FLAG.ack) === 0 ? this.#syn[side] !== null || this.#anyStarted : half.started && half.isFar(sequence);
    }
    return half.started && layers.payloadEnd > layers.payloadStart && half.isFar(sequence);
  }

  /**
   * Takes a packet of `side` in which nothing can be of interest, like most in a capture of downloads: everything needed has been read,
   * and the connection goes on. Returns false if the packet has to be looked at.
   */
  passes(side: SideIndex, { flags }: Layers, moment: Moment): boolean {
    if (!this.#isDecided || this.closed || (flags & NEWS) !== 0) return false;
    this.lastSeen = moment.number;
    this.lastTime = moment.time;
    if (side === 1) this.isAnswered = true;
    return true;
  }

  /** Takes one packet of `side`; `open` makes the listener when the first payload comes. */
  packet(side: SideIndex, layers: Layers, moment: Moment, open: (flow: this) => L): void {
    const { flags } = layers;
    const half = this.#halves[side];
    this.lastSeen = moment.number;
    if (side === 1) this.isAnswered = true;
    this.lastTime = moment.time;
    let { sequence } = layers;
    if (flags & TCP_FLAG.syn) {
      this.#synchronize(side, layers, moment);
      sequence = (sequence + 1) | 0;
    }
    const length = layers.payloadEnd - layers.payloadStart;
    const listening = !this.#isDecided;
    if (listening && flags & TCP_FLAG.ack) this.#halves[side === 0 ? 1 : 0].acknowledged(layers.acknowledgment, moment);
    if (listening && length + layers.missing > 0 && (flags & TCP_FLAG.rst) === 0) {
      const listener = (this.listener ??= open(this));
      this.#remember("segment", side, layers, moment);
      const kind = half.segment(sequence, layers.bytes, layers.payloadStart, layers.payloadEnd, layers.missing, moment);
      if (kind === "retransmission" && length > 1) this.#remember("retransmission", side, layers, moment);
      if (listener.done) {
        this.#isDecided = true;
        this.drop();
      }
    } else if (length === 0) {
      half.observe(sequence);
      if (listening && (flags & (TCP_FLAG.ack | TCP_FLAG.syn | TCP_FLAG.rst)) === TCP_FLAG.ack) this.#acknowledge(side, layers, moment);
    }
    if ((flags & (TCP_FLAG.fin | TCP_FLAG.rst)) === 0) return;
    if (flags & TCP_FLAG.fin) this.#finish(side, layers, moment);
    if (flags & TCP_FLAG.rst) this.#abort(side, layers, moment);
  }

  /** Ordered octets of a side, for the listener. */
  octets(side: SideIndex, bytes: Uint8Array, start: number, end: number, carrier: number, moment: Moment): void {
    this.listener?.octets(side, bytes, start, end, carrier, moment);
  }

  /** A hole in a side's octets, for the listener and the history. */
  gap(side: SideIndex, length: number, moment: Moment, isLost: boolean): void {
    if (this.events.length < LIMITS.events)
      this.events.push({ kind: "gap", side, moment: momentOf(moment), length, ...(isLost ? { isLost } : {}) });
    this.listener?.gap(side, length, moment);
  }

  /** No more packets: delivers what is queued. */
  flush(): void {
    if (this.listener?.done === true) this.drop();
    for (const half of this.#halves) half.flush();
  }

  /** Frees what is queued. */
  drop(): void {
    for (const half of this.#halves) half.drop();
  }

  get #anyStarted(): boolean {
    return this.#halves[0].started || this.#halves[1].started;
  }

  #synchronize(side: SideIndex, layers: Layers, moment: Moment): void {
    const answer = (layers.flags & TCP_FLAG.ack) !== 0;
    if (!answer) this.opener ??= side;
    else this.opener ??= side === 0 ? 1 : 0;
    this.#syn[side] = layers.sequence;
    this.#halves[side].synchronize(layers.sequence + 1);
    this.#remember(answer ? "syn-ack" : "syn", side, layers, moment);
  }

  /** While a side has not said anything, its acknowledgments show how much of the other's first octets reached it. */
  #acknowledge(side: SideIndex, layers: Layers, moment: Moment): void {
    const start = this.#syn[side === 0 ? 1 : 0];
    if (start === null || this.#halves[side].started || this.#acks === ACK_EVENTS || this.events.length >= LIMITS.events) return;
    const length = (layers.acknowledgment - start - 1) | 0;
    if (length <= this.#acked || !this.#halves[side === 0 ? 1 : 0].started) return;
    this.#acks++;
    this.#acked = length;
    this.events.push({ kind: "ack", side, moment: momentOf(moment), ttl: layers.ttl, length });
  }

  #finish(side: SideIndex, layers: Layers, moment: Moment): void {
    if (this.#fins & (side + 1)) return;
    this.#fins |= side + 1;
    if (this.#fins === 3) this.closed = true;
    this.#remember("fin", side, layers, moment);
  }

  #abort(side: SideIndex, layers: Layers, moment: Moment): void {
    this.closed = true;
    this.#remember("rst", side, layers, moment);
  }

  #remember(kind: FlowEvent["kind"], side: SideIndex, layers: Layers, moment: Moment): void {
    if (kind === "segment" && ++this.#segments > SEGMENT_EVENTS) return;
    if (this.events.length >= LIMITS.events) return;
    this.share.hold(EVENT_COST);
    const at = momentOf(moment);
    const { ttl } = layers;
    if (kind !== "segment" && kind !== "retransmission") this.events.push({ kind, side, moment: at, ttl });
    else this.events.push({ kind, side, moment: at, ttl, length: layers.payloadEnd - layers.payloadStart + layers.missing });
  }
}
