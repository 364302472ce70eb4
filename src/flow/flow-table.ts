/**
 * TCP packets in, connections out: finds the connection of each packet, begins a new one where a SYN
 * says so, and closes those that have ended.
 */
import { type Bounds, boundsOf } from "../fault/limits.ts";
import type { Layers } from "../packet/layers.ts";
import { Budget } from "./budget.ts";
import { FirstPackets, hasPayload, type Silence } from "./first-packets.ts";
import { Flow, type StreamListener } from "./flow.ts";
import { FlowIndex } from "./flow-index.ts";
import type { Moment } from "./moment.ts";
import { Pair, type SideIndex } from "./pair.ts";

/** Packets of the capture to wait after a connection has ended before it is closed for good, because stragglers still belong to it. */
const LINGER = 1_000;
/** Closed connections allowed at the head of the queue before the queue is cut. */
const SETTLED = 16;

/** A connection that has ended, and the packet after which it waits for stragglers. */
interface Closing<L extends StreamListener> {
  readonly flow: Flow<L>;
  readonly since: number;
}

/** All TCP connections of one capture. */
export class FlowTable<L extends StreamListener> {
  readonly #open: (flow: Flow<L>) => L;
  readonly #flows: FlowIndex<Flow<L>>;
  readonly #first: FirstPackets;
  readonly #pair = new Pair();
  /** The endpoints of a connection that moves between the tables. */
  readonly #moving = new Pair();
  /** The memory that all connections take. */
  readonly budget: Budget;
  /** The connection of the last packet that had one. */
  #last: Flow<L> | null = null;
  readonly #closing: Closing<L>[] = [];
  #closingAt = 0;
  #streams = 0;

  /**
   * `open` makes the reader of a connection's octets. `close` is called once for each connection, except for a silent one that had to make
   * room for others and of which `isWanted` returns false.
   */
  constructor(
    open: (flow: Flow<L>) => L,
    close: (flow: Flow<L>) => void,
    isWanted: (silence: Silence) => boolean = () => true,
    bounds: Bounds = boundsOf(),
  ) {
    this.#open = open;
    this.budget = new Budget(bounds);
    this.#flows = new FlowIndex((flow) => {
      if (flow === this.#last) this.#last = null;
      flow.flush();
      flow.drop();
      close(flow);
      flow.share.release();
    }, bounds.flows);
    this.#first = new FirstPackets((row, silence) => {
      if (!isWanted(silence)) return;
      const flow = this.#revive(row);
      flow.flush();
      close(flow);
      flow.share.release();
    });
  }

  /** Connections that were given up because there were too many, or they held too much. */
  get evicted(): number {
    return this.#flows.evicted + this.#first.evicted;
  }

  /** How often a hole was given up because too much was queued behind it. */
  get exceeded(): number {
    return this.budget.abandoned;
  }

  /** Connections that were examined and passed over while looking for the connection of a packet. */
  get passed(): number {
    return this.#flows.passed;
  }

  /** Connections that have ended and wait for stragglers; some of them may be gone already. */
  get closing(): number {
    return this.#closing.length - this.#closingAt;
  }

  /** Takes one TCP packet. */
  packet(layers: Layers, moment: Moment): void {
    if (this.budget.isOverdrawn) this.#flows.evict();
    const flow = this.#find(layers);
    if (flow === null) this.#meet(layers, moment);
    else if (flow.passes(this.#pair.side, layers, moment)) this.#last = flow;
    else this.#take(flow, layers, moment);
    if (this.#closingAt < this.#closing.length) this.#settle(moment.number);
  }

  /** No more packets: closes every connection, in the order of their first packets. */
  end(): void {
    const flows = this.#flows.all().sort((a, b) => a.stream - b.stream);
    let at = 0;
    for (const row of this.#first.all()) {
      for (; at < flows.length && (flows[at] as Flow<L>).stream < this.#first.stream(row); at++) this.#flows.remove(flows[at] as Flow<L>);
      this.#first.close(row);
    }
    for (; at < flows.length; at++) this.#flows.remove(flows[at] as Flow<L>);
  }

  /** The connection of a packet, if it has an object; the packet's side goes into the pair. */
  #find(layers: Layers): Flow<L> | null {
    const pair = this.#pair;
    // Most packets belong to the same connection as the one before.
    const last = this.#last;
    const side = last === null ? -1 : last.sideOfIpv4(layers);
    if (side >= 0) {
      pair.side = side as SideIndex;
      return last;
    }
    pair.read(layers);
    return this.#flows.find(pair);
  }

  /** Takes a packet of a connection that has no object, or is new. */
  #meet(layers: Layers, moment: Moment): void {
    const pair = this.#pair;
    const row = this.#first.find(pair);
    if (row < 0) this.#begin(layers, moment);
    else if (!this.#first.takes(row, pair.side, layers, moment)) {
      const flow = this.#revive(row);
      this.#flows.add(flow);
      if (flow.closed) this.#closing.push({ flow, since: moment.number });
      this.#take(flow, layers, moment);
    }
  }

  /** Takes the first packet of a connection. */
  #begin(layers: Layers, moment: Moment): void {
    const pair = this.#pair;
    if (!hasPayload(layers)) {
      this.#first.add(pair, this.#streams++, layers, moment);
      return;
    }
    const flow = new Flow<L>(pair, this.#streams++, this.budget);
    pair.side = 0;
    this.#flows.add(flow);
    this.#take(flow, layers, moment);
  }

  /** Takes a packet of a connection that has an object. */
  #take(flow: Flow<L>, layers: Layers, moment: Moment): void {
    const { side } = this.#pair;
    if (flow.isSuccessor(side, layers)) {
      this.#flows.remove(flow);
      this.#pair.read(layers);
      this.#begin(layers, moment);
      return;
    }
    this.#last = flow;
    const wasClosed = flow.closed;
    flow.packet(side, layers, moment, this.#open);
    if (flow.closed && !wasClosed) this.#closing.push({ flow, since: moment.number });
  }

  /** Makes an object of a connection that was only a row of numbers. */
  #revive(row: number): Flow<L> {
    this.#first.endpoints(row, this.#moving);
    const flow = new Flow<L>(this.#moving, this.#first.stream(row), this.budget);
    this.#first.replay(row, (side, layers, moment) => flow.packet(side, layers, moment, this.#open));
    return flow;
  }

  /** Closes connections that ended {@link LINGER} packets ago and have been silent since; one that still speaks goes to the end of the queue. */
  #settle(now: number): void {
    let first = this.#closing[this.#closingAt];
    while (first !== undefined && now - first.since > LINGER) {
      const { flow } = first;
      if (now - flow.lastSeen > LINGER) this.#flows.remove(flow);
      else this.#closing.push({ flow, since: flow.lastSeen });
      first = this.#closing[++this.#closingAt];
    }
    // Entries that were passed become garbage only once nothing refers to them any more.
    if (this.#closingAt > SETTLED) {
      this.#closing.splice(0, this.#closingAt);
      this.#closingAt = 0;
    }
  }
}
